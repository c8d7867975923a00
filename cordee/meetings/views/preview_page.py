"""What the previews of a spreadsheet and of a Teams report share: questions by section, lines by state."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import TextChoices
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from cordee.meetings.imports.directory import Directory
from cordee.meetings.imports.matching import Question
from cordee.meetings.models import Portion
from cordee.records.models import ImportBatch
from cordee.toolkit.refusals import Refusal

LINES, QUESTIONS, RECENT = 100, 25, 10
PORTIONS = {value: label for value, label in Portion.choices if value}


@dataclass(frozen=True, slots=True)
class ToAll:
    """A button that answers every question of a section: `value` is what `answers_to_all` takes."""

    value: str
    text: Promise
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """What a section of questions says."""

    title: Promise
    buttons: Sequence[ToAll] = ()
    help: Promise | str = ""


def settling(
    request: HttpRequest,
    batch: ImportBatch,
    preview: Any,
    *,
    sections: Mapping[str, Words],
    statuses: type[TextChoices],
    question_of: Callable[[Any, Question], dict[str, Any]],
    refusal: Refusal | None,
) -> dict[str, Any]:
    """The part of the context that every preview has. Sections stand in the order of `sections`."""
    state = request.GET.get("state", "")
    lines = [line for line in preview.lines if state not in statuses.values or line.status == state]
    order = list(sections)
    asked = sorted(preview.questions, key=lambda question: order.index(question.kind))
    questions = Paginator(asked, QUESTIONS).get_page(request.GET.get("questions"))
    shown = [(question.kind, question_of(preview, question)) for question in questions]
    return {
        "batch": batch,
        "preview": preview,
        "refusal": refusal,
        "reason_errors": [str(refusal)] if refusal and preview.corrections and not preview.reason else [],
        "questions": questions,
        "sections": [
            {"kind": kind, "words": sections[kind], "questions": [each for of, each in shown if of == kind]}
            for kind in dict.fromkeys(kind for kind, _each in shown)
        ],
        "errors": errors_of(asked),
        "views": state_views(preview, statuses, state),
        "lines": Paginator(lines, LINES).get_page(request.GET.get("page")),
    }


def errors_of(asked: Sequence[Question]) -> list[dict[str, str]]:
    """What the summary of errors lists, each with the field it leads to."""
    return [
        {"id": f"{question.key}-act", "label": question.label, "text": question.error}
        for question in asked
        if question.error
    ]


def state_views(preview: Any, statuses: type[TextChoices], chosen: str) -> list[dict[str, Any]]:
    """« Toutes 120 · Nouvelles 90… », each a link; the empty ones are left out."""
    counts = preview.counts
    entries = [("", _("Toutes"), len(preview.lines)), *((s.value, s.label, counts[s.value]) for s in statuses)]
    return [
        {"label": label, "url": f"?state={value}#lignes", "current": value == chosen, "count": count}
        for value, label, count in entries
        if count or not value
    ]


def person_candidates(preview: Any, question: Question) -> list[dict[str, str]]:
    """Those the file may mean, and the one who was found by name or address since."""
    chosen = int(question.act) if question.act.isdecimal() else 0
    found = chosen in preview.directory.people.by_pk and chosen not in question.candidates
    people = [*question.candidates, chosen] if found else question.candidates
    return [_person(preview.directory, pk) for pk in people]


def _person(directory: Directory, pk: int) -> dict[str, str]:
    known = directory.people.by_pk[pk]
    held = directory.people.employments.get(pk, [])
    employer = directory.organizations.by_pk[held[-1].organization].name if held else ""
    return {"value": str(pk), "label": known.full_name, "detail": " · ".join(filter(None, (employer, known.email)))}


def employers_of(directory: Directory) -> list[tuple[str, str]]:
    return [(str(pk), organization.name) for pk, organization in directory.organizations.by_pk.items()]
