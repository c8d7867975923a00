"""One URL renders the page or, for HTMX, one named part of the same template."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def wants_part(request: HttpRequest) -> bool:
    """True when HTMX asks for a fragment (not for a boosted or restored whole page)."""
    details = getattr(request, "htmx", None)
    return bool(details) and not details.boosted and not details.history_restore_request


def render_page_or_part(request: HttpRequest, template: str, part: str, context: dict[str, Any]) -> HttpResponse:
    """Render `template`, or its `{% partialdef part %}` when HTMX asks."""
    name = f"{template}#{part}" if wants_part(request) else template
    response = render(request, name, context)
    response["Vary"] = "HX-Request"
    return response
