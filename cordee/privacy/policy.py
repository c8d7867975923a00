"""Who may read the journal, and who keeps what the law asks to be kept about personal information."""

from datetime import date

from django.utils.translation import gettext as _

from cordee.meetings.models import Meeting
from cordee.meetings.policy import can_see_roster
from cordee.people.models import Person
from cordee.privacy.models import PrivacyRequest
from cordee.privacy.rights import INCIDENTS, JOURNAL, REQUESTS, RETENTION
from cordee.values.verdict import YES, Verdict, no


def can_read_journal(person: Person, *, on: date) -> Verdict:
    otherwise = _("Le journal se lit à la coordination et au secrétariat de gestion.")
    return JOURNAL.asked(person, on=on, otherwise=otherwise)


def can_read_history(person: Person, kind: str, key: int, *, on: date) -> Verdict:
    """Of an object one sees, but for two: a record’s says who looked, a meeting’s who marked."""
    if kind == Person._meta.label_lower:
        return YES if key == person.pk else can_read_journal(person, on=on)
    if kind == Meeting._meta.label_lower:
        return can_see_roster(person, Meeting.objects.get(pk=key), on=on)
    return YES


def can_keep_requests(person: Person, *, on: date) -> Verdict:
    """Record what is asked, and read the register."""
    otherwise = _("Le registre des demandes est tenu par la coordination et le secrétariat. Écrivez-leur.")
    return REQUESTS.asked(person, on=on, otherwise=otherwise)


def can_answer(person: Person, request: PrivacyRequest, *, on: date) -> Verdict:
    """Extend, answer: a keeper, of what others ask."""
    if request.person_id == person.pk:
        return no(_("C’est votre propre demande : l’autre personne qui tient le registre y répond."))
    return can_keep_requests(person, on=on)


def can_withdraw(person: Person, request: PrivacyRequest, *, on: date) -> Verdict:
    """Who asked; a keeper for who has no account, or for a request recorded by mistake."""
    return YES if request.person_id == person.pk else can_keep_requests(person, on=on)


def can_note(person: Person, request: PrivacyRequest, *, on: date) -> Verdict:
    return can_withdraw(person, request, on=on)


def can_keep_incidents(person: Person, *, on: date) -> Verdict:
    otherwise = _("Le registre des incidents est tenu par la coordination et le secrétariat. Signalez-leur l’incident.")
    return INCIDENTS.asked(person, on=on, otherwise=otherwise)


def can_keep(person: Person, *, on: date) -> Verdict:
    """Retention: what is past its time, plans and holds."""
    otherwise = _("La conservation est tenue par la coordination et le secrétariat de gestion. Écrivez-leur.")
    return RETENTION.asked(person, on=on, otherwise=otherwise)
