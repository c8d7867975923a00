"""The recorded facts of a day that give rights, in words: whose, since when, until when, lent by whom."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from cordee.people.models.delegation import LENT_DUTIES, LENT_ROLES, Delegation
from cordee.people.models.duty import Duty
from cordee.people.models.group import GroupKind, Membership
from cordee.people.models.person import Person
from cordee.toolkit.formats import date_long


@dataclass(frozen=True, slots=True)
class Fact:
    """A duty or a role of `person` on the day; `lender` holds it when they only borrow it, and `key` is its row."""

    person: Person
    kind: str
    key: int
    code: str
    where: int | None
    title: str
    starts_on: date
    ends_on: date | None
    lender: Person | None = None
    is_body: bool = False

    @property
    def last_day(self) -> date | None:
        return self.ends_on - timedelta(days=1) if self.ends_on else None

    @property
    def is_lendable(self) -> bool:
        return self.lender is None and self.code in (LENT_DUTIES if self.kind == "duty" else LENT_ROLES)

    @property
    def period(self) -> str:
        words = {"start": date_long(self.starts_on), "end": date_long(self.last_day) if self.last_day else ""}
        if self.ends_on is None:
            return _("depuis le %(start)s") % words
        return _("du %(start)s au %(end)s") % words

    @property
    def lent(self) -> str:
        return _("délégué par %(lender)s") % {"lender": self.lender.full_name} if self.lender else ""

    @property
    def words(self) -> str:
        """`Trésorière, trésorier · du 3 mars 2025 au 14 mars 2025 · délégué par Gaspard Relais`."""
        return " · ".join(filter(None, [self.title, self.period, self.lent]))


def facts(on: date, *, person: Person | None = None) -> list[Fact]:
    """Of one person, or of everyone, by name; three queries."""
    duties = Duty.objects.current(on).select_related("person", "organization").order_by("pk")
    roles = Membership.objects.current(on).select_related("person", "group").order_by("pk")
    lent = Delegation.objects.current(on).with_facts().order_by("pk")
    if person is not None:
        duties, roles, lent = duties.filter(person=person), roles.filter(person=person), lent.filter(delegate=person)
    found = [*map(_of_duty, duties), *map(_of_role, roles), *_of_delegations(lent, on)]
    return (
        found if person is not None else sorted(found, key=lambda fact: (fact.person.last_name, fact.person.first_name))
    )


def _of_duty(duty: Duty) -> Fact:
    title = ", ".join(filter(None, [duty.get_code_display(), duty.organization.name if duty.organization else ""]))
    return Fact(duty.person, "duty", duty.pk, duty.code, duty.organization_id, title, duty.starts_on, duty.ends_on)


def _of_role(role: Membership) -> Fact:
    title = f"{role.get_role_display()}, {role.group.label}"
    dates = {"starts_on": role.starts_on, "ends_on": role.ends_on, "is_body": role.group.kind == GroupKind.BODY}
    return Fact(role.person, "role", role.pk, role.role, role.group_id, title, **dates)


def _of_delegations(lent: Iterator[Delegation], on: date) -> Iterator[Fact]:
    """Worth what their holder holds that day."""
    for one in lent:
        held = one.duty or one.membership
        assert held is not None
        if held.starts_on <= on and (held.ends_on is None or on < held.ends_on) and held.person_id == one.delegator_id:
            if isinstance(held, Duty):
                kind, code, where, is_body = "duty", held.code, held.organization_id, False
            else:
                kind, code, where = "role", held.role, held.group_id
                is_body = held.group.kind == GroupKind.BODY
            lent_by = {"lender": one.delegator, "is_body": is_body}
            yield Fact(one.delegate, kind, one.pk, code, where, one.what, one.starts_on, one.ends_on, **lent_by)
