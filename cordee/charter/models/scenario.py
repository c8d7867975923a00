"""« Et si? »: a draft or a revision with other values, and what running it over a year gave."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from cordee.charter.rules.simulation import Cells, Pair, Where, with_values
from cordee.people.models import Person
from cordee.reference.models import Revision
from cordee.reference.rulebook import Rulebook


class Scenario(models.Model):
    """A named set of other values over one revision; it changes no rule and touches no claim."""

    base = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="scenarios")
    name = models.CharField(_("nom"), max_length=80)
    # What a writing must have seen: it grows by one at each.
    version = models.PositiveIntegerField(default=1)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["base", "pk"]
        constraints = [
            models.UniqueConstraint(
                "base",
                Lower("name"),
                condition=Q(removed_at__isnull=True),
                name="scenario_name",
                violation_error_message=_("Un scénario de ce cadre porte déjà ce nom. Choisissez-en un autre."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def values(self) -> dict[str, str]:
        return {change.key: change.value for change in self.overrides.all()}

    def rulebook(self, base: Rulebook) -> Rulebook:
        """The rules of its base with its own values; a rule the base no longer has is left out."""
        return with_values(base, self.values)


class Override(models.Model):
    """One rule of a scenario: its value in the canonical text of its kind."""

    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="overrides")
    key = models.CharField(max_length=120)
    value = models.CharField(max_length=40)

    class Meta:
        ordering = ["scenario", "pk"]
        constraints = [models.UniqueConstraint(fields=["scenario", "key"], name="override_once")]

    def __str__(self) -> str:
        return f"{self.key} = {self.value}"


class Simulation(models.Model):
    """A scenario run over the validated attendance of a year, beside what is in force or another scenario.

    `rules` and `facts` name what it was computed from; `next_person` is where it goes on; `cells` is what the people
    before came to, until `finished_at` of all.
    """

    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="simulations")
    against = models.ForeignKey(Scenario, on_delete=models.CASCADE, null=True, related_name="+")
    year = models.CharField(_("année scolaire"), max_length=9)
    as_of = models.DateField()
    rules = models.CharField(max_length=32)
    facts = models.CharField(max_length=32)
    round = models.PositiveSmallIntegerField(default=1)
    total = models.PositiveIntegerField(_("présences"))
    done = models.PositiveIntegerField(default=0)
    next_person = models.BigIntegerField(default=0)
    cells = models.JSONField(default=list)
    is_unsettled = models.BooleanField(default=False)
    started_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["scenario", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["scenario", "year"], condition=Q(against__isnull=True), name="simulation_in_force"
            ),
            models.UniqueConstraint(
                fields=["scenario", "year", "against"], condition=Q(against__isnull=False), name="simulation_against"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scenario_id}, {self.year}"

    def read_cells(self) -> Cells:
        return {Where(*row[:3]): Pair(*row[3:]) for row in self.cells}


def as_rows(cells: Cells) -> list[list[Any]]:
    """Cells as JSON keeps them."""
    return [[*where, pair.before, pair.after, pair.before_halves, pair.after_halves] for where, pair in cells.items()]
