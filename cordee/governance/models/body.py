"""A body stands on a group; where the cadre gives it seats, someone holds each by a mandate."""

from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from cordee.governance.rules import Term
from cordee.people.models import Duty, Group, Person
from cordee.reference.rulebook import Rulebook

# The key of the executive committee in the rules: who sits on it holds the duty of its name.
EXECUTIVE = "executive"


class Body(models.Model):
    """A group with powers. `key` is its branch in the rules: `body.executive.…`, `adoption.1.body`."""

    group = models.OneToOneField(Group, on_delete=models.PROTECT, related_name="body")
    key = models.SlugField(_("clé dans le cadre"), max_length=20, unique=True)
    acronym = models.CharField(_("sigle"), max_length=10, unique=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.acronym


class Seat(models.Model):
    """A place on a body: the rule `body.<key>.seat.<code>` says how many of each there are."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="seats")
    code = models.SlugField(_("siège"), max_length=40)
    rank = models.PositiveSmallIntegerField(_("rang"), default=1)

    class Meta:
        ordering = ["body", "code", "rank"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "code", "rank"],
                name="seat_once",
                violation_error_message=_("Cette instance a déjà ce siège. Choisissez-le dans la liste."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.body_id} {self.code} {self.rank}"


class MandateQuerySet(models.QuerySet["Mandate"]):
    def current(self, on: date) -> "MandateQuerySet":
        return self.filter(starts_on__lte=on, ends_on__gt=on)

    def of(self, person: Person, body: Body) -> "MandateQuerySet":
        return self.filter(person=person, seat__body=body).order_by("starts_on")


class Mandate(models.Model):
    """Someone holds a seat from a day until a day (excluded); one holder at a time, by trigger. It writes duties."""

    # PROTECT: a step of an adoption rests on who sat that day.
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="mandates")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="mandates")
    starts_on = models.DateField(_("depuis le"))
    ends_on = models.DateField(_("jusqu’au (exclu)"))
    duties = models.ManyToManyField(Duty, related_name="mandates")
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = MandateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gt=models.F("starts_on")),
                name="mandate_dates",
                violation_error_message=_("La fin du mandat doit suivre son début. Corrigez l’une des dates."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.seat_id}"

    @property
    def term(self) -> Term:
        return Term(self.starts_on, self.ends_on)


class Wish(models.TextChoices):
    LEAVE = "leave", _("Quitter l’instance")
    STAY = "stay", _("Poursuivre pour un deuxième mandat")


def last_day_in_time(book: Rulebook, body: str, wish: str) -> date | None:
    """The last day on which this notice is in time; None where the cadre names no deadline for that body."""
    key = f"deadline.{body}.{'leaving' if wish == Wish.LEAVE else 'second-mandate'}"
    if not book.has(key):
        return None
    included = book.has(f"{key}-included") and book.flag(f"{key}-included")
    return book.date(key) - timedelta(days=0 if included else 1)


class MandateNotice(models.Model):
    """What the holder of a mandate says of the next year. `ended_before`: when it ended before they said they leave."""

    mandate = models.OneToOneField(Mandate, on_delete=models.PROTECT, related_name="notice")
    wish = models.CharField(_("avis"), max_length=5, choices=Wish)
    said_on = models.DateField(_("avis donné le"))
    is_late = models.BooleanField(_("en retard"), default=False)
    ended_before = models.DateField()
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.mandate_id} {self.wish}"
