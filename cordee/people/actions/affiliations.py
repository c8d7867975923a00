"""Writing whose employee a person is, and in which staff category; correcting it."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy

from cordee.people import policy
from cordee.people.models import Affiliation, Organization, Person
from cordee.records import journal
from cordee.toolkit.access import enforce
from cordee.toolkit.refusals import Refusal


class OutsideAffiliation(Refusal):
    status = 422
    sentence = gettext_lazy("Cette date n’est pas dans la période de l’affiliation. Choisissez une date de la période.")


class OverlappingAffiliation(Refusal):
    sentence = gettext_lazy("Une autre affiliation couvre déjà ces dates. Corrigez celle-là d’abord.")


@transaction.atomic
def record_employer(
    *, person: Person, organization: Organization, category: str, starts_on: date, by: Person, on: date
) -> Affiliation:
    """Someone known enters the service of an organization that day. Raises OverlappingAffiliation: who still has an
    employer leaves them first. Nothing of what a departure ended comes back by itself."""
    enforce(policy.can_record_employer(by, organization, on=on))
    try:
        with transaction.atomic():
            made = Affiliation.objects.create(
                person=person, organization=organization, category=category, starts_on=starts_on
            )
    except IntegrityError:
        raise OverlappingAffiliation from None
    facts = {"organization": organization.short_name, "category": category, "starts_on": starts_on}
    journal.write("person.employed", person, by=by, **facts)
    return made


@transaction.atomic
def correct_affiliation(
    *,
    affiliation: Affiliation,
    category: str,
    organization: Organization | None = None,
    starts_on: date | None = None,
    by: Person,
    on: date,
) -> Affiliation:
    """Set the category (and the employer) from `starts_on` on, or for the whole affiliation when it is not given.

    A later start cuts the affiliation in two: what stood before that day stays as it was.
    """
    enforce(policy.can_correct_affiliation(by, affiliation, on=on))
    affiliation = Affiliation.objects.select_for_update(of=("self",)).select_related("person").get(pk=affiliation.pk)
    before = _facts(affiliation)
    starts_on = starts_on or affiliation.starts_on
    if starts_on < affiliation.starts_on or (affiliation.ends_on and starts_on >= affiliation.ends_on):
        raise OutsideAffiliation
    corrected = _from(affiliation, starts_on)
    corrected.category = category
    corrected.organization = organization or affiliation.organization
    try:
        with transaction.atomic():
            corrected.save()
    except IntegrityError:
        raise OverlappingAffiliation from None
    journal.write("person.affiliation_corrected", affiliation.person, by=by, before=before, after=_facts(corrected))
    return corrected


def _from(affiliation: Affiliation, starts_on: date) -> Affiliation:
    """The affiliation itself, or its second part once the first ends that day."""
    if starts_on == affiliation.starts_on:
        return affiliation
    later = Affiliation(person=affiliation.person, starts_on=starts_on, ends_on=affiliation.ends_on)
    affiliation.ends_on = starts_on
    affiliation.save(update_fields=["ends_on"])
    return later


def _facts(affiliation: Affiliation) -> dict[str, Any]:
    return {
        "organization": affiliation.organization_id,
        "category": affiliation.category,
        "starts_on": affiliation.starts_on,
        "ends_on": affiliation.ends_on,
    }
