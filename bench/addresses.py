"""The main pages, each at its heaviest: the claim with the most lines, the longest roster, the busiest person."""

from django.db.models import Count
from django.urls import reverse

from bench.volume import YEAR
from cordee.communities.models import Community
from cordee.meetings.models import Meeting
from cordee.people.models import Person
from cordee.treasury.models import Claim, ClaimLine


def addresses() -> dict[str, str]:
    """Name → address, in the order in which they are measured."""
    meeting, roster = _meeting(held=True), _meeting(held=False)
    return {
        "home": "/",
        "claim-list": reverse("treasury:claim_list"),
        "claim": reverse("treasury:claim", args=[_claim()]),
        "budget": reverse("treasury:budget", args=[YEAR]),
        "meeting-list": reverse("meetings:list"),
        "meeting": reverse("meetings:detail", args=[meeting]),
        "roster": reverse("meetings:roster", args=[roster]),
        "people-list": reverse("people:list"),
        "person": reverse("people:detail", args=[_most(Person, "attendances")]),
        "communities": reverse("communities:list"),
        "community": reverse("communities:detail", args=[_community()]),
        "projects": reverse("communities:projects"),
        "cadre": reverse("reference:edition", args=[YEAR]),
        "search": f"{reverse('home:search')}?q=an",
        "import": reverse("meetings:import_new"),
    }


def _claim() -> int:
    lines = ClaimLine.objects.counted().values("claim").annotate(count=Count("pk")).order_by("-count", "claim")
    found = lines.values_list("claim", flat=True).first()
    return found if found is not None else Claim.objects.order_by("pk").values_list("pk", flat=True)[0]


def _meeting(*, held: bool) -> int:
    """The one with the most marks; with `held` False, among those that still take marks when there are any."""
    found = Meeting.objects.annotate(count=Count("attendances")).order_by("-count", "pk")
    unlocked = found.filter(validation=None, cancellation=None, count__gt=0)
    return (found if held or not unlocked else unlocked).values_list("pk", flat=True)[0]


def _community() -> str:
    found = Community.objects.annotate(count=Count("group__memberships")).order_by("-count", "pk")
    return found.values_list("group__slug", flat=True)[0]


def _most(model: type, related: str) -> int:
    return model.objects.annotate(count=Count(related)).order_by("-count", "pk").values_list("pk", flat=True)[0]
