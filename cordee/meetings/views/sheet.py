"""The sheet people sign: printed with the people of the roster in its order, then typed from paper in one act."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from cordee.meetings import actions, exports, policy
from cordee.meetings.actions import Mark
from cordee.meetings.models import AttendanceChange, Meeting, Source, roster_of
from cordee.meetings.views.roster import options, rights, typed_number, undo_url
from cordee.meetings.views.scope import visible_meeting
from cordee.toolkit import clock
from cordee.toolkit.access import enforce, require_form, requires, signed_in
from cordee.toolkit.documents import pdf
from cordee.toolkit.flash import announce
from cordee.toolkit.tabular import as_download


@require_safe
@requires(signed_in)
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = visible_meeting(request.person, pk, on=clock.today())
    enforce(policy.can_see_roster(request.person, meeting, on=clock.today()))
    context = {"meeting": meeting, "lines": roster_of(meeting).lines, "blanks": range(exports.BLANKS)}
    context |= rights(request.person, meeting)
    return render(request, "meetings/sheet.html", context)


@require_safe
@requires(signed_in)
def sheet_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = visible_meeting(request.person, pk, on=clock.today())
    enforce(policy.can_see_roster(request.person, meeting, on=clock.today()))
    data = exports.sheet_document(meeting, roster_of(meeting).lines)
    document = pdf("meetings/typst/sheet.typ", data, at=clock.now())
    return as_download(document, f"{exports.sheet_title(meeting)}.pdf")


@require_form
@requires(signed_in)
def sheet_entry(request: HttpRequest, pk: int) -> HttpResponse:
    """One letter or digit a person, in the order of the paper; what stays empty stays as it was."""
    today = clock.today()
    meeting = visible_meeting(request.person, pk, on=today)
    enforce(policy.can_mark(request.person, meeting, on=today))
    return save(request, meeting) if request.method == "POST" else page(request, meeting)


def save(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Nothing is written while a letter cannot be read; a mark that is refused is said in its line."""
    typed = {int(name[8:]): text for name, text in request.POST.items() if names_person(name) and text.strip()}
    letters = letters_of(meeting)
    if unread := {person: _("Lettre inconnue.") for person, text in typed.items() if read(text, letters) is None}:
        return page(request, meeting, typed=typed, errors=unread, status=422)
    marks = [
        Mark(person, read(text, letters) or "", typed_number(request.POST.get(f"version-{person}", "")))
        for person, text in typed.items()
    ]
    outcome = actions.mark_attendances(
        meeting=meeting, marks=marks, by=request.person, on=clock.today(), source=Source.SHEET
    )
    tell(request, meeting, outcome.changes)
    if outcome.refusals:
        errors = {person: str(refusal) for person, refusal in outcome.refusals.items()}
        return page(request, meeting, typed={person: typed[person] for person in errors}, errors=errors, status=409)
    return redirect("meetings:roster", meeting.pk)


def names_person(name: str) -> bool:
    return name.startswith("portion-") and name[8:].isdecimal() and len(name) < 26


def tell(request: HttpRequest, meeting: Meeting, changes: Sequence[AttendanceChange]) -> None:
    if not changes:
        announce(request, _("Rien n’a changé : tout était déjà inscrit ainsi."), tone="info")
        return
    text = ngettext(
        "%(count)s présence saisie de la feuille signée.",
        "%(count)s présences saisies de la feuille signée.",
        len(changes),
    )
    announce(request, text % {"count": len(changes)}, undo=undo_url(meeting, changes))


def letters_of(meeting: Meeting) -> dict[str, str]:
    """`a`, `d`, `j` as on the roster, and 0, 1, 2 half days: what may be typed, and the portion it means."""
    choices = options(meeting)
    return {key: choice["value"] for number, choice in enumerate(choices) for key in (choice["key"], str(number))}


def read(text: str, letters: dict[str, str]) -> str | None:
    return letters.get(text.strip().lower())


def page(
    request: HttpRequest,
    meeting: Meeting,
    *,
    typed: dict[int, str] | None = None,
    errors: dict[int, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    typed, errors = typed or {}, errors or {}
    rows = [
        {"line": line, "typed": typed.get(line.person.pk, ""), "error": errors.get(line.person.pk, "")}
        for line in roster_of(meeting).lines
    ]
    context = {
        "meeting": meeting,
        "rows": rows,
        "choices": [{**choice, "number": number} for number, choice in enumerate(options(meeting))],
        "errors": errors,
        **rights(request.person, meeting),
    }
    return render(request, "meetings/sheet_entry.html", context, status=status)
