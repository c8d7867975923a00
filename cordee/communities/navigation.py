from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from cordee.people.models import Person
from cordee.toolkit.contributions import NavigationEntry, navigation


@navigation.contribute
def entries(person: Person, *, on: date) -> Iterator[NavigationEntry]:
    yield NavigationEntry(_("Communautés"), reverse("communities:list"), "cop", reverse("communities:list"), 20)
    yield NavigationEntry(
        _("Projets stratégiques"), reverse("communities:projects"), "goal", reverse("communities:projects"), 23
    )
