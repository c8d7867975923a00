"""School service centres, school boards, partners, the ministry and the cooperative itself."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class OrganizationKind(models.TextChoices):
    SERVICE_CENTRE = "css", _("Centre de services scolaire")
    SCHOOL_BOARD = "cs", _("Commission scolaire")
    PARTNER = "partner", _("Partenaire")
    MINISTRY = "ministry", _("Ministère")
    COOPERATIVE = "cooperative", _("Coopérative")


class OrganizationQuerySet(models.QuerySet["Organization"]):
    def members_on(self, on: date) -> "OrganizationQuerySet":
        """The organizations whose membership of the cooperative covers that day."""
        current = OrganizationMembership.objects.current(on)
        return self.filter(pk__in=current.values("organization"))


class Organization(models.Model):
    code = models.CharField(_("code"), max_length=20, unique=True)
    kind = models.CharField(_("sorte"), max_length=12, choices=OrganizationKind)
    short_name = models.CharField(_("nom court"), max_length=80, unique=True)
    long_name = models.CharField(_("nom officiel"), max_length=160)
    english_name = models.CharField(_("nom anglais"), max_length=160, blank=True)
    language = models.CharField(_("langue"), max_length=2, default="fr")
    # Two regions that differ: the administrative one (Val-des-Cerfs moved in 2021) and the cooperative's own.
    admin_region = models.CharField(_("région administrative"), max_length=60, blank=True)
    crdp_region = models.CharField(_("région de la coopérative"), max_length=20, blank=True)

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        ordering = ["short_name__plain"]

    def __str__(self) -> str:
        return self.short_name

    @property
    def name(self) -> str:
        """The English name for people who chose English, when there is one."""
        return self._english_name() or self.short_name

    @property
    def official_name(self) -> str:
        """The name of its documents, with the same choice."""
        return self._english_name() or self.long_name

    def _english_name(self) -> str:
        return self.english_name if (get_language() or "fr").startswith("en") else ""


class OrganizationMembershipQuerySet(models.QuerySet["OrganizationMembership"]):
    def current(self, on: date) -> "OrganizationMembershipQuerySet":
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on), starts_on__lte=on)


class OrganizationMembership(models.Model):
    """The organization belongs to the cooperative from a day until a day (excluded). The cadre never lists its
    members: a membership that is inferred is marked as an interpretation."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="memberships")
    starts_on = models.DateField(_("depuis le"))
    ends_on = models.DateField(_("jusqu’au (exclu)"), null=True, blank=True)
    is_interpretation = models.BooleanField(_("interprétation"), default=False)

    objects = OrganizationMembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=models.F("starts_on")),
                name="organization_membership_dates",
                violation_error_message=_("La fin de l’adhésion doit suivre son début. Corrigez l’une des deux dates."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.organization} {self.starts_on}"
