"""The code on the screen of the room: another one every thirty seconds, asked for by HTMX or by the page itself."""

from datetime import timedelta
from typing import Any

import segno
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cordee.meetings import actions, policy
from cordee.meetings.actions.codes import code_of
from cordee.meetings.models import CheckIn, Direction, Meeting
from cordee.meetings.views.scope import visible_meeting
from cordee.toolkit import clock
from cordee.toolkit.access import enforce, requires, signed_in
from cordee.toolkit.htmx import render_page_or_part
from cordee.toolkit.refusals import Refusal

DEPARTURES_FROM = timedelta(minutes=30)  # before the end
ASKED = {"arrivee": Direction.ARRIVAL, "depart": Direction.DEPARTURE}


@require_safe
@never_cache
@requires(signed_in)
def screen(request: HttpRequest, pk: int) -> HttpResponse:
    today = clock.today()
    meeting = visible_meeting(request.person, pk, on=today)
    enforce(policy.can_mark(request.person, meeting, on=today))
    asked = request.GET.get("sens", "")
    direction = ASKED.get(asked) or direction_now(meeting)
    context = {"meeting": meeting, "views": views_of(meeting, direction), "asked": asked if asked in ASKED else ""}
    context |= shown(request, meeting, direction)
    return render_page_or_part(request, "meetings/screen.html", "code", context)


def shown(request: HttpRequest, meeting: Meeting, direction: Direction) -> dict[str, Any]:
    """The code and how many used it; or why there is none."""
    try:
        state = {"validated": meeting.is_validated, "cancelled": meeting.is_cancelled}
        actions.refuse_closed(meeting, **state, on=clock.today())
    except Refusal as refusal:
        return {"refusal": refusal, "direction": direction}
    path = reverse("meetings:code", args=[meeting.pk, code_of(meeting.pk, direction, clock.now())])
    count = CheckIn.objects.filter(meeting=meeting, direction=direction).count()
    address = request.build_absolute_uri(path)
    return {"refusal": None, "direction": direction, "path": path, "drawing": drawing(address), "count": count}


def direction_now(meeting: Meeting) -> Direction:
    """Departures when the end is near."""
    near = clock.now() >= clock.at(meeting.date, meeting.ends_at) - DEPARTURES_FROM
    return Direction.DEPARTURE if near else Direction.ARRIVAL


def views_of(meeting: Meeting, direction: Direction) -> list[dict[str, Any]]:
    words = {Direction.ARRIVAL: _("Arrivées"), Direction.DEPARTURE: _("Départs")}
    here = reverse("meetings:screen", args=[meeting.pk])
    return [
        {"label": words[each], "url": f"{here}?sens={name}", "current": each == direction, "count": ""}
        for name, each in ASKED.items()
    ]


def drawing(address: str) -> SafeString:
    """Black on white whatever the theme, as telephones read it. The address is ours: nothing typed is in it."""
    code = segno.make(address, error="m", micro=False)
    return mark_safe(code.svg_inline(border=3, dark="#000", light="#fff", omitsize=True, svgclass=None, lineclass=None))
