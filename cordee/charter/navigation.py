from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from cordee.people.models import Person
from cordee.toolkit.contributions import NavigationEntry, navigation


@navigation.contribute
def entry(person: Person, *, on: date) -> Iterator[NavigationEntry]:
    yield NavigationEntry(_("Échéancier"), reverse("charter:timeline"), "flag", reverse("charter:timeline"), 32)
