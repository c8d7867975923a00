"""Creating the record of a person with who employs them."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from cordee.people import policy
from cordee.people.models import Affiliation, Organization, Person, StaffCategory
from cordee.records import journal
from cordee.toolkit.access import enforce
from cordee.toolkit.refusals import Refusal, Unreadable


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
    first_name, last_name = " ".join(first_name.split()), " ".join(last_name.split())
    if not first_name or not last_name:
        raise NameMissing
    if category not in StaffCategory.values:
        raise UnknownCategory
    try:
        with transaction.atomic():
            person = Person.objects.create(
                first_name=first_name, last_name=last_name, email=email.strip().lower() or None
            )
            Affiliation.objects.create(person=person, organization=organization, category=category, starts_on=since)
            journal.write("person.created", person, by=by)
    except IntegrityError:
        raise EmailTaken from None
    return person
