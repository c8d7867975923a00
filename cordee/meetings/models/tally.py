"""The running totals of a roster, in one query that does not read the people."""

from dataclasses import dataclass

from django.db.models import Count, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from cordee.meetings.models.attendance import Attendance, AttendanceChange, Portion
from cordee.meetings.models.meeting import Meeting


@dataclass(frozen=True, slots=True)
class Tally:
    """`latest` is the id of the last change of the meeting: it grows at each one (see `actions.marking.lock`)."""

    expected: int
    marked: int
    present: int
    latest: int

    @property
    def absent(self) -> int:
        return self.marked - self.present

    @property
    def unmarked(self) -> int:
        return self.expected - self.marked


def tally_of(meeting: Meeting) -> Tally:
    rows = Attendance.objects.filter(meeting=OuterRef("pk")).order_by().values("meeting")
    here = rows.annotate(n=Count("pk", filter=Q(portion__in=(Portion.HALF, Portion.DAY)))).values("n")
    changes = AttendanceChange.objects.filter(attendance__meeting=OuterRef("pk")).order_by()
    latest = changes.values("attendance__meeting").annotate(n=Max("pk")).values("n")
    counted = Meeting.objects.filter(pk=meeting.pk).with_progress()
    counted = counted.annotate(present=Coalesce(Subquery(here), 0), latest=Coalesce(Subquery(latest), 0))
    return Tally(*counted.values_list("expected", "marked", "present", "latest").get())
