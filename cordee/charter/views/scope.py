"""Which scenarios a page is about: all those of its revision, so that one can be held against another."""

from django.http import Http404

from cordee.charter.models import Scenario
from cordee.charter.models.sides import Ground
from cordee.reference.models import Revision


def ground_at(year: str, number: int) -> Ground:
    try:
        return Ground.at(year, number)
    except Revision.DoesNotExist:
        raise Http404 from None


def scenarios_of(base: Revision) -> list[Scenario]:
    """Those that were not removed, the first made first; two queries."""
    found = Scenario.objects.filter(base=base, removed_at__isnull=True).select_related("made_by")
    return list(found.prefetch_related("overrides").order_by("pk"))


def one_of(scenarios: list[Scenario], pk: int) -> Scenario:
    found = next((scenario for scenario in scenarios if scenario.pk == pk), None)
    if found is None:
        raise Http404
    return found
