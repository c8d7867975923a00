from collections.abc import Iterator
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from cordee.meetings.models import Meeting
from cordee.people.models import Person
from cordee.toolkit.contributions import Found, search
from cordee.toolkit.formats import date_long
from cordee.values.dates import UnreadableDate, parse_date
from cordee.values.text import plain

SHOWN = 8


@search.contribute
def meetings(person: Person, *, on: date, words: str) -> Iterator[Found]:
    """By group, title or place, the nearest to today first; or by date in any way it is written."""
    found = Meeting.objects.visible_to(person, on=on).select_related("group")
    try:
        found = found.filter(date=parse_date(words))
    except UnreadableDate:
        for word in plain(words).replace("-", " ").split():
            found = found.filter(
                Q(group__name__plain__contains=word)
                | Q(group__number=word)
                | Q(title__plain__contains=word)
                | Q(place__plain__contains=word)
            )
    for meeting in found.order_by("-date", "-starts_at", "pk")[:SHOWN]:
        label = f"{meeting.group.label}, {date_long(meeting.date)}"
        yield Found(label, _("Rencontre"), reverse("meetings:detail", args=[meeting.pk]))
