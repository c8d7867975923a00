"""The gallery: every component with all its examples. Development, tests and demonstration only."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cordee.toolkit.access import public, requires
from cordee.toolkit.components import components
from cordee.toolkit.context import THEMES
from cordee.toolkit.templatetags.ui import icons


@require_safe
@requires(public)
def gallery(request: HttpRequest) -> HttpResponse:
    """One page in the theme of `?apparence=`, so that both can be looked at side by side."""
    theme = request.GET.get("apparence", "")
    return render(
        request,
        "toolkit/gallery.html",
        {
            "components": components(),
            "theme": theme if theme in THEMES else "",
            "icons": sorted(icons()),
        },
    )
