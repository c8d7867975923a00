"""Which revision a page is about. Every member may read a draft: it is theirs to validate."""

from django.shortcuts import get_object_or_404

from cordee.reference.models import Revision


def revision_at(year: str, number: int) -> Revision:
    return get_object_or_404(Revision.objects.select_related("edition"), edition__year=year, number=number)


def draft_at(year: str, number: int) -> Revision:
    """Only a draft is written in: a revision in force has no such pages."""
    drafts = Revision.objects.filter(effective_from__isnull=True).select_related("edition")
    return get_object_or_404(drafts, edition__year=year, number=number)
