"""What the meetings say against acts of lower apps."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from cordee.meetings.models import Attendance
from cordee.people.models import Person
from cordee.toolkit.contributions import merge_holds
from cordee.toolkit.formats import date_long
from cordee.values.verdict import Verdict, no


@merge_holds.contribute
def both_marked(kept: Person, absorbed: Person) -> Iterator[Verdict]:
    """Two marks at one meeting cannot become one by themselves: someone says first which one is true."""
    meetings = Attendance.objects.filter(person=absorbed).exclude(portion="").values("meeting")
    clash = Attendance.objects.filter(person=kept, meeting__in=meetings).select_related("meeting__group")
    for attendance in clash.order_by("meeting__date")[:1]:
        yield no(
            _(
                "Les deux fiches sont inscrites à la rencontre de %(group)s du %(day)s. Effacez l’une des deux marques"
                " sur sa feuille de présences, puis réessayez."
            )
            % {"group": attendance.meeting.group.label, "day": date_long(attendance.meeting.date)}
        )
