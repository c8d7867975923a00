"""Search over what the apps offer, within what the person may see."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from cordee.toolkit import clock
from cordee.toolkit.access import requires, signed_in
from cordee.toolkit.contributions import search as sources
from cordee.toolkit.htmx import render_page_or_part

SHORTEST = 2


@require_safe
@requires(signed_in)
def search(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "").strip()[:80]
    found = []
    if len(words) >= SHORTEST:
        found = sources.collect(request.person, on=clock.today(), words=words)
    return render_page_or_part(request, "home/search.html", "results", {"words": words, "results": found})
