"""What is said of dated tasks by hand: that one is done, and that those who are late were told so."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cordee.people.models import Group, Organization, Person
from cordee.values.school_year import SchoolYear

LONGEST_NOTE = 500


class TickQuerySet(models.QuerySet["Tick"]):
    def standing(self, year: SchoolYear) -> "TickQuerySet":
        return self.filter(year=str(year), taken_back_at=None)


class Tick(models.Model):
    """A row of the edition of `year` was done, for an organization, for a group, or once for the cooperative.

    One stands at a time; taken back, it stays as it was.
    """

    year = models.CharField(_("année scolaire"), max_length=9)
    key = models.CharField(max_length=120)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, null=True, related_name="+")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, null=True, related_name="+")
    done_on = models.DateField(_("fait le"))
    note = models.CharField(_("note"), max_length=LONGEST_NOTE)
    # PROTECT: who said so stays known as long as it counts.
    ticked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    ticked_at = models.DateTimeField()
    taken_back_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    taken_back_at = models.DateTimeField(null=True)

    objects = TickQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["year", "key"], name="tick_by_row")]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "key"],
                condition=Q(organization=None, group=None, taken_back_at=None),
                name="tick_once",
                violation_error_message=_("C’est déjà marqué fait. Rechargez la page."),
            ),
            models.UniqueConstraint(
                fields=["year", "key", "organization"],
                condition=Q(taken_back_at=None),
                name="tick_once_by_organization",
                violation_error_message=_("C’est déjà marqué fait. Rechargez la page."),
            ),
            models.UniqueConstraint(
                fields=["year", "key", "group"],
                condition=Q(taken_back_at=None),
                name="tick_once_by_group",
                violation_error_message=_("C’est déjà marqué fait. Rechargez la page."),
            ),
            models.CheckConstraint(
                condition=Q(organization=None) | Q(group=None),
                name="tick_one_place",
                violation_error_message=_("Une échéance vaut pour une organisation ou pour un groupe, pas les deux."),
            ),
            models.CheckConstraint(
                condition=~Q(note=""),
                name="tick_note",
                violation_error_message=_("Dites en quelques mots ce qui a été fait."),
            ),
            models.CheckConstraint(
                condition=Q(taken_back_by=None, taken_back_at=None)
                | Q(taken_back_by__isnull=False, taken_back_at__isnull=False),
                name="tick_taken_back",
                violation_error_message=_("Ce qui est repris dit qui le reprend, et quand."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.key}"


class Nudge(models.Model):
    """Someone told all who were late; `on` is the day of the cooperative."""

    on = models.DateField()
    nudged_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    nudged_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.on}"


class NudgedPerson(models.Model):
    """Who was told that day: once, however often one clicks."""

    nudge = models.ForeignKey(Nudge, on_delete=models.PROTECT, related_name="people")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "on"],
                name="nudged_once_a_day",
                violation_error_message=_("Cette personne a déjà reçu un rappel aujourd’hui."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.on}"
