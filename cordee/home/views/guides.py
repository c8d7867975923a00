"""The guides of `docs/guides`, a page each, and their pictures; in English where `docs/guides/en` has the same one."""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from cordee.toolkit import markdown
from cordee.toolkit.access import requires, signed_in
from cordee.toolkit.formats import locale

GUIDES = settings.BASE_DIR / "docs" / "guides"
PICTURES = {".png": "image/png", ".webp": "image/webp", ".svg": "image/svg+xml"}


@require_safe
@requires(signed_in)
def guides(request: HttpRequest) -> HttpResponse:
    listed = [(path.stem, *read(path.stem)[:2]) for path in sorted(GUIDES.glob("*.md"))]
    return render(request, "home/guides.html", {"guides": listed})


@require_safe
@requires(signed_in)
def guide(request: HttpRequest, slug: str) -> HttpResponse:
    title, language, body = read(slug)
    return render(request, "home/guide.html", {"title": title, "language": language, "body": body})


@require_safe
@requires(signed_in)
def picture(request: HttpRequest, name: str) -> HttpResponse:
    path = GUIDES / "images" / name
    if path.suffix not in PICTURES or not path.is_file():
        raise Http404
    return HttpResponse(path.read_bytes(), content_type=PICTURES[path.suffix])


def read(slug: str) -> tuple[str, str, SafeString]:
    """Its title, its language and the rest of it; 404 for a guide that is not there."""
    own = GUIDES / "en" / f"{slug}.md"
    language = "en" if locale() == "en_CA" and own.is_file() else "fr"
    path = own if language == "en" else GUIDES / f"{slug}.md"
    if not path.is_file():
        raise Http404
    title, body = rendered(path, path.stat().st_mtime_ns)
    return title, language, body


@cache
def rendered(path: Path, changed: int) -> tuple[str, SafeString]:
    """Kept until the file changes. Its first line is the title."""
    first, _newline, rest = path.read_text(encoding="utf-8").partition("\n")
    return first.lstrip("# "), markdown.to_html(markdown.read(rest, top=2, addressed=addressed))


def addressed(url: str) -> str:
    """Where a link or a picture of a guide leads: `images/a.png`, `../images/a.png`, `autre.md`, `/rencontres/`."""
    if url.startswith(("/", "#")):
        return url
    name = url.rpartition("/")[2]
    if name.endswith(".md"):
        return reverse("home:guide", args=[name.removesuffix(".md")])
    return reverse("home:guide_picture", args=[name])
