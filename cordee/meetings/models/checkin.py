"""What people said themselves by the code on the screen of the room, and the codes that were refused."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cordee.meetings.models.attendance import Portion
from cordee.meetings.models.meeting import Meeting
from cordee.people.models import Person


class Direction(models.TextChoices):
    ARRIVAL = "arrival", pgettext_lazy("check-in", "Arrivée")
    DEPARTURE = "departure", pgettext_lazy("check-in", "Départ")


class CheckIn(models.Model):
    """One person said they arrived, or left. `portion` is what this made their attendance worth, at that moment.

    Kept whether or not it became their mark: what whoever runs the group marked is never replaced by it.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="check_ins")
    # PROTECT: a mark rests on it.
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="check_ins")
    direction = models.CharField(max_length=9, choices=Direction)
    at = models.DateTimeField()
    portion = models.CharField(max_length=4, choices=Portion, blank=True)
    # With one's account; else by the address one was invited by, which others may know.
    signed_in = models.BooleanField()

    class Meta:
        verbose_name = _("arrivée ou départ déclaré")
        verbose_name_plural = _("arrivées et départs déclarés")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "person", "direction"], name="check_in_once"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.person_id} {self.direction}"


class RefusedFor(models.TextChoices):
    LATE = "late", _("Code périmé")
    UNKNOWN = "unknown", _("Adresse inconnue")


class CheckInRefusal(models.Model):
    """A code used too late, or an address nobody has, for whoever runs the group to know. Never the address itself.

    A code used again and again by the same person, or by people who did not say who they are, counts once.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="refused_check_ins")
    why = models.CharField(max_length=8, choices=RefusedFor)
    at = models.DateTimeField()
    code = models.CharField(max_length=24, blank=True)
    # PROTECT: nothing is deleted with a person. Known only when they were signed in.
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("code refusé")
        verbose_name_plural = _("codes refusés")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "code", "person"], condition=~Q(code=""), name="refused_code_once"
            ),
            models.UniqueConstraint(
                fields=["meeting", "code"], condition=~Q(code="") & Q(person=None), name="refused_code_once_unnamed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.why}"


@dataclass
class Declared:
    """What one person said of themselves at a meeting."""

    person: Person
    arrival: datetime | None = None
    departure: datetime | None = None
    portion: str = Portion.UNMARKED

    @property
    def label(self) -> str:
        return str(Portion(self.portion).label) if self.portion else ""


def declared_at(meeting: Meeting) -> dict[int, Declared]:
    """By person, in the order in which they came; one query."""
    found: dict[int, Declared] = {}
    rows = CheckIn.objects.filter(meeting=meeting).select_related("person").order_by("at", "pk")
    for row in rows:
        declared = found.setdefault(row.person_id, Declared(row.person))
        setattr(declared, row.direction, row.at)
        declared.portion = row.portion
    return found


def asking(declared: dict[int, Declared], listed: Iterable[int]) -> list[Declared]:
    """Those who said they came and are not on the roster: whoever runs the group adds them."""
    known = set(listed)
    return [one for person, one in declared.items() if person not in known]
