"""The year at a glance: the dated rows of the edition's timeline and deadlines, as steps of one cord."""

import re
from collections import defaultdict
from datetime import date
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from cordee.reference.rulebook import Rulebook
from cordee.toolkit.formats import date_long, day_and_month

# The rows of the timeline are tasks of their own.
IN_THE_CORD = re.compile(r"deadline\..|period\.[^.]+\.due$")


def timeline_steps(book: Rulebook, on: date) -> list[dict[str, Any]]:
    """The deadlines of the edition in order; those of one day are one step. Only the first says its year."""
    english = (get_language() or "fr").startswith("en")
    dated: dict[date, list[str]] = defaultdict(list)
    for rule in book.rules:
        if rule.kind == "date" and IN_THE_CORD.match(rule.key):
            dated[book.date(rule.key)].append(rule.label_en if english and rule.label_en else rule.label_fr)
    days = sorted(dated)
    coming = next((day for day in days if day >= on), None)
    return [
        {
            "title": _together(sorted(dated[day], reverse=True)),
            "day": day_and_month(day) if day != days[0] else date_long(day),
            **_state(day, on, is_next=day == coming),
        }
        for day in days
    ]


def _together(labels: list[str]) -> str:
    """« Réclamations de mi-année et facture au ministère »."""
    first, *others = labels
    return _(" et ").join([first, *(label[:1].lower() + label[1:] for label in others)])


def _state(day: date, on: date, *, is_next: bool) -> dict[str, str]:
    if day < on:
        return {"detail": _("Passée"), "state": "done"}
    if not is_next:
        return {"detail": "", "state": ""}
    days = (day - on).days
    if days == 0:
        return {"detail": _("Aujourd’hui"), "state": "now"}
    return {"detail": ngettext("Dans %(days)d jour", "Dans %(days)d jours", days) % {"days": days}, "state": "now"}
