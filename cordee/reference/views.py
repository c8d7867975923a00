"""An edition as its members read it: every rule with its anchor `#rule-<key>`."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from cordee.reference.models import Edition, Revision
from cordee.toolkit import clock
from cordee.toolkit.access import requires, signed_in
from cordee.values.school_year import SchoolYear


@requires(signed_in)
def current(request: HttpRequest) -> HttpResponse:
    return redirect("reference:edition", str(SchoolYear.containing(clock.today())))


@requires(signed_in)
def edition(request: HttpRequest, year: str) -> HttpResponse:
    shown = get_object_or_404(Edition, year=year)
    revision = Revision.objects.filter(edition=shown).select_related("edition").order_by("-number").first()
    rules = revision.rulebook().rules if revision else ()
    context = {
        "edition": shown,
        "revision": revision,
        "rules": sorted(rules, key=article_order),
        "interpretations": sum(rule.interpretation for rule in rules),
    }
    return render(request, "reference/edition.html", context)


def article_order(rule) -> tuple[list[int], str]:
    """Articles in the order of the document: 9.2 before 18.1; stable within an article."""
    return [int(part) for part in rule.article.split(".") if part.isdigit()], rule.article
