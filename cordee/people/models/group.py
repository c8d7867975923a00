"""A group is what meets; a community or a body stands on it. Its number is not unique: 04 and 41 collide."""

from datetime import date, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class GroupKind(models.TextChoices):
    STRATEGIC_PROJECT = "strategic-project", _("Projet stratégique")
    SUPPORTED = "supported", _("Nouvel encadrement")
    NETWORKING = "networking", _("Réseautage")
    PRIORITY_32 = "priority-32", _("Priorité 32")
    MANAGERS = "managers", _("CoP de gestionnaires")
    BODY = "body", _("Instance")


class GroupQuerySet(models.QuerySet["Group"]):
    def visible_to(self, person: "models.Model", *, on: date) -> "GroupQuerySet":
        """Overseers see every group; others those of which they are a member that day."""
        return self if person.oversees(on=on) else self.filter(pk__in=person.standing(on).groups())


class Group(models.Model):
    slug = models.SlugField(max_length=60, unique=True)
    number = models.CharField(_("numéro"), max_length=4, blank=True)
    name = models.CharField(_("nom"), max_length=120)
    kind = models.CharField(_("sorte"), max_length=20, choices=GroupKind)

    objects = GroupQuerySet.as_manager()

    class Meta:
        ordering = ["number", "name__plain"]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """`41-Inclusion`, or the name alone where the cadre gives no number."""
        return f"{self.number}-{self.name}" if self.number else self.name


class Team(models.Model):
    """A named part of a group: 04-Transitions has one of 5 days and one of 3."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="teams")
    name = models.CharField(_("équipe"), max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "name"],
                name="team_name",
                violation_error_message=_("Ce groupe a déjà une équipe de ce nom. Choisissez-en un autre."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class MembershipRole(models.TextChoices):
    RESPONSIBLE_MANAGER = "responsible-manager", _("Responsable-gestionnaire")
    LIAISON = "liaison", _("Répondante professionnelle, répondant professionnel")
    COORDINATOR = "coordinator", _("Coordonnatrice, coordonnateur")
    MEMBER = "member", _("Membre")
    PARTICIPANT = "participant", _("Participante, participant")
    STAKEHOLDER = "stakeholder", _("Partie prenante")


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self, on: date) -> "MembershipQuerySet":
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on), starts_on__lte=on)


class Membership(models.Model):
    """A person in a group with a role, from a day until a day (excluded); once at a time, by trigger."""

    # PROTECT: whether an attendance was a member's decides whether it is paid.
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="memberships")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="memberships")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships")
    role = models.CharField(_("rôle"), max_length=20, choices=MembershipRole)
    starts_on = models.DateField(_("depuis le"))
    ends_on = models.DateField(_("jusqu’au (exclu)"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["group", "starts_on"], name="membership_by_group")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=models.F("starts_on")),
                name="membership_dates",
                violation_error_message=_(
                    "La fin de la participation doit suivre son début. Corrigez l’une des dates."
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.group_id} {self.role}"

    @property
    def last_day(self) -> date | None:
        return self.ends_on - timedelta(days=1) if self.ends_on else None
