"""An edition as its members read it: by section, each rule under its anchor `#rule-<key>`."""

from functools import lru_cache

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cordee.reference.models import Edition
from cordee.reference.rulebook import Rule
from cordee.reference.tables import tables_for
from cordee.reference.views.reading import embeds_of, sections_of
from cordee.toolkit import clock
from cordee.toolkit.access import requires, signed_in
from cordee.toolkit.contributions import ArticleTable
from cordee.values.school_year import SchoolYear

OPEN_ONLY = "interpretations"


@require_safe
@requires(signed_in)
def current(request: HttpRequest) -> HttpResponse:
    return redirect("reference:edition", str(SchoolYear.containing(clock.today())))


@require_safe
@requires(signed_in)
def edition(request: HttpRequest, year: str) -> HttpResponse:
    """What is in force, or the draft while nothing is."""
    shown = get_object_or_404(Edition, year=year)
    latest = shown.revisions.select_related("edition").order_by(F("effective_from").desc(nulls_last=True), "-number")
    revision = latest.first()
    book = revision.rulebook() if revision else None
    rules = book.rules if book else ()
    tables = tables_for(embeds_of(rules), revision=revision, book=book) if book else {}
    open_only = request.GET.get("vue") == OPEN_ONLY
    interpretations = sum(rule.interpretation for rule in rules)
    total = sum(not rule.key.startswith("article.") for rule in rules)
    context = {
        "edition": shown,
        "revision": revision,
        "text": _text(rules, tuple(tables.values()), get_language() or "fr", open_only=open_only),
        "interpretations": interpretations,
        "views": [
            {"label": _("Toutes les règles"), "url": "?", "current": not open_only, "count": total},
            {"label": _("Interprétations"), "url": f"?vue={OPEN_ONLY}", "current": open_only, "count": interpretations},
        ],
    }
    return render(request, "reference/edition.html", context)


@lru_cache(maxsize=8)
def _text(rules: tuple[Rule, ...], tables: tuple[ArticleTable, ...], language: str, *, open_only: bool) -> SafeString:
    """The rules as they are read. Writing 500 of them costs ten times reading them, and the same give the same."""
    by_name = {table.name: table for table in tables}
    context = {"sections": sections_of(rules, open_only=open_only, tables=by_name), "LANGUAGE_CODE": language}
    return render_to_string("reference/sections.html", context)
