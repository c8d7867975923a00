"""The attendance of one meeting as a file, with its sources, who marked what when, and the corrections."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from cordee.meetings import exports, policy
from cordee.meetings.models import AttendanceChange, CheckIn, Meeting, roster_of, tally_of
from cordee.meetings.views.scope import visible_meeting
from cordee.toolkit import clock
from cordee.toolkit.access import enforce, requires, signed_in
from cordee.toolkit.tabular import Sheet, as_download, csv_file, workbook


@require_safe
@requires(signed_in)
def roster_xlsx(request: HttpRequest, pk: int) -> HttpResponse:
    title, sheets = sheets_of(request, pk)
    return as_download(workbook(sheets, title=title), f"{title}.xlsx")


@require_safe
@requires(signed_in)
def roster_csv(request: HttpRequest, pk: int) -> HttpResponse:
    title, sheets = sheets_of(request, pk)
    return as_download(csv_file(sheets[0]), f"{title}.csv")


def sheets_of(request: HttpRequest, pk: int) -> tuple[str, list[Sheet]]:
    meeting = visible_meeting(request.person, pk, on=clock.today())
    enforce(policy.can_see_roster(request.person, meeting, on=clock.today()))
    lines, tally = roster_of(meeting).lines, tally_of(meeting)
    declared = CheckIn.objects.filter(meeting=meeting).select_related("person").order_by("at", "pk")
    return exports.roster_title(meeting), exports.roster_sheets(meeting, lines, tally, changes_of(meeting), declared)


def changes_of(meeting: Meeting):
    changes = AttendanceChange.objects.filter(attendance__meeting=meeting)
    return changes.select_related("attendance__person", "changed_by").order_by("pk")
