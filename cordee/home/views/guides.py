"""The guides of `docs/guides`, on the pages that lead to them, in the language of who reads."""

from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cordee.home.guides import blocks_of, title_of
from cordee.toolkit.access import requires, signed_in
from cordee.toolkit.formats import locale

GUIDES = Path(settings.BASE_DIR) / "docs" / "guides"


@require_safe
@requires(signed_in)
def guide(request: HttpRequest, name: str) -> HttpResponse:
    """`name` is that of the French file; the English one stands beside it as `name.en.md`."""
    ending = ".en.md" if locale() == "en_CA" else ".md"
    file = GUIDES / f"{name}{ending}"
    if not file.is_file():
        raise Http404
    text = file.read_text(encoding="utf-8")
    return render(request, "home/guide.html", {"title": title_of(text), "blocks": blocks_of(text)})
