"""An edition as its members read it: every rule with its anchor `#rule-<key>`."""

from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cordee.reference.models import Edition
from cordee.reference.rulebook import Rule
from cordee.toolkit import clock, formats
from cordee.toolkit.access import requires, signed_in
from cordee.values.school_year import SchoolYear


@require_safe
@requires(signed_in)
def current(request: HttpRequest) -> HttpResponse:
    return redirect("reference:edition", str(SchoolYear.containing(clock.today())))


@require_safe
@requires(signed_in)
def edition(request: HttpRequest, year: str) -> HttpResponse:
    shown = get_object_or_404(Edition, year=year)
    revision = shown.revisions.select_related("edition").order_by("-number").first()
    rules = revision.rulebook().rules if revision else ()
    headings = {rule.article: rule for rule in rules if rule.key.startswith("article.")}
    context = {
        "edition": shown,
        "revision": revision,
        "articles": articles([rule for rule in rules if not rule.key.startswith("article.")], headings),
        "interpretations": sum(rule.interpretation for rule in rules),
    }
    return render(request, "reference/edition.html", context)


def articles(rules: list[Rule], headings: dict[str, Rule]) -> list[dict[str, Any]]:
    """The rules by article, in the order of the document: 9.2 stands before 18.1."""
    english = (get_language() or "fr").startswith("en")
    ordered = sorted(rules, key=article_order)
    return [
        {
            "number": number,
            "title": title(headings[number], english=english) if number in headings else "",
            "rules": [shown_rule(rule, english=english) for rule in found],
        }
        for number, found in groupby(ordered, key=lambda rule: rule.article)
    ]


def article_order(rule: Rule) -> tuple[list[int], str]:
    return [int(part) for part in rule.article.split(".") if part.isdigit()], rule.article


def title(heading: Rule, *, english: bool) -> str:
    return (heading.label_en if english else "") or heading.label_fr


def shown_rule(rule: Rule, *, english: bool) -> dict[str, Any]:
    return {"rule": rule, "label": (rule.label_en if english else "") or rule.label_fr, "value": in_words(rule)}


def in_words(rule: Rule) -> str:
    """The value as people write it."""
    value = rule.read()
    if rule.kind == "money":
        return formats.money(value)
    if rule.kind == "date":
        return formats.date_long(value)
    if rule.kind == "days":
        return ngettext("%(days)s jour", "%(days)s jours", int(value)) % {"days": formats.number(value)}
    if rule.kind == "minutes":
        return ngettext("%(count)d minute", "%(count)d minutes", value) % {"count": value}
    if rule.kind == "flag":
        return _("Oui") if value else _("Non")
    return str(value)
