"""The roster: one tap a person, saved at once; without JavaScript one form saves every line."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.csp import CSP
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_POST

from cordee.meetings import actions, policy
from cordee.meetings.actions import Mark, refusals, undo_token
from cordee.meetings.actions.undoing import TOKEN
from cordee.meetings.models import (
    Attendance,
    AttendanceChange,
    Declared,
    Line,
    Meeting,
    Portion,
    Tally,
    declared_at,
    roster_of,
    tally_of,
)
from cordee.meetings.views.codes import codes, codes_context
from cordee.meetings.views.offline import refuse_foreign, typed_act
from cordee.meetings.views.scope import markable_meeting, validator_for, visible_meeting
from cordee.people.models import Person
from cordee.toolkit import clock
from cordee.toolkit.access import enforce, require_form, requires, signed_in
from cordee.toolkit.contributions import meeting_panels
from cordee.toolkit.flash import announce
from cordee.toolkit.htmx import wants_part
from cordee.toolkit.refusals import Refusal, Unreadable

TEMPLATE = "meetings/roster.html"
CHOICES = {
    Portion.NONE: {"value": "none", "icon": "c0", "none": True},
    Portion.HALF: {"value": "half", "icon": "c1", "none": False},
    Portion.DAY: {"value": "day", "icon": "c2", "none": False},
}
# No other page may start a worker.
WITH_ITS_WORKER = {**settings.SECURE_CSP, "worker-src": [CSP.SELF]}
NOTHING_SAID = {"sentence": "", "mine": None}


@require_form
@requires(signed_in)
@csp_override(WITH_ITS_WORKER)
def roster(request: HttpRequest, pk: int) -> HttpResponse:
    """The page; the plain form saves it; HTMX asks every few seconds what others changed (`since`), and after a mark
    what stands beside (`panels`)."""
    today = clock.today()
    meeting = visible_meeting(request.person, pk, on=today)
    enforce(policy.can_see_roster(request.person, meeting, on=today))
    if request.method == "POST":
        return save_all(request, meeting)
    if "since" in request.GET and wants_part(request):
        return news(request, meeting)
    if "panels" in request.GET and wants_part(request):
        return render(request, f"{TEMPLATE}#panels", {"meeting": meeting, "open": True, **beside(request, meeting)})
    if "codes" in request.GET and wants_part(request):
        return render(request, "meetings/codes.html", codes_context(meeting))
    context = page_context(request, meeting)
    return render(request, TEMPLATE, context | beside(request, meeting))


@require_POST
@requires(signed_in)
def mark(request: HttpRequest, pk: int, person: int) -> HttpResponse:
    """One tap: answers with what the line and the totals have become; refused, with the line as it is recorded."""
    # First: whoever signed in since may not even see the meeting, and « not found » would say that the mark is lost.
    refuse_foreign(request.POST, request.person)
    meeting = markable_meeting(request.person, pk, on=clock.today())
    typed = typed_mark(request, person)
    try:
        change = actions.mark_attendance(meeting=meeting, mark=typed, by=request.person, on=clock.today())
    except Refusal as refusal:
        if wants_part(request):
            return refused(request, meeting, typed, refusal)
        raise
    if not wants_part(request):
        return redirect("meetings:roster", pk)
    return render(request, f"{TEMPLATE}#marked", marked_context(request, meeting, person, change))


@require_POST
@requires(signed_in)
def everyone(request: HttpRequest, pk: int) -> HttpResponse:
    """« Tout le monde présent »: only those not marked yet; who answered no is left to be marked by hand."""
    today = clock.today()
    meeting = visible_meeting(request.person, pk, on=today)
    outcome = actions.mark_everyone_present(meeting=meeting, by=request.person, on=today)
    count = len(outcome.changes)
    if count:
        text = ngettext("%(count)s personne inscrite présente.", "%(count)s personnes inscrites présentes.", count)
        announce(request, text % {"count": count}, undo=undo_url(meeting, outcome.changes))
    elif not (outcome.refusals or outcome.declined):
        announce(request, _("Tout le monde était déjà saisi : rien n’a changé."), tone="info")
    if outcome.declined:
        announce(request, left_out(outcome.declined), tone="info")
    for refusal in outcome.refusals.values():
        announce(request, refusal.sentence, tone="warn")
    return redirect("meetings:roster", pk)


def left_out(count: int) -> str:
    """Who answered no, whom only a hand marks."""
    text = ngettext(
        "%(count)s personne a répondu non et reste à saisir.",
        "%(count)s personnes ont répondu non et restent à saisir.",
        count,
    )
    return text % {"count": count}


@require_POST
@requires(signed_in)
def undo(request: HttpRequest, pk: int, token: str) -> HttpResponse:
    today = clock.today()
    meeting = visible_meeting(request.person, pk, on=today)
    undone = actions.undo_marks(meeting=meeting, token=token, by=request.person, on=today)
    text = ngettext("%(count)s présence remise comme avant.", "%(count)s présences remises comme avant.", len(undone))
    announce(request, text % {"count": len(undone)})
    return redirect("meetings:roster", pk)


def save_all(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """What a form without JavaScript sends: every line, of which only the changed ones are written."""
    today = clock.today()
    persons = [int(name[8:]) for name in request.POST if name.startswith("version-") and name[8:].isdecimal()]
    marks = [typed_mark(request, person) for person in persons]
    outcome = actions.mark_attendances(meeting=meeting, marks=marks, by=request.person, on=today)
    count = len(outcome.changes)
    if count:
        text = ngettext("%(count)s présence enregistrée.", "%(count)s présences enregistrées.", count)
        announce(request, text % {"count": count}, undo=undo_url(meeting, outcome.changes))
    if not outcome.refusals:
        return redirect("meetings:roster", meeting.pk)
    context = page_context(request, meeting, refused=outcome.refusals)
    return render(request, TEMPLATE, context | beside(request, meeting), status=409)


def typed_mark(request: HttpRequest, person: int) -> Mark:
    """The fields of one person. `clear` names the one whose mark is taken away, `mine` the one whose recorded mark
    gives way to the one that was refused."""
    version = typed_number(request.POST.get(f"version-{person}", ""))
    mine = "mine-" if request.POST.get("mine") == str(person) else ""
    cleared = request.POST.get("clear") == str(person)
    portion = "" if cleared else request.POST.get(f"{mine}portion-{person}", "")
    reason = request.POST.get(f"{mine}reason-{person}", "")
    return Mark(person, portion, version, reason, typed_act(request.POST))


def page_context(
    request: HttpRequest,
    meeting: Meeting,
    *,
    persons: Iterable[int] | None = None,
    refused: dict[int, Refusal] | None = None,
) -> dict[str, Any]:
    """Everything the page shows, or of its lines only those of `persons`: four queries and the panels'. `refused` says
    why the mark of some was not taken."""
    tally = tally_of(meeting)
    refused = refused or {}
    declared = declared_at(meeting)
    rows = [
        row(line, refused.get(line.person.pk), declared.get(line.person.pk))
        for line in roster_of(meeting, persons=persons).lines
    ]
    listed = {row["line"].person.pk for row in rows}
    return {
        "meeting": meeting,
        "rows": rows,
        "tally": tally,
        "since": tally.latest,
        "shape": shape(meeting, tally),
        "viewer": request.person,
        "options": options(meeting),
        "refused": [row for row in rows if row["sentence"]],
        "unlisted": [str(refusal) for person, refusal in refused.items() if person not in listed],
        "oob": False,
        "undo": "",
        **rights(request.person, meeting),
        **(codes(meeting, declared, listed) if persons is None else {}),
    }


def rights(person: Person, meeting: Meeting) -> dict[str, Any]:
    """What this person may do with the attendance as it stands."""
    today = clock.today()
    takes_marks = meeting.is_held(today) and not meeting.is_validated
    opened = takes_marks and bool(policy.can_mark(person, meeting, on=today))
    may_validate = bool(policy.can_validate(person, meeting, on=today))
    return {
        "held": meeting.is_held(today),
        "open": opened,
        "may_validate": may_validate,
        "validator": validator_for(person, meeting, on=today),
        "may_correct": may_validate and meeting.is_validated,
    }


def row(line: Line, refusal: Refusal | None, declared: Declared | None) -> dict[str, Any]:
    """A line and what is said of it: what the person declared, why a mark was refused and, when someone else's came
    first, one's own to choose after all."""
    mine = None
    if isinstance(refusal, refusals.StaleMark):
        mine = {"portion": refusal.wanted, "reason": refusal.reason, "label": Portion(refusal.wanted).label}
    return {"line": line, "sentence": str(refusal) if refusal else "", "mine": mine, "declared": declared}


