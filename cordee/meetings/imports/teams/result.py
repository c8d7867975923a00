"""The preview and its result as plain values, for the command and its JSON."""

from typing import Any

from django.utils.translation import gettext as _

from cordee.meetings.imports.matching import Question
from cordee.meetings.imports.teams.lines import Line
from cordee.meetings.imports.teams.preview import TeamsPreview


def result_of(preview: TeamsPreview, *, applied: bool) -> dict[str, Any]:
    """`counts` by status; what was `written`; `files`; every person; every question, answered or not."""
    plan = preview.plan()
    return {
        "applied": applied,
        "counts": preview.counts,
        "written": {"marks": len(plan.marks), "people": len(plan.people), "aliases": len(plan.aliases)},
        "thresholds": {"half": preview.proposer.half_from, "day": preview.proposer.day_from},
        "files": [
            {
                "name": file.name,
                "sha256": file.sha256,
                "shape": file.report.shape.value,
                "title": file.report.title,
                "earlier": not file.is_new,
                "warnings": list(file.warnings),
            }
            for file in preview.connections.files
        ],
        "questions": [_question(question) for question in preview.questions],
        "people": [_line(line) for line in preview.lines],
    }


def _question(question: Question) -> dict[str, Any]:
    return {
        "field": f"{question.key}-act",
        "kind": question.kind,
        "about": question.label,
        "detail": question.detail,
        "candidates": question.candidates,
        "choices": list(question.suggested) if question.kind == "order" else [],
        "answered": question.answered,
        "error": question.error,
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        "person": line.person if isinstance(line.person, int) else None,
        "name": line.label,
        "shown": line.names,
        "why": str(line.why),
        "status": line.status.value,
        "minutes": line.presence.minutes if line.presence else None,
        "halves": [seconds // 60 for seconds in line.presence.halves] if line.presence else [],
        "portion": line.portion,
        "threshold": line.threshold,
        "recorded": line.recorded,
        "replaces": line.replaces,
        "walk_in": line.walk_in,
        "notes": [*line.notes, *([line.problem] if line.problem else [])],
    }


def summary_of(result: dict[str, Any]) -> str:
    """A line for a terminal, then what waits."""
    done = _("inscrites") if result["applied"] else _("à inscrire")
    first = _("%(marks)s présences %(done)s, %(people)s personnes ajoutées, %(aliases)s noms retenus.") % {
        **result["written"],
        "done": done,
    }
    waiting = [f"{each['about']} : {each['field']}" for each in result["questions"] if not each["answered"]]
    return "\n".join([first, *waiting])
