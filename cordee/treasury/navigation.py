from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from cordee.people.models import Person
from cordee.toolkit.contributions import NavigationEntry, navigation
from cordee.treasury import policy


@navigation.contribute
def treasury_entry(person: Person, *, on: date) -> Iterator[NavigationEntry]:
    """Where claims are read; a centre is led to its own page from there."""
    if policy.sees_claims(person, on=on):
        address = reverse("treasury:claim_list")
        yield NavigationEntry(_("Trésorerie"), address, "cash", address, 24)
