"""The register of confidentiality incidents: the eight fields of its regulation (A-2.1, r. 3.1, s. 7), and no more."""

from datetime import date

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cordee.people.models import Person
from cordee.people.rights import KEEPERS
from cordee.privacy.models.request import LONGEST
from cordee.values.text import plain


class IncidentKind(models.TextChoices):
    """What s. 63.9 calls an incident."""

    ACCESS = "access", _("Consultation non autorisée")
    USE = "use", _("Utilisation non autorisée")
    RELEASE = "release", _("Communication non autorisée")
    LOSS = "loss", _("Perte")
    OTHER = "other", _("Autre atteinte à leur protection")


class Degree(models.TextChoices):
    LOW = "low", pgettext_lazy("degree", "Faible")
    MIDDLE = "middle", pgettext_lazy("degree", "Moyenne")
    HIGH = "high", pgettext_lazy("degree", "Élevée")


class IncidentQuerySet(models.QuerySet["Incident"]):
    def visible_to(self, person: Person, *, on: date) -> "IncidentQuerySet":
        return self if person.holds(*KEEPERS, on=on) else self.none()

    def to_tell(self) -> "IncidentQuerySet":
        """At risk of serious injury, and somebody has not been told: the Commission, or the persons."""
        untold = Q(told_commission_on=None) | (Q(told_persons_on=None) & Q(public_notice_on=None))
        return self.filter(untold, is_serious=True)

    def matching(self, *, q: str = "", kind: str = "", serious: str = "", year: str = "") -> "IncidentQuerySet":
        found = self.filter(**{name: value for name, value in (("kind", kind), ("year", year)) if value})
        found = found.filter(is_serious=serious == "yes") if serious else found
        for word in plain(q).split():
            found = found.filter(Q(circumstances__plain__contains=word) | Q(data__plain__contains=word))
        return found


# The eight fields, by the rank the regulation gives them.
FIELDS: dict[int, tuple[str, ...]] = {
    1: ("data", "data_unknown"),
    2: ("kind", "circumstances"),
    3: ("happened_on", "happened_until", "happened_about"),
    4: ("aware_on",),
    5: ("people_count", "people_about"),
    6: ("sensitivity", "consequences", "likelihood", "is_serious", "risk_elements"),
    7: ("told_commission_on", "told_persons_on", "public_notice_on", "public_notice_reason", "others_told"),
    8: ("measures",),
}
SAID = tuple(name for names in FIELDS.values() for name in names)


class Incident(models.Model):
    """One incident. A correction writes over it and is a row of its own; it cannot leave before `kept_until`, by
    trigger. No name of a person concerned stands here."""

    year = models.CharField(_("année scolaire"), max_length=9)
    number = models.PositiveSmallIntegerField(_("numéro"))
    data = models.TextField(_("renseignements visés"), max_length=LONGEST, blank=True)
    data_unknown = models.TextField(_("pourquoi on ne sait pas lesquels"), max_length=LONGEST, blank=True)
    kind = models.CharField(_("sorte"), max_length=7, choices=IncidentKind)
    circumstances = models.TextField(_("circonstances"), max_length=LONGEST)
    happened_on = models.DateField(_("survenu le, ou à partir du"))
    happened_until = models.DateField(_("jusqu’au"), null=True, blank=True)
    happened_about = models.BooleanField(_("dates approximatives"), default=False)
    aware_on = models.DateField(_("connu le"))
    people_count = models.PositiveIntegerField(_("personnes concernées"))
    people_about = models.BooleanField(_("nombre approximatif"), default=False)
    sensitivity = models.CharField(_("sensibilité des renseignements"), max_length=6, choices=Degree)
    consequences = models.TextField(_("conséquences appréhendées"), max_length=LONGEST)
    likelihood = models.CharField(_("probabilité d’une utilisation préjudiciable"), max_length=6, choices=Degree)
    is_serious = models.BooleanField(_("risque de préjudice sérieux"))
    risk_elements = models.TextField(_("ce qui mène à cette conclusion"), max_length=LONGEST)
    told_commission_on = models.DateField(_("avis à la Commission le"), null=True, blank=True)
    told_persons_on = models.DateField(_("avis aux personnes le"), null=True, blank=True)
    public_notice_on = models.DateField(_("avis public le"), null=True, blank=True)
    public_notice_reason = models.TextField(_("raison de l’avis public"), max_length=LONGEST, blank=True)
    others_told = models.TextField(_("autres organismes avisés, et pourquoi"), max_length=LONGEST, blank=True)
    measures = models.TextField(_("mesures prises"), max_length=LONGEST)
    kept_until = models.DateField(_("au registre au moins jusqu’au"))
    version = models.PositiveIntegerField(default=1)
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = IncidentQuerySet.as_manager()

    class Meta:
        ordering = ["-aware_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "number"],
                name="incident_number",
                violation_error_message=_("Le registre a déjà un incident de ce numéro. Prenez le suivant."),
            ),
            models.CheckConstraint(
                condition=~Q(data="") | ~Q(data_unknown=""),
                name="incident_data",
                violation_error_message=_("Décrivez les renseignements, ou dites pourquoi on ne sait pas lesquels."),
            ),
            models.CheckConstraint(
                condition=Q(happened_until=None) | Q(happened_until__gte=F("happened_on")),
                name="incident_dates",
                violation_error_message=_("La fin de la période suit son début. Corrigez l’une des deux dates."),
            ),
            models.CheckConstraint(
                condition=Q(aware_on__gte=F("happened_on")),
                name="incident_known_after",
                violation_error_message=_("Un incident se connaît le jour même ou après. Corrigez l’une des dates."),
            ),
            models.CheckConstraint(
                condition=Q(public_notice_on=None) | ~Q(public_notice_reason=""),
                name="incident_public_notice",
                violation_error_message=_("Dites pourquoi un avis public a été donné."),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """`IC 2024-2025-01`."""
        return f"IC {self.year}-{self.number:02d}"

    @property
    def untold(self) -> list[str]:
        """Whom the law wants told and who is not yet."""
        if not self.is_serious:
            return []
        told_persons = self.told_persons_on or self.public_notice_on
        return [*([] if self.told_commission_on else ["commission"]), *([] if told_persons else ["persons"])]


class IncidentCorrection(models.Model):
    """What an entry of the register said before, and says since. Never changed, by trigger."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="corrections")
    before = models.JSONField(encoder=DjangoJSONEncoder)
    after = models.JSONField(encoder=DjangoJSONEncoder)
    reason = models.CharField(_("motif"), max_length=500)
    corrected_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    corrected_at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.incident_id} {self.corrected_at}"
