from collections.abc import Iterator
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from cordee.communities.models import Community
from cordee.people.models import Person
from cordee.toolkit.contributions import Found, search
from cordee.values.text import plain

SHOWN = 8


@search.contribute
def communities(person: Person, *, on: date, words: str) -> Iterator[Found]:
    named = Q(group__name__plain__contains=plain(words)) | Q(group__number=words)
    for found in Community.objects.visible_to(person, on=on).for_list().filter(named)[:SHOWN]:
        yield Found(found.group.label, _("Communauté"), reverse("communities:detail", args=[found.group.slug]))