def beside(request: HttpRequest, meeting: Meeting) -> dict[str, Any]:
    """What upper apps show beside a meeting; without any, the page takes the whole width."""
    panels = meeting_panels.collect(request.person, on=clock.today(), meeting=meeting)
    return {"panels": panels, "layout": "base_rail.html" if panels else "base.html"}


def options(meeting: Meeting) -> list[dict[str, Any]]:
    """The outcomes one may choose: never more than planned."""
    words = {
        Portion.NONE: (_("Absence"), pgettext("touche", "A")),
        Portion.HALF: (_("Demie"), pgettext("touche", "D")),
        Portion.DAY: (_("Journée"), pgettext("touche", "J")),
    }
    longest = list(CHOICES)[: 2 if meeting.planned_portion == Portion.HALF else 3]
    return [
        {**CHOICES[portion], "label": label, "key": key.lower()}
        for portion, (label, key) in words.items()
        if portion in longest
    ]


def marked_context(
    request: HttpRequest, meeting: Meeting, person: int, change: AttendanceChange | None
) -> dict[str, Any]:
    """`news` is the last change the page knows after this answer: its own only when nobody else's came between."""
    since = typed_number(request.POST.get("since", ""))
    recorded = Attendance.objects.filter(meeting=meeting, person=person).order_by()
    attendance = change.attendance if change else recorded.first()
    tally = tally_of(meeting, mine=change.pk if change else 0)
    return {
        "meeting": meeting,
        "attendance": attendance,
        "person_id": person,
        "viewer": request.person,
        "tally": tally,
        "since": change.pk if change and tally.latest <= since else since,
        "shape": f"{tally.expected}",
        "open": True,
        "may_validate": True,
        "undo": undo_token([change]) if change else "",
        "oob": True,
        **NOTHING_SAID,
    }


