"""The register of decisions: numbered by body and school year, with what was objected."""

from datetime import date

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from cordee.governance.models.body import EXECUTIVE, Body
from cordee.meetings.models import Meeting
from cordee.people.models import DutyCode, Person
from cordee.values.text import plain

LONGEST = 20_000


class Outcome(models.TextChoices):
    """Decisions seek consent: a proposal is adopted, as it was or amended, or withdrawn."""

    ADOPTED = "adopted", _("Adoptée par consentement")
    AMENDED = "amended", _("Adoptée après amendement")
    WITHDRAWN = "withdrawn", _("Retirée")


ADOPTING = (Outcome.ADOPTED, Outcome.AMENDED)


class DecisionQuerySet(models.QuerySet["Decision"]):
    def visible_to(self, person: Person, *, on: date) -> "DecisionQuerySet":
        """Overseers see all; others those of the bodies they sit on, and those by which a cadre was adopted."""
        if person.oversees(on=on):
            return self
        theirs = Q(body__group__in=person.standing(on).groups()) | Q(adoption__isnull=False)
        if person.holds(DutyCode.EXECUTIVE_COMMITTEE, on=on):
            theirs |= Q(body__key=EXECUTIVE)
        return self.filter(theirs)

    def for_list(self) -> "DecisionQuerySet":
        return (
            self.select_related("body__group", "meeting").order_by("-decided_on", "-pk").fetch_mode(models.FETCH_RAISE)
        )

    def matching(self, *, q: str = "", body: Body | None = None, year: str = "") -> "DecisionQuerySet":
        """Whose subject or text holds every word of `q`, of that body, in that school year."""
        found = self.filter(body=body) if body else self
        found = found.filter(year=year) if year else found
        for word in plain(q).split():
            found = found.filter(Q(subject__plain__contains=word) | Q(text__plain__contains=word))
        return found

    def adopting(self) -> "DecisionQuerySet":
        """Those that adopt something and on which no step of an adoption rests yet."""
        step = self.model._meta.get_field("adoption").related_model.objects.filter(decision=OuterRef("pk"))
        return self.filter(~Exists(step), outcome__in=ADOPTING)


class Decision(models.Model):
    """What a body decided one day. `version` grows at each correction: two people at once are told."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="decisions")
    year = models.CharField(_("année scolaire"), max_length=9)
    number = models.PositiveSmallIntegerField(_("numéro"))
    decided_on = models.DateField(_("date"))
    # The meeting it was taken at, whose minutes tell the rest; none when it was taken between two meetings.
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions")
    subject = models.CharField(_("objet"), max_length=160)
    text = models.TextField(_("décision"), blank=True, max_length=LONGEST)
    outcome = models.CharField(_("issue"), max_length=9, choices=Outcome)
    objections = models.TextField(_("objections et ce qu’on en a fait"), blank=True, max_length=LONGEST)
    language = models.CharField(max_length=2)
    version = models.PositiveIntegerField(default=1)
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = DecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["body", "year", "number"],
                name="decision_number",
                violation_error_message=_("Cette instance a déjà une décision de ce numéro. Prenez le suivant."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.body_id} {self.year} {self.number}"

    @property
    def reference(self) -> str:
        """`CE 2024-2025-03`, as the minutes cite it."""
        return f"{self.body.acronym} {self.year}-{self.number:02d}"

    @property
    def adopts(self) -> bool:
        return self.outcome in ADOPTING
