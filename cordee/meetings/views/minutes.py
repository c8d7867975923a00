"""The minutes of a meeting: read by those who may, written part by part and saved as one types.

Without JavaScript one form saves every part. Two people at once are told: what others wrote comes by itself where one
is not writing; where both write, both texts are shown and nothing is replaced until someone chooses.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from cordee.meetings import actions, exports, policy
from cordee.meetings.actions.minutes_refusals import StaleSection
from cordee.meetings.forms import FollowUpForm
from cordee.meetings.models import Meeting, MinutesState
from cordee.meetings.models.gathering import Gathering, gathering_of
from cordee.meetings.models.outline import TOP, Entry, outline_of
from cordee.meetings.views.scope import readable_meeting
from cordee.toolkit import clock, markdown
from cordee.toolkit.access import enforce, require_form, requires, signed_in
from cordee.toolkit.documents import pdf
from cordee.toolkit.flash import announce
from cordee.toolkit.htmx import wants_part
from cordee.toolkit.refusals import Refusal
from cordee.toolkit.tabular import as_download
from cordee.values.merging import joined

TEMPLATE = "meetings/minutes.html"


@dataclass
class Shown:
    """A part as the page shows it: `mine` is the text that was refused because another one came first, `told` says
    that someone else just wrote."""

    entry: Entry
    mine: str | None = None
    sentence: str = ""
    told: bool = False
    seen: int | None = None

    @property
    def text(self) -> str:
        return self.entry.text if self.mine is None else self.mine

    @property
    def version(self) -> int:
        """Of what one has under one's eyes; in a conflict still the one from before, so that it stays one."""
        return self.entry.version if self.seen is None else self.seen


@require_form
@requires(signed_in)
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = readable_meeting(request.person, pk, on=clock.today())
    if request.method == "POST":
        return save_all(request, meeting)
    gathering = gathering_of(meeting, request.person, on=clock.today())
    if "news" in request.GET and wants_part(request):
        return news(request, gathering)
    shown = [Shown(entry) for entry in gathering.entries]
    return render(request, TEMPLATE, page_context(request, gathering, shown))


@require_POST
@requires(signed_in)
def part(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """One part, as one types it: the state it is in afterwards, or both texts."""
    meeting = readable_meeting(request.person, pk, on=clock.today())
    shown = save_part(request, meeting, key)
    if not wants_part(request):
        return redirect("meetings:minutes", pk)
    context = {"meeting": meeting, "shown": shown, "person": request.person}
    if shown.mine is not None:
        return render(request, f"{TEMPLATE}#refused", context | {"oob": True}, status=409)
    settled = any(name in request.POST for name in ("take", "keep", "join"))
    return render(request, f"{TEMPLATE}#{'part' if settled else 'saved'}", context | {"oob": not settled})


@require_POST
@requires(signed_in)
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = readable_meeting(request.person, pk, on=clock.today())
    enforce(policy.can_write_minutes(request.person, meeting, on=clock.today()))
    text = next((value for name, value in request.POST.items() if name.startswith("text-")), "")
    return HttpResponse(markdown.to_html(markdown.read(text, top=TOP)) or _("Rien d’écrit pour le moment."))


@require_safe
@requires(signed_in)
def minutes_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = readable_meeting(request.person, pk, on=clock.today())
    gathering = gathering_of(meeting, request.person, on=clock.today())
    document = pdf("meetings/typst/minutes.typ", exports.minutes_document(gathering), at=clock.now())
    name = _("Compte rendu %(group)s %(day)s") % {"group": meeting.group.label, "day": meeting.date.isoformat()}
    return as_download(document, f"{name}.pdf")


def page_context(request: HttpRequest, gathering: Gathering, shown: Iterable[Shown], **more: Any) -> dict[str, Any]:
    meeting, today = gathering.meeting, clock.today()
    runs = bool(policy.can_write_minutes(request.person, meeting, on=today))
    writing = runs and gathering.is_open and not meeting.is_cancelled and "lecture" not in request.GET
    owners = [line.person for line in gathering.roster.lines]
    return {
        "meeting": meeting,
        "gathering": gathering,
        "approved": exports.state_in_words(gathering),
        "parts": list(shown),
        "person": request.person,
        "today": today,
        "runs": runs,
        "writing": writing,
        "reading": runs and "lecture" in request.GET,
        "may_approve": runs and gathering.state == MinutesState.DRAFT and meeting.is_held(today),
        "follow_up_form": FollowUpForm(owners=owners) if writing else None,
        **more,
    }


def save_all(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """What a form without JavaScript sends: every part, of which only the changed ones are written."""
    keys = [name.removeprefix("version-") for name in request.POST if name.startswith("version-")]
    results = {key: save_part(request, meeting, key) for key in keys}
    refused = {key: shown for key, shown in results.items() if shown.mine is not None}
    if not refused:
        announce(request, _("Compte rendu enregistré."))
        return redirect("meetings:minutes", meeting.pk)
    gathering = gathering_of(meeting, request.person, on=clock.today())
    shown = [refused.get(entry.key) or Shown(entry) for entry in gathering.entries]
    count = len(refused)
    text = ngettext("%(count)s partie n’est pas enregistrée.", "%(count)s parties ne sont pas enregistrées.", count)
    context = page_context(request, gathering, shown, refused=text % {"count": count})
    return render(request, TEMPLATE, context, status=409)


def save_part(request: HttpRequest, meeting: Meeting, key: str) -> Shown:
    """`take` gives one's own text up for the recorded one, `keep` puts one's own in its place, `join` keeps both: each
    names a part, and the version `theirs` that one decided about."""
    text, seen = request.POST.get(f"text-{key}", ""), typed_number(request.POST.get(f"version-{key}", ""))
    chosen = next((name for name in ("take", "keep", "join") if request.POST.get(name) == key), "")
    if chosen:
        seen = typed_number(request.POST.get(f"theirs-{key}", ""))
    if chosen in ("take", "join"):
        entry = next((entry for entry in outline_of(meeting) if entry.key == key), None)
        if entry and chosen == "take":
            return Shown(entry)
        text = joined(entry.text if entry else "", "\n".join(text.splitlines()))
    return written(request, meeting, key, text, seen)


def written(request: HttpRequest, meeting: Meeting, key: str, text: str, seen: int) -> Shown:
    who = {"by": request.person, "on": clock.today()}
    try:
        return Shown(actions.write_section(meeting=meeting, key=key, text=text, seen=seen, **who))
    except StaleSection as refusal:
        return Shown(refusal.entry, mine=refusal.mine, sentence=str(refusal), seen=seen)


def news(request: HttpRequest, gathering: Gathering) -> HttpResponse:
    """The parts others wrote since; the whole page when there are other parts, or when it was approved."""
    known = {name.removeprefix("version-") for name in request.GET if name.startswith("version-")}
    if not gathering.is_open or known != {entry.key for entry in gathering.entries}:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    changed = [
        Shown(entry, told=True)
        for entry in gathering.entries
        if entry.version != typed_number(request.GET.get(f"version-{entry.key}", ""))
    ]
    if not changed:
        return HttpResponse(status=204)
    context = {"meeting": gathering.meeting, "changed": changed, "person": request.person, "oob": True}
    return render(request, f"{TEMPLATE}#news", context)


def typed_number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def refusal_in(form: Any, act: Any, **given: Any) -> bool:
    """Whether the act was done; else its refusal stands in the form."""
    try:
        act(**given)
    except Refusal as refusal:
        form.add_error(None, str(refusal.sentence))
        return False
    return True
