from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from cordee.people.models import Person
from cordee.toolkit.contributions import NavigationEntry, navigation


@navigation.contribute
def meetings_entry(person: Person, *, on: date) -> Iterator[NavigationEntry]:
    address = reverse("meetings:list")
    yield NavigationEntry(_("Rencontres"), address, "meet", address, 21)
