from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from cordee.people.models import Person
from cordee.toolkit.contributions import NavigationEntry, navigation
from cordee.treasury import policy


@navigation.contribute
def entry(person: Person, *, on: date) -> Iterator[NavigationEntry]:
    if policy.sees_claims(person, on=on):
        url = reverse("treasury:claim_list")
        yield NavigationEntry(_("Trésorerie"), url, "cash", url, 24)
