from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from cordee.people.models import Person
from cordee.toolkit.contributions import Found, search

SHOWN = 8


@search.contribute
def people(person: Person, *, on: date, words: str) -> Iterator[Found]:
    found = Person.objects.visible_to(person, on=on).unmerged().matching(q=words, on=on)[:SHOWN]
    for one in found:
        yield Found(one.full_name, _("Personne"), reverse("people:detail", args=[one.pk]))
