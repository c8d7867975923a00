"""A retention run before it is carried out: a plan that is frozen and read, then confirmed by someone, or abandoned."""

from datetime import date, timedelta
from random import SystemRandom
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.people.models import Person
from cordee.privacy import policy
from cordee.privacy.actions.carrying_out import carry_out_retention
from cordee.privacy.due import Due, with_people
from cordee.privacy.models import PlannedPerson, PlannedRows, RetentionRun, RunState
from cordee.privacy.models.money import frozen_money
from cordee.privacy.naming import named, passages
from cordee.records import journal
from cordee.toolkit import clock
from cordee.toolkit.access import enforce
from cordee.toolkit.refusals import Refusal, Unreadable

# What was read a month ago is no longer what one would confirm.
GOOD_FOR = timedelta(days=30)


class NothingDue(Refusal):
    sentence = gettext_lazy("Rien n’a dépassé son temps aujourd’hui : il n’y a rien à préparer.")


class PlanWaits(Refusal):
    sentence = gettext_lazy("Un plan attend déjà, ou est en cours. Confirmez-le ou abandonnez-le, puis recommencez.")


class PlanDecided(Refusal):
    sentence = gettext_lazy("Ce plan est déjà confirmé ou abandonné : il ne change plus.")


class PlanTooOld(Refusal):
    sentence = gettext_lazy("Ce plan a plus de trente jours. Abandonnez-le et préparez-en un autre.")


class WrongReference(Unreadable):
    def __init__(self, run: RetentionRun) -> None:
        super().__init__(
            _("Ce n’est pas le numéro de ce plan. Recopiez « %(reference)s » pour confirmer.")
            % {"reference": run.reference}
        )


def prepare(*, by: Person, on: date) -> RetentionRun:
    """Freeze what is due today as a plan. Nothing goes. Raises NothingDue or PlanWaits."""
    enforce(policy.can_keep(by, on=on))
    due = Due.today(on)
    if not due.people and not due.rows:
        raise NothingDue
    foreseen = _foreseen(due) if due.people else {}
    try:
        with transaction.atomic():
            run = RetentionRun.objects.create(on=on, prepared_by=by, prepared_at=clock.now(), foreseen=foreseen)
            _freeze(run, due)
            journal.write("retention.prepared", run, by=by, count=len(due.people), rows=due.rows)
    except IntegrityError:
        raise PlanWaits from None
    return run


def _foreseen(due: Due) -> dict[str, Any]:
    """The texts that name them, which takes reading every text there is; the rows that would go with them."""
    records = {pk: due.who.records_of([pk]) for pk in due.people}
    rows = with_people({key for keys in records.values() for key in keys})
    return {"passages": len(passages(named(records))), "rows": rows}


def _freeze(run: RetentionRun, due: Due) -> None:
    drawn = list(due.people)
    SystemRandom().shuffle(drawn)
    PlannedPerson.objects.bulk_create(
        [PlannedPerson(run=run, person_id=pk, ended_on=due.people[pk], rank=rank) for rank, pk in enumerate(drawn)]
    )
    PlannedRows.objects.bulk_create(
        [PlannedRows(run=run, declared=end.name, planned=count) for end, count in due.tables if count]
    )


def confirm(*, run: RetentionRun, typed: str, by: Person, on: date) -> None:
    """Carry the plan out, in the background: nothing of it comes back. `typed` is its reference, copied by hand.

    Raises WrongReference, PlanDecided or PlanTooOld.
    """
    enforce(policy.can_keep(by, on=on))
    if typed.strip().upper() != run.reference:
        raise WrongReference(run)
    with transaction.atomic():
        run = _waiting(run)
        if on - run.on > GOOD_FOR:
            raise PlanTooOld
        run.confirmed_by, run.confirmed_at, run.before = by, clock.now(), frozen_money()
        run.save(update_fields=["confirmed_by", "confirmed_at", "before"])
        journal.write("retention.confirmed", run, by=by)
        carry_out_retention.enqueue(run.pk)


def abandon(*, run: RetentionRun, by: Person, on: date) -> None:
    """Nothing of it was done and nothing will be. Raises PlanDecided."""
    enforce(policy.can_keep(by, on=on))
    with transaction.atomic():
        run = _waiting(run)
        run.abandoned_by, run.abandoned_at, run.is_open = by, clock.now(), False
        run.save(update_fields=["abandoned_by", "abandoned_at", "is_open"])
        journal.write("retention.abandoned", run, by=by)


def _waiting(run: RetentionRun) -> RetentionRun:
    run = RetentionRun.objects.select_for_update().get(pk=run.pk)
    if run.state is not RunState.PREPARED:
        raise PlanDecided
    return run
