"""Annexe 3 as published: declared amounts are kept unchanged, computed ones stand beside them."""

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _

from cordee.people.models import Group
from cordee.toolkit.fields import MoneyField
from cordee.treasury.rules.budget import PublishedLine, Term


class BudgetTable(models.TextChoices):
    MINISTRY = "ministry", _("Allocation du ministère")
    ALLOCATION = "allocation", _("Allocation aux centres de services scolaires")
    REVENUE = "revenue", _("Revenus")
    EXPENSE = "expense", _("Dépenses")


class BudgetLine(models.Model):
    """One printed line. Several lines may bear the same group number (04, 41): the line has its own key."""

    year = models.CharField(max_length=9)
    key = models.SlugField(max_length=60)
    table = models.CharField(max_length=12, choices=BudgetTable)
    block = models.CharField(_("bloc"), max_length=80, blank=True)
    position = models.PositiveSmallIntegerField()
    number = models.CharField(_("numéro"), max_length=4, blank=True)
    label = models.CharField(_("poste"), max_length=160)
    group = models.ForeignKey(Group, on_delete=models.PROTECT, null=True, blank=True, related_name="budget_lines")
    terms = models.JSONField(default=list, help_text="[{people, days}]: anticipated compensation")
    declared_other = MoneyField(_("dépenses déclarées"), null=True)
    declared_compensation = MoneyField(_("contribution RH déclarée"), null=True)
    declared_total = MoneyField(_("total déclaré"), null=True)

    class Meta:
        ordering = ["year", "table", "position"]
        constraints = [models.UniqueConstraint(fields=["year", "key"], name="budget_line_key")]

    def __str__(self) -> str:
        return self.label

    def published(self) -> PublishedLine:
        """`terms` hold people and days, or the deduced weight of a share of the allocation."""
        return PublishedLine(
            table=self.table,
            block=self.block,
            number=self.number,
            label=self.label,
            other=self.declared_other,
            compensation=self.declared_compensation,
            total=self.declared_total,
            terms=tuple(Term(term["people"], term["days"]) for term in self.terms if "people" in term),
            weight=next((term["weight"] for term in self.terms if "weight" in term), None),
        )


class BudgetTotal(models.Model):
    """A total as printed, so that the page can hold it against the sum of its lines."""

    year = models.CharField(max_length=9)
    key = models.SlugField(max_length=60)
    label = models.CharField(max_length=160)
    declared = MoneyField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["year", "key"], name="budget_total_key")]

    def __str__(self) -> str:
        return self.label


class BudgetRemark(models.Model):
    """A total that does not equal its lines: the two figures and their difference, never a supposed cause."""

    year = models.CharField(max_length=9)
    code = models.CharField(max_length=8)
    subject = models.CharField(max_length=200)
    declared = MoneyField()
    computed = MoneyField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["year", "code"]
        constraints = [models.UniqueConstraint(fields=["year", "code"], name="budget_remark_code")]

    def __str__(self) -> str:
        return self.code

    @property
    def difference(self):
        return self.declared - self.computed


def published_lines(lines: Iterable[BudgetLine]) -> list[PublishedLine]:
    """The lines as the plain values the rules of the budget hold against each other."""
    return [line.published() for line in lines]
