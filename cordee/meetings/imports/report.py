"""The preview and its result as plain values, for the command and its JSON."""

from typing import Any

from django.utils.translation import gettext as _

from cordee.meetings.imports.matching import Question
from cordee.meetings.imports.preview import Line, Preview


def report_of(preview: Preview, *, applied: bool) -> dict[str, Any]:
    """`counts` by status; `written` marks; every line with its row, status, reading and problems; open questions."""
    plan = preview.plan()
    return {
        "applied": applied,
        "counts": preview.counts,
        "written": {
            "marks": len(plan.marks),
            "meetings": len(plan.meetings),
            "people": len(plan.people),
            "groups": len(plan.groups),
        },
        "questions": [_question(question) for question in preview.questions if not question.answered],
        "lines": [_line(preview, line) for line in preview.lines],
    }


def _question(question: Question) -> dict[str, Any]:
    return {
        "kind": question.kind,
        "about": question.label,
        "detail": question.detail,
        "rows": question.rows,
        "candidates": question.candidates,
        "error": question.error,
    }


def _line(preview: Preview, line: Line) -> dict[str, Any]:
    mark, entry = line.mark, line.entry
    return {
        "sheet": entry.sheet,
        "row": entry.row,
        "status": line.status.value,
        "date": entry.day.isoformat() if entry.day else None,
        "group": preview.group_label(line),
        "person": preview.person_label(line),
        "portion": mark.portion if mark else entry.portion,
        "recorded": mark.recorded if mark else "",
        "problems": line.problems,
        "notes": line.notes,
    }


def summary_of(report: dict[str, Any]) -> str:
    """Two lines for a terminal, then what could not be read."""
    counts, written = report["counts"], report["written"]
    done = _("importées") if report["applied"] else _("à importer")
    first = _("%(marks)s présences %(done)s, %(meetings)s rencontres et %(people)s personnes créées.") % {
        **written,
        "done": done,
    }
    second = _(
        "Lignes : %(new)s nouvelles, %(same)s déjà inscrites, %(differs)s différentes, %(ask)s à préciser,"
        " %(unreadable)s illisibles, %(left)s laissées de côté."
    ) % {**counts}
    problems = [
        f"{line['sheet']}, {line['row']} : {problem}" for line in report["lines"] for problem in line["problems"]
    ]
    return "\n".join([first, second, *problems])
