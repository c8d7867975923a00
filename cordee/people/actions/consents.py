"""Giving and withdrawing a consent: one’s own, one purpose at a time (A-2.1, s. 53.1)."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from cordee.people import policy
from cordee.people.models import Consent, Person, Purpose
from cordee.records import journal
from cordee.toolkit import clock
from cordee.toolkit.access import enforce
from cordee.toolkit.refusals import Refusal
from cordee.values.period import months_after


class AlreadyConsented(Refusal):
    sentence = _("Ce consentement est déjà donné. Rechargez la page.")


class OtherWords(Refusal):
    sentence = _("Le texte de ce consentement a changé pendant que vous le lisiez. Relisez-le, puis répondez.")


class ConsentOver(Refusal):
    sentence = _("Ce consentement n’est plus en cours. Rechargez la page pour voir le texte d’aujourd’hui.")


@transaction.atomic
def give_consent(*, person: Person, purpose: Purpose, version: int, by: Person, on: date) -> Consent:
    """Consent to a purpose in the `version` one has read. Raises AlreadyConsented, OtherWords."""
    enforce(policy.can_consent(by, person, on=on))
    if version != purpose.version_on(on).number:
        raise OtherWords
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if Consent.objects.valid_for(purpose, on=on).filter(person=person).exists():
        raise AlreadyConsented
    ends_on = months_after(on, purpose.months)
    made = {"purpose": purpose.key, "version": version, "given_on": on, "given_at": clock.now(), "ends_on": ends_on}
    try:
        with transaction.atomic():
            consent = Consent.objects.create(person=person, **made)
    except IntegrityError:
        raise AlreadyConsented from None
    journal.write("consent.given", person, by=by, purpose=purpose.key, version=version, until=ends_on)
    return consent


@transaction.atomic
def withdraw_consent(*, consent: Consent, by: Person, on: date) -> None:
    """From now on. Raises ConsentOver when it is withdrawn or over already."""
    enforce(policy.can_consent(by, consent.person, on=on))
    consent = Consent.objects.select_for_update(of=("self",)).get(pk=consent.pk)
    if consent.withdrawn_at or consent.ends_on <= on:
        raise ConsentOver
    consent.withdrawn_at = clock.now()
    consent.save(update_fields=["withdrawn_at"])
    journal.write("consent.withdrawn", consent.person, by=by, purpose=consent.purpose, version=consent.version)


@transaction.atomic
def restore_consent(*, consent: Consent, by: Person, on: date) -> None:
    """Undo a withdrawal. Raises ConsentOver once it is over, replaced by other words, or given again."""
    enforce(policy.can_consent(by, consent.person, on=on))
    consent = Consent.objects.select_for_update(of=("self",)).get(pk=consent.pk)
    again = Consent.objects.valid_for(consent.about, on=on).filter(person=consent.person_id)
    current = consent.version == consent.about.version_on(on).number
    if not consent.withdrawn_at or consent.ends_on <= on or not current or again.exists():
        raise ConsentOver
    consent.withdrawn_at = None
    consent.save(update_fields=["withdrawn_at"])
    journal.write("consent.restored", consent.person, by=by, purpose=consent.purpose, version=consent.version)
