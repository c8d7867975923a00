"""Keeping someone out of retention, for a reason, and letting them back in."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from cordee.people.actions.retiring import refuse_retired
from cordee.people.models import Person
from cordee.privacy import policy
from cordee.privacy.models import RetentionHold
from cordee.records import journal
from cordee.toolkit import clock
from cordee.toolkit.access import enforce
from cordee.toolkit.refusals import Refusal


class AlreadyHeld(Refusal):
    sentence = _("Cette personne est déjà gardée de côté. Levez d’abord la suspension qui court.")


def hold(*, person: Person, why: str, note: str, by: Person, on: date) -> RetentionHold:
    """Nothing of this person goes until it is lifted. Raises AlreadyHeld, or AlreadyRetired: it is too late."""
    enforce(policy.can_keep(by, on=on))
    try:
        with transaction.atomic():
            person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
            refuse_retired(person)
            made = RetentionHold.objects.create(
                person=person, why=why, note=" ".join(note.split()), held_by=by, held_at=clock.now()
            )
            journal.write("retention.held", person, by=by, reason=why, note=made.note)
    except IntegrityError:
        raise AlreadyHeld from None
    return made


def lift(*, hold: RetentionHold, by: Person, on: date) -> None:
    """Asked again it changes nothing."""
    enforce(policy.can_keep(by, on=on))
    with transaction.atomic():
        standing = RetentionHold.objects.standing().filter(pk=hold.pk)
        if standing.update(lifted_by=by, lifted_at=clock.now()):
            journal.write("retention.lifted", hold.person, by=by)
