"""The year at a glance: the dated rows of the edition's timeline and deadlines, as steps of one cord."""

from datetime import date
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from cordee.reference.models import rules_on
from cordee.reference.rulebook import NoRulebook
from cordee.toolkit.formats import date_long


def timeline_steps(on: date) -> list[dict[str, Any]]:
    """Claim deadlines of the edition in force, in order; empty where no edition covers the day. Two queries."""
    try:
        book = rules_on(on)
    except NoRulebook:
        return []
    english = (get_language() or "fr").startswith("en")
    dated = sorted(
        (book.date(rule.key), rule.label_en if english and rule.label_en else rule.label_fr)
        for rule in book.rules
        if rule.kind == "date" and (rule.key.startswith("deadline.") or rule.key.endswith(".due"))
    )
    return [
        _step(day, label, on, following) for (day, label), following in zip(dated, _next_open(dated, on), strict=True)
    ]


def _next_open(dated: list[tuple[date, str]], on: date) -> list[bool]:
    first = next((index for index, (day, _label) in enumerate(dated) if day >= on), None)
    return [index == first for index in range(len(dated))]


def _step(day: date, label: str, on: date, is_next: bool) -> dict[str, Any]:  # noqa: FBT001
    if day < on:
        return {"title": label, "detail": _("Passée"), "day": date_long(day), "state": "done"}
    days = (day - on).days
    detail = ngettext("Dans %(days)d jour", "Dans %(days)d jours", days) % {"days": days} if is_next else ""
    return {"title": label, "detail": detail, "day": date_long(day), "state": "now" if is_next else ""}
