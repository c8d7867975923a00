"""What one did lately: attendance validated, claims submitted, verified, approved, paid or sent back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.meetings.models import Validation
from cordee.people.models import Person
from cordee.treasury.models import Approval, Payment, Return, Submission, Verification

RECENT = timedelta(days=60)
SHOWN = 60


@dataclass(frozen=True, slots=True)
class Done:
    at: datetime
    title: str
    what: str
    url: str
    icon: str


def done_lately(person: Person, on: date) -> list[Done]:
    """The latest first; six queries."""
    since = on - RECENT
    found = [*attendance(person, since), *claims(person, since)]
    return sorted(found, key=lambda one: one.at, reverse=True)[:SHOWN]


def attendance(person: Person, since: date) -> Iterator[Done]:
    mine = Validation.objects.filter(validated_by=person, validated_at__date__gte=since)
    for step in mine.select_related("meeting__group").order_by("-pk")[:SHOWN]:
        url = reverse("meetings:detail", args=[step.meeting_id])
        yield Done(step.validated_at, step.meeting.group.label, _("Présences validées"), url, "meet")


# (model, who, when, the way to its claim, in words)
STEPS: tuple[tuple[Any, str, str, str, Promise], ...] = (
    (Submission, "submitted_by", "submitted_at", "claim", gettext_lazy("Réclamation soumise")),
    (Verification, "verified_by", "verified_at", "submission__claim", gettext_lazy("Réclamation vérifiée")),
    (Approval, "approved_by", "approved_at", "submission__claim", gettext_lazy("Réclamation approuvée")),
    (Payment, "recorded_by", "recorded_at", "submission__claim", gettext_lazy("Paiement inscrit")),
    (Return, "returned_by", "returned_at", "submission__claim", gettext_lazy("Réclamation renvoyée")),
)


def claims(person: Person, since: date) -> Iterator[Done]:
    for model, who, when, way, what in STEPS:
        mine = model.objects.filter(**{who: person, f"{when}__date__gte": since}).order_by("-pk")
        for at, claim, centre in mine.values_list(when, f"{way}_id", f"{way}__organization__short_name")[:SHOWN]:
            yield Done(at, centre, str(what), reverse("treasury:claim", args=[claim]), "cash")