def refused(request: HttpRequest, meeting: Meeting, typed: Mark, refusal: Refusal) -> HttpResponse:
    """The line as it is recorded, the sentence in it; among the messages for who has no line. An act received before is
    no refusal, whatever became of the meeting since."""
    if actions.is_received(typed.act):
        context = page_context(request, meeting, persons=[typed.person_id])
        return render(request, f"{TEMPLATE}#refused", context | {"oob": True})
    context = page_context(request, meeting, persons=[typed.person_id], refused={typed.person_id: refusal})
    context |= {"refusal": refusal, "oob": True}
    part = f"{TEMPLATE}#refused" if context["rows"] else "refusal_part.html"
    return render(request, part, context, status=refusal.status)


def news(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The lines others changed after the change `since`: 204 when there are none, the whole page when it has another
    shape (someone came or left the list, the attendance was validated)."""
    since, tally = typed_number(request.GET["since"]), tally_of(meeting)
    if request.GET.get("shape") != shape(meeting, tally):
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    if tally.latest <= since:
        return HttpResponse(status=204)
    changed = AttendanceChange.objects.filter(attendance__meeting=meeting, pk__gt=since)
    persons = set(changed.values_list("attendance__person", flat=True))
    context = page_context(request, meeting, persons=persons)
    # What this page last did can still be undone after the news.
    return render(
        request, f"{TEMPLATE}#news", context | {"oob": True, "undo": known_token(request.GET.get("undo", ""))}
    )


def shape(meeting: Meeting, tally: Tally) -> str:
    """What a page must be loaded again for: how many lines, and whether they may be changed."""
    return f"{tally.expected}{'v' if meeting.is_validated else ''}{'c' if meeting.is_cancelled else ''}"


def known_token(text: str) -> str:
    return text if TOKEN.fullmatch(text) and len(text) < 100 else ""


def typed_number(text: str) -> int:
    if not text.isdecimal() or len(text) > 18:
        raise Unreadable
    return int(text)


def undo_url(meeting: Meeting, changes: Iterable[AttendanceChange]) -> str:
    return reverse("meetings:undo", args=[meeting.pk, undo_token(changes)])
