"""Who may read the journal, and who keeps what the law asks to be kept about personal information."""

from datetime import date

from django.utils.translation import gettext as _

from cordee.meetings.models import Meeting
from cordee.meetings.policy import can_see_roster
from cordee.people.models import DutyCode, Person
from cordee.values.verdict import YES, Verdict, no

KEEPERS = (DutyCode.COORDINATOR, DutyCode.SECRETARY)


def can_read_journal(person: Person, *, on: date) -> Verdict:
    if person.holds(*KEEPERS, on=on):
        return YES
    return no(_("Le journal se lit à la coordination et au secrétariat de gestion."))


def can_read_history(person: Person, kind: str, key: int, *, on: date) -> Verdict:
    """Of an object one sees, but for two: a record’s says who looked, a meeting’s who marked."""
    if kind == Person._meta.label_lower:
        return YES if key == person.pk else can_read_journal(person, on=on)
    if kind == Meeting._meta.label_lower:
        return can_see_roster(person, Meeting.objects.get(pk=key), on=on)
    return YES


def can_keep(person: Person, *, on: date) -> Verdict:
    """Retention: what is past its time, plans and holds."""
    if person.holds(*KEEPERS, on=on):
        return YES
    return no(_("La conservation est tenue par la coordination et le secrétariat de gestion. Écrivez-leur."))
