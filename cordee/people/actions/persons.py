"""Creating the record of a person with who employs them, and correcting what it says of them."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from cordee.people import policy
from cordee.people.actions.merging import AlreadyMerged
from cordee.people.actions.retiring import refuse_retired
from cordee.people.models import Affiliation, Organization, Person, StaffCategory
from cordee.records import journal, outbox
from cordee.toolkit.access import enforce
from cordee.toolkit.refusals import Refusal, Unreadable

CORRECTED = "person.corrected"  # the act, in the journal


class NameMissing(Unreadable):
    sentence = _("Le prénom et le nom sont nécessaires. Écrivez les deux.")


class UnknownCategory(Unreadable):
    sentence = _("Cette catégorie de personnel n’existe pas. Choisissez-en une dans la liste.")


class EmailTaken(Refusal):
    sentence = _("Cette adresse est déjà celle d’une autre personne. Cherchez-la par son nom.")


def create_person(
    *,
    first_name: str,
    last_name: str,
    organization: Organization,
    category: str,
    since: date,
    by: Person,
    on: date,
    email: str = "",
) -> Person:
    """A person and their employer from the day `since` on. Raises NameMissing, UnknownCategory or EmailTaken."""
    enforce(policy.can_create_person(by, on=on))
    first_name, last_name = _names(first_name, last_name)
    if category not in StaffCategory.values:
        raise UnknownCategory
    try:
        with transaction.atomic():
            person = Person.objects.create(first_name=first_name, last_name=last_name, email=_address(email))
            Affiliation.objects.create(person=person, organization=organization, category=category, starts_on=since)
            journal.write("person.created", person, by=by)
    except IntegrityError:
        raise EmailTaken from None
    return person


def correct_person(
    *, person: Person, first_name: str, last_name: str, email: str, language: str, by: Person, on: date
) -> bool:
    """Correct a name, an address or the language of e-mails; False when nothing differs. The account keeps the address
    one signs in with. Raises NameMissing, EmailTaken, or AlreadyMerged when another record stands for this one."""
    enforce(policy.can_correct_person(by, on=on))
    first_name, last_name = _names(first_name, last_name)
    wanted = {"first_name": first_name, "last_name": last_name, "email": _address(email), "language": language}
    try:
        with transaction.atomic():
            person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
            refuse_retired(person)
            if person.merged_into_id:
                raise AlreadyMerged(person)
            before = {name: getattr(person, name) for name in wanted if getattr(person, name) != wanted[name]}
            if before:
                _correct(person, before, {name: wanted[name] for name in before}, by=by)
    except IntegrityError:
        raise EmailTaken from None
    return bool(before)


def _correct(person: Person, before: dict[str, Any], after: dict[str, Any], *, by: Person) -> None:
    for name, value in after.items():
        setattr(person, name, value)
    person.save(update_fields=list(after))
    if "email" in after:
        outbox.readdress(person.pk, to=after["email"] or "")
    journal.write(CORRECTED, person, by=by, before=before, after=after)


def _names(first_name: str, last_name: str) -> tuple[str, str]:
    first_name, last_name = " ".join(first_name.split()), " ".join(last_name.split())
    if not first_name or not last_name:
        raise NameMissing
    return first_name, last_name


def _address(email: str) -> str | None:
    """Lower case: one address is one person. None when it is unknown, which several people may be."""
    return email.strip().lower() or None
