"""What the pages of a Teams report show, gathered from a preview."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cordee.meetings.actions.teams import reports_of
from cordee.meetings.imports.matching import Question
from cordee.meetings.imports.teams import Line, TeamsPreview, TeamsStatus
from cordee.meetings.imports.teams.matching import Why
from cordee.meetings.imports.teams.proposing import portion_label
from cordee.meetings.models import Meeting
from cordee.meetings.views.preview_page import (
    PORTIONS,
    RECENT,
    ToAll,
    Words,
    employers_of,
    person_candidates,
    settling,
)
from cordee.people.models import Person, StaffCategory
from cordee.records.models import ImportBatch
from cordee.toolkit.contributions import file_panels
from cordee.toolkit.refusals import Refusal

REPORT = Words(gettext_lazy("Le rapport"))
SECTIONS = {
    "order": REPORT,
    "hours": REPORT,
    "events": REPORT,
    "person": Words(
        gettext_lazy("Personnes à rattacher"),
        help=gettext_lazy(
            "Ce que vous répondez est retenu : la même adresse ou le même nom affiché sera reconnu la prochaine fois."
        ),
    ),
    "difference": Words(
        gettext_lazy("Présences qui diffèrent"),
        [ToAll("keep", gettext_lazy("Tout garder")), ToAll("replace", gettext_lazy("Tout prendre du rapport"))],
    ),
    "below": Words(
        gettext_lazy("Sous le seuil d’une demi-journée"),
        [ToAll("absences", gettext_lazy("Inscrire toutes ces absences"))],
    ),
}
TONES = {
    TeamsStatus.NEW: ("ok", "plus"),
    TeamsStatus.SAME: ("mute", "check"),
    TeamsStatus.DIFFERS: ("warn", "scale"),
    TeamsStatus.ASK: ("info", "help"),
    TeamsStatus.PROPOSED: ("info", "eye"),
    TeamsStatus.BELOW: ("warn", "clock"),
    TeamsStatus.UNKNOWN: ("mute", "help"),
    TeamsStatus.REFUSED: ("bad", "alert"),
    TeamsStatus.LEFT: ("mute", "minus"),
}
# An answer of a person stands in the question itself.
SAID = (Why.EMAIL, Why.ACCOUNT, Why.ALIAS, Why.NAME)


def new_context(meeting: Meeting, errors: list[str]) -> dict[str, Any]:
    batches = list(reports_of(meeting).defer("proposal")[:RECENT])
    people = Person.objects.in_bulk({batch.created_by_id for batch in batches if batch.created_by_id})
    return {
        "meeting": meeting,
        "errors": errors,
        "steps": steps(),
        "panels": file_panels.collect(meeting),
        "recent": [{"batch": batch, "who": people.get(batch.created_by_id)} for batch in batches],
    }


def steps() -> list[str]:
    return [_("Déposer"), _("Vérifier"), _("Confirmer")]


def preview_context(
    request: HttpRequest, batch: ImportBatch, preview: TeamsPreview, *, refusal: Refusal | None = None
) -> dict[str, Any]:
    shared = settling(
        request, batch, preview, sections=SECTIONS, statuses=TeamsStatus, question_of=question_of, refusal=refusal
    )
    plan = preview.plan()
    return {
        **shared,
        "meeting": preview.meeting,
        "steps": steps(),
        "files": files_of(preview),
        "rows": [row_of(preview, line) for line in shared["lines"]],
        "choices": {"organizations": employers_of(preview.directory), "categories": StaffCategory.choices},
        "plan": plan,
        "ready": ready_sentence(len(plan.marks)),
        "outside": outside_sentence(preview),
    }


def files_of(preview: TeamsPreview) -> list[dict[str, Any]]:
    return [
        {
            "name": file.name,
            "title": file.report.title,
            "earlier": not file.is_new,
            "warnings": file.warnings,
        }
        for file in preview.connections.files
    ]


def ready_sentence(count: int) -> str:
    text = ngettext("%(count)s présence à inscrire", "%(count)s présences à inscrire", count)
    return text % {"count": count}


def outside_sentence(preview: TeamsPreview) -> str:
    """What stays as it is if one confirms now, by what one may do about it."""
    counts = preview.counts
    kept = sum(line.status == TeamsStatus.DIFFERS and not line.replaces for line in preview.lines)
    said = (
        (counts[TeamsStatus.ASK], _("%(count)s à rattacher")),
        (kept, _("%(count)s sans changement")),
        (
            sum(line.status == TeamsStatus.UNKNOWN and not line.names for line in preview.lines),
            _("%(count)s dans aucun rapport"),
        ),
    )
    return ", ".join(text % {"count": count} for count, text in said if count)


def question_of(preview: TeamsPreview, question: Question) -> dict[str, Any]:
    """As `import_question.html` wants it: a person to name, or one of a few outcomes to choose."""
    is_person = question.kind == "person"
    names = ("other", "first", "last", "email", "organization", "category")
    return {
        "key": question.key,
        "kind": "person" if is_person else "difference",
        "label": question.label,
        "legend": ", ".join(filter(None, (question.label, question.detail))),
        "detail": question.detail,
        "act": question.act,
        "error": question.error,
        "candidates": person_candidates(preview, question) if is_person else [],
        "given": {name: question.given(name) for name in names} if is_person else {},
        "segments": [] if is_person else segments_of(question),
    }


def segments_of(question: Question) -> list[dict[str, str]]:
    """What one may choose, the first being what happens without an answer (but for the order of dates)."""
    if question.kind == "order":
        return [{"value": order, "label": days} for order, days in question.suggested.items()]
    given = question.given
    if question.kind == "hours":
        shift = _("Les décaler de %(hours)s h") % {"hours": f"{int(given('hours')):+d}".replace("-", "\u2212")}
        keep, replace = _("Les laisser"), shift
    elif question.kind == "events":
        keep, replace = _("Ne rien inscrire"), _("Inscrire ce qu’elle propose")
    elif question.kind == "below":
        keep, replace = _("Ne rien inscrire"), _("Inscrire l’absence")
    else:
        keep = _("Garder : %(portion)s") % {"portion": PORTIONS[given("recorded")]}
        replace = _("Prendre : %(portion)s") % {"portion": PORTIONS[given("portion")]}
    return [{"value": "keep", "label": keep}, {"value": "replace", "label": replace}]


def row_of(preview: TeamsPreview, line: Line) -> dict[str, Any]:
    tone, icon = TONES[line.status]
    shown = {"status": line.status.label, "tone": tone, "icon": icon}
    if line.replaces:
        shown = {"status": _("À remplacer"), "tone": "ok", "icon": "redo"}
    return {
        **shown,
        "label": line.label,
        "why": Why(line.why).label if line.why in SAID else "",
        "walk_in": line.walk_in,
        "contested": line.contested,
        "when": preview.proposer.when(line),
        "lasted": preview.proposer.lasted(line),
        "portion": portion_label(line.portion),
        "threshold": line.threshold,
        "recorded": PORTIONS.get(line.recorded, ""),
        "notes": [*line.notes, *filter(None, [line.problem])],
    }
