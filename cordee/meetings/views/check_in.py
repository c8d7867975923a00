"""What the code of the room leads to: one signs in, or types the address one was invited by. For everyone.

Nothing here shows who is expected. The page that thanks for an address is the same whether somebody has it or not.
"""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cordee.meetings import actions
from cordee.meetings.actions.codes import Scan, read_ticket, ticket_of
from cordee.meetings.forms import AddressForm
from cordee.meetings.models import CheckIn, Meeting, roster_of
from cordee.toolkit import clock, pace
from cordee.toolkit.access import public, require_form, requires
from cordee.toolkit.refusals import Refusal

ADDRESSES = {"most": 5, "seconds": 900}  # typed after one scan: a telephone is lent to a neighbour, not to a room
UNKNOWN = {"most": 60, "seconds": 600}  # kept from one network, where a whole room may be


@require_safe
@never_cache
@requires(public)
def code(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    try:
        meeting = meeting_of(pk)
        scan = actions.scan_code(meeting=meeting, code=code, by=request.person)
        return page(request, meeting, scan, ticket_of(scan), AddressForm())
    except Refusal as refusal:
        return refused(request, refusal)


@require_form
@never_cache
@requires(public)
def check_in(request: HttpRequest, ticket: str) -> HttpResponse:
    """GET is where one comes back after signing in, and where one sees that it is done, however late."""
    try:
        scan = read_ticket(ticket)
        form = AddressForm(request.POST or None)
        if request.method == "POST" and request.person and "address" not in request.POST:
            actions.check_in(scan=scan, by=request.person, on=clock.today())
            return redirect("meetings:check_in", ticket)
        if form.is_valid():
            by_address(request, scan, ticket, form.cleaned_data["address"])
            return redirect("meetings:thanks", ticket)
        return page(request, meeting_of(scan.meeting_id), scan, ticket, form)
    except Refusal as refusal:
        return refused(request, refusal)


@require_safe
@never_cache
@requires(public)
def thanks(request: HttpRequest, ticket: str) -> HttpResponse:
    try:
        scan = read_ticket(ticket)
    except Refusal as refusal:
        return refused(request, refusal)
    return render(request, "meetings/check_in_thanks.html", {"scan": scan, "ticket": ticket})


def by_address(request: HttpRequest, scan: Scan, ticket: str, address: str) -> None:
    may_type = partial(pace.within, f"ticket:{ticket}", **ADDRESSES)
    network = f"unknown:{request.META.get('REMOTE_ADDR', '')}"
    keeps_unknown = partial(pace.within, network, **UNKNOWN)
    actions.check_in_by_address(
        scan=scan, address=address, on=clock.today(), may_type=may_type, keeps_unknown=keeps_unknown
    )


def meeting_of(pk: int) -> Meeting:
    """Whoever holds what was signed for a meeting sees which one it is."""
    return get_object_or_404(Meeting.objects.select_related("group", "validation", "cancellation"), pk=pk)


def page(request: HttpRequest, meeting: Meeting, scan: Scan, ticket: str, form: AddressForm) -> HttpResponse:
    """With an account, what one declared already; without, or for someone else, the address."""
    state = {"validated": meeting.is_validated, "cancelled": meeting.is_cancelled}
    actions.refuse_closed(meeting, **state, on=clock.today())
    asks_address = request.person is None or "autre" in request.GET or form.is_bound
    mine = {} if asks_address else oneself(request, meeting, scan)
    if not mine.get("done"):
        actions.refuse_late(scan, by=request.person, kept=False)
    context = {
        "meeting": meeting,
        "scan": scan,
        "ticket": ticket,
        "form": form,
        "asks_address": asks_address,
        **mine,
    }
    return render(request, "meetings/check_in.html", context, status=422 if form.errors else 200)


def oneself(request: HttpRequest, meeting: Meeting, scan: Scan) -> dict[str, Any]:
    mine = CheckIn.objects.filter(meeting=meeting, person=request.person, direction=scan.direction).order_by("pk")
    expected = bool(roster_of(meeting, persons=[request.person.pk]).lines)
    return {"done": mine.first(), "expected": expected}


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    context = {"refusal": refusal}
    return render(request, "meetings/check_in_refused.html", context, status=refusal.status)
