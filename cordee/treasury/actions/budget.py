"""The treasurer settles a remark of the budget, or takes that back. The published amounts never change."""

from datetime import date

from django.db import transaction

from cordee.people.models import Person
from cordee.records import journal
from cordee.toolkit import clock
from cordee.toolkit.access import enforce
from cordee.treasury import policy
from cordee.treasury.models import BudgetRemark


@transaction.atomic
def settle_remark(*, remark: BudgetRemark, by: Person, on: date) -> None:
    enforce(policy.settles_remarks(by, on=on))
    remark.settled_at = clock.now()
    remark.save(update_fields=["settled_at"])
    journal.write("budget.remark_settled", remark, by=by, code=remark.code)


@transaction.atomic
def reopen_remark(*, remark: BudgetRemark, by: Person, on: date) -> None:
    enforce(policy.settles_remarks(by, on=on))
    remark.settled_at = None
    remark.save(update_fields=["settled_at"])
    journal.write("budget.remark_reopened", remark, by=by, code=remark.code)
