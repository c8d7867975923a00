"""Any two revisions side by side: rule by rule, and a text by its words."""

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from cordee.reference.models import Revision
from cordee.reference.rulebook.comparing import compare as differences
from cordee.reference.views.changes import by_article
from cordee.reference.views.scope import revision_at
from cordee.toolkit.access import requires, signed_in

NAME = re.compile(r"([0-9]{4}-[0-9]{4})-([0-9]{1,3})")


@require_safe
@requires(signed_in)
def compare(request: HttpRequest, year: str, number: int, other: str) -> HttpResponse:
    """What `year`-`number` changes of `other`, another revision by its name (2024-2025-1)."""
    after, before = revision_at(year, number), _named(other)
    old, new = before.rulebook(), after.rulebook()
    changes = differences(old, new)
    context = {
        "before": before,
        "after": after,
        "articles": by_article(changes, new, old),
        "count": len(changes),
        "carried": before.edition_id != after.edition_id,
        "others": _others(after, before),
    }
    return render(request, "reference/compare.html", context)


def _named(name: str) -> Revision:
    found = NAME.fullmatch(name)
    if found is None:
        raise Http404
    return revision_at(found[1], int(found[2]))


def _others(after: Revision, before: Revision) -> list[dict[str, object]]:
    """Every revision the page can compare with instead."""
    revisions = Revision.objects.exclude(pk=after.pk).select_related("edition").order_by("-edition__year", "-number")
    here = [after.edition.year, after.number]
    return [
        {
            "label": f"{other.edition.year}, {other.number}",
            "url": reverse("reference:compare", args=[*here, other.name]),
            "current": other.pk == before.pk,
            "count": None,
        }
        for other in revisions
    ]
