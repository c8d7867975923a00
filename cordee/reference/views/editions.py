"""An edition as its members read it: by section, each rule under its anchor `#rule-<key>`."""

from functools import lru_cache
from typing import Any

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cordee.reference import policy
from cordee.reference.models import Edition, Revision, read_once
from cordee.reference.rulebook import Rule, Rulebook
from cordee.reference.rulebook.comparing import Change, compare, together
from cordee.reference.tables import tables_for
from cordee.reference.views.reading import Reading, embeds_of, sections_of
from cordee.reference.views.scope import revision_at
from cordee.toolkit import clock
from cordee.toolkit.access import requires, signed_in
from cordee.toolkit.contributions import ArticleTable, edition_heads, edition_panels
from cordee.values.school_year import SchoolYear

OPEN_ONLY, COMPARED = "interpretations", "comparer"
LONGEST_SEARCH = 80


@require_safe
@requires(signed_in)
def current(request: HttpRequest) -> HttpResponse:
    return redirect("reference:edition", str(SchoolYear.containing(clock.today())))


@require_safe
@requires(signed_in)
def edition(request: HttpRequest, year: str) -> HttpResponse:
    """What is in force, or the draft while nothing is."""
    revisions = Revision.objects.filter(edition__year=year).select_related("edition")
    latest = revisions.order_by(F("effective_from").desc(nulls_last=True), "-number").first()
    return page(request, latest.edition if latest else get_object_or_404(Edition, year=year), latest)


@require_safe
@requires(signed_in)
def revision(request: HttpRequest, year: str, number: int) -> HttpResponse:
    """A revision, in force or not. A draft is compared with what is in force unless one asks for its text alone."""
    found = revision_at(year, number)
    return page(request, found.edition, found)


@read_once()
def page(request: HttpRequest, shown: Edition, found: Revision | None) -> HttpResponse:
    book = found.rulebook() if found else None
    if found is None or book is None:
        return render(request, "reference/edition.html", {"edition": shown, "revision": None, "text": ""})
    view, words = request.GET.get("vue", ""), request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    # A handful of rows, which answer three questions at once.
    revisions = list(Revision.objects.select_related("edition").order_by("number"))
    base = found.base_among(revisions)
    base_book = base.rulebook() if base else None
    changes = tuple(compare(base_book, book)) if base_book else ()
    compared = view == COMPARED and base_book is not None
    rules = together(base_book, book) if compared and base_book else book.rules
    reading = Reading(view == OPEN_ONLY, words, changes if compared else ())
    tables = tables_for(embeds_of(rules), revision=found, book=book)
    context = {
        "edition": shown,
        "revision": found,
        "base": base,
        "words": words,
        "changed": {change.rule.article for change in changes},
        "text": _text(rules, tuple(tables.values()), get_language() or "fr", reading),
        **_asides(request, found, revisions),
        **_counts(book, changes, view, found, base),
    }
    return render(request, "reference/edition.html", context)


def _asides(request: HttpRequest, found: Revision, revisions: list[Revision]) -> dict[str, Any]:
    """What upper apps say of a revision, and what one may do with it."""
    about = {"on": clock.today(), "revision": found}
    others = [one for one in revisions if one.edition_id == found.edition_id and one.is_draft and one.pk != found.pk]
    next_year = str(found.school_year.next())
    following = next((one for one in revisions if one.edition.year == next_year), None)
    return {
        "heads": edition_heads.collect(request.person, **about),
        "panels": edition_panels.collect(request.person, **about),
        "writes": bool(policy.can_edit(request.person, on=clock.today())),
        "drafts": others,
        "following": following,
        "next_year": next_year,
    }


def _counts(
    book: Rulebook, changes: tuple[Change, ...], view: str, found: Revision, base: Revision | None
) -> dict[str, Any]:
    interpretations = sum(rule.interpretation for rule in book.rules)
    total = sum(not rule.key.startswith("article.") for rule in book.rules)
    views = [
        {"label": _("Toutes les règles"), "url": "?", "current": view not in (OPEN_ONLY, COMPARED), "count": total},
        {
            "label": _("Interprétations"),
            "url": f"?vue={OPEN_ONLY}",
            "current": view == OPEN_ONLY,
            "count": interpretations,
        },
    ]
    if base is not None:
        here = reverse("reference:compare", args=[found.edition.year, found.number, base.name])
        told = {"label": _("Comparer"), "url": f"?vue={COMPARED}", "current": view == COMPARED, "count": len(changes)}
        views.insert(1, told)
        views.append({"label": _("Les changements seuls"), "url": here, "current": False, "count": None})
    return {"interpretations": interpretations, "views": views}


@lru_cache(maxsize=8)
def _kept(rules: tuple[Rule, ...], tables: tuple[ArticleTable, ...], language: str, reading: Reading) -> SafeString:
    """Writing 500 rules costs ten times reading them, and the same give the same."""
    return _written(rules, tables, language, reading)


def _text(rules: tuple[Rule, ...], tables: tuple[ArticleTable, ...], language: str, reading: Reading) -> SafeString:
    """A search is read once: it takes no place among the pages that are kept."""
    return (_written if reading.words else _kept)(rules, tables, language, reading)


def _written(rules: tuple[Rule, ...], tables: tuple[ArticleTable, ...], language: str, reading: Reading) -> SafeString:
    by_name = {table.name: table for table in tables}
    sections = sections_of(rules, reading, tables=by_name)
    context = {"sections": sections, "reading": reading, "LANGUAGE_CODE": language}
    return render_to_string("reference/sections.html", context)
