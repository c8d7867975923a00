"""The year at a glance: the dated rows of the edition, as knots of one cord. Only the first says its year."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.charter.models.dated import DatedTask, YearTasks, title_of
from cordee.charter.rules.timeline import Deadline, knots
from cordee.toolkit.formats import date_long, day_and_month, locale


def cord_of(year: YearTasks) -> list[dict[str, Any]]:
    """Rows of one day, or of days that follow each other, are one knot; the first that waits is now."""
    found = [(rows, [task for row in rows if row.is_task for task in year.tasks_of(row)]) for rows in knots(year.rows)]
    now = next((rows for rows, tasks in found if rows[-1].day >= year.on and not _is_done(rows, tasks, year.on)), None)
    return [
        {
            "title": together([title_of(row) for row in rows]),
            "day": days_in_words(rows, with_year=at == 0),
            **_state(rows, tasks, year.on, is_now=rows is now),
        }
        for at, (rows, tasks) in enumerate(found)
    ]


def together(titles: Sequence[str]) -> str:
    """« Réclamations de mi-année et facture au ministère »."""
    first, *others = titles
    *middle, last = ["", *(title[:1].lower() + title[1:] for title in others)] if others else ["", ""]
    return _(" et ").join(filter(None, [", ".join([first, *filter(None, middle)]), last]))


def days_in_words(rows: Sequence[Deadline], *, with_year: bool) -> str:
    """« 30 janvier », « 30–31 janvier » or « 31 janvier – 1er février »."""
    first, last = rows[0].day, rows[-1].day
    start, end = day_and_month(first), date_long(last) if with_year else day_and_month(last)
    if first == last:
        return end
    if first.month != last.month:
        return f"{start} – {end}"
    if locale() == "en_CA":
        return f"{start}–{end.partition(' ')[2]}"
    return f"{start.partition(' ')[0]}–{end}"


def _is_done(rows: Sequence[Deadline], tasks: Sequence[DatedTask], on: date) -> bool:
    """Each of its tasks is; what is nobody’s task is done once its day is past."""
    return all(task.done_on for task in tasks) and all(row.is_task or row.day < on for row in rows)


def _state(rows: Sequence[Deadline], tasks: Sequence[DatedTask], on: date, *, is_now: bool) -> dict[str, str]:
    if _is_done(rows, tasks, on):
        return {"detail": _("Fait") if tasks else _("Passée"), "state": "done"}
    late = sum(task.is_late for task in tasks)
    if late:
        said = ngettext("%(late)d en retard", "%(late)d en retard", late) % {"late": late}
        return {"detail": said, "state": "now" if is_now else "late"}
    ahead = (next(row.day for row in rows if row.day >= on) - on).days
    if not is_now:
        return {"detail": "", "state": ""}
    if not ahead:
        return {"detail": _("Aujourd’hui"), "state": "now"}
    return {"detail": ngettext("Dans %(days)d jour", "Dans %(days)d jours", ahead) % {"days": ahead}, "state": "now"}
