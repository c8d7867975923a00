"""The cadre de référence of a school year as data: an edition, its numbered revisions, their rules."""

from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, fields
from datetime import date
from itertools import groupby
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from cordee.reference.rulebook import Rule as RuleValue
from cordee.reference.rulebook import Rulebook, RulebookTimeline
from cordee.values.school_year import SchoolYear


class Edition(models.Model):
    """One school year's cadre. `year` is written 2024-2025."""

    year = models.CharField(_("année scolaire"), max_length=9, unique=True)

    class Meta:
        ordering = ["-year"]

    def __str__(self) -> str:
        return self.year


class RevisionQuerySet(models.QuerySet["Revision"]):
    def in_force_during(self, year: SchoolYear) -> "RevisionQuerySet":
        return self.filter(edition__year=str(year), effective_from__isnull=False).order_by("effective_from", "number")


class Revision(models.Model):
    """A numbered state of an edition; in force from `effective_from` on, and then immutable (trigger)."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField(_("révision"))
    effective_from = models.DateField(_("en vigueur depuis le"), null=True, blank=True)
    planned_from = models.DateField(_("entrée en vigueur proposée"), null=True, blank=True)
    updated_on = models.DateField(_("dernière mise à jour"), null=True, blank=True)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ["edition", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "number"],
                name="revision_number",
                violation_error_message=_("Cette édition a déjà une révision de ce numéro. Prenez le suivant."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.edition_id}, {self.number}"

    @property
    def is_draft(self) -> bool:
        return self.effective_from is None

    @property
    def starts_on(self) -> date:
        """In force since that day; for a draft, from when it is meant to hold."""
        return self.effective_from or self.planned_from or self.school_year.start

    @property
    def school_year(self) -> SchoolYear:
        return SchoolYear.parse(self.edition.year)

    @property
    def name(self) -> str:
        """`2024-2025-2`: the year, then the number, as addresses say it."""
        return f"{self.edition.year}-{self.number}"

    def base(self) -> "Revision | None":
        """What a draft is compared with: the last revision in force of its year, else of a year before."""
        once = _read.get()
        if once is not None and self.pk in once.bases:
            return once.bases[self.pk]
        return self.base_among(Revision.objects.filter(edition__year__lte=self.edition.year).select_related("edition"))

    def base_among(self, revisions: "Iterable[Revision]") -> "Revision | None":
        """The same, where the revisions were read already."""
        in_force = [
            (other.edition.year, other.effective_from, other.number, other)
            for other in revisions
            if other.effective_from is not None and other.edition.year <= self.edition.year and other.pk != self.pk
        ]
        before = (rank for rank in in_force if rank[0] < self.edition.year or rank[2] <= self.number)
        found = max(before, key=lambda rank: rank[:3], default=(None,))[-1]
        if (once := _read.get()) is not None:
            once.bases[self.pk] = found
        return found

    def rulebook(self) -> Rulebook:
        """The frozen rules of this revision: one query, and no object of Django's for each of five hundred rows."""
        once = _read.get()
        if once is not None and self.pk in once.books:
            return once.books[self.pk]
        rules = tuple(RuleValue(*row) for row in self.rules.order_by("position").values_list(*COLUMNS))
        book = Rulebook(self.school_year, self.number, self.starts_on, rules)
        if once is not None:
            once.books[self.pk] = book
        return book


COLUMNS = tuple(column.name for column in fields(RuleValue))


class RuleRow(models.Model):
    """One rule of a revision: the same columns as `rulebook.Rule`, the value in its canonical text."""

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="rules")
    position = models.PositiveIntegerField()
    key = models.CharField(max_length=120)
    kind = models.CharField(max_length=10)
    value = models.TextField()
    source = models.CharField(max_length=120, blank=True)
    article = models.CharField(max_length=12, blank=True)
    label_fr = models.TextField(blank=True)
    label_en = models.TextField(blank=True)
    interpretation = models.BooleanField(default=False)
    note = models.TextField(blank=True)
    # How often it was written in the draft (None: never): what a writing must have seen (see actions.editing).
    version = models.PositiveIntegerField(null=True)
    changed_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["revision", "key"], name="rule_key")]

    def __str__(self) -> str:
        return self.key

    @classmethod
    def of(cls, revision: Revision, position: int, rule: RuleValue) -> "RuleRow":
        return cls(revision=revision, position=position, **{name: getattr(rule, name) for name in COLUMNS})

    def value_object(self) -> RuleValue:
        return RuleValue(**{name: getattr(self, name) for name in COLUMNS})


@dataclass
class Once:
    """What a page has read of the rules: of a year, of a revision, and what each is compared with."""

    timelines: dict[SchoolYear, RulebookTimeline] = field(default_factory=dict)
    books: dict[int, Rulebook] = field(default_factory=dict)
    bases: dict[int, Revision | None] = field(default_factory=dict)
    made: dict[Hashable, Any] = field(default_factory=dict)


_read: ContextVar[Once | None] = ContextVar("read", default=None)


@contextmanager
def read_once() -> Iterator[None]:
    """For a page that only reads and whose parts all ask for the rules: each is read once inside."""
    token = _read.set(Once())
    try:
        yield
    finally:
        _read.reset(token)


def made_once[Made](key: Hashable, make: Callable[[], Made]) -> Made:
    """What several parts of a page draw from the rules, made once inside `read_once`; anew outside."""
    once = _read.get()
    if once is None:
        return make()
    if key not in once.made:
        once.made[key] = make()
    found: Made = once.made[key]
    return found


def timeline(year: SchoolYear) -> RulebookTimeline:
    """The revisions in force during a school year, each from its date on: one query for all their rules."""
    once = _read.get()
    if once is not None and year in once.timelines:
        return once.timelines[year]
    books = dict(_in_force(year))
    found = RulebookTimeline(books.values())
    if once is not None:
        once.timelines[year] = found
        once.books |= books
    return found


def _in_force(year: SchoolYear) -> Iterator[tuple[int, Rulebook]]:
    columns = ("pk", "number", "effective_from", *(f"rules__{name}" for name in COLUMNS))
    rows = Revision.objects.in_force_during(year).order_by("effective_from", "number", "rules__position")
    for (pk, number, start), same in groupby(rows.values_list(*columns), key=lambda row: row[:3]):
        yield pk, Rulebook(year, number, start, tuple(RuleValue(*row[3:]) for row in same if row[3] is not None))


def rules_on(on: date) -> Rulebook:
    """The rules in force on that day. Raises NoRulebook, which names the day, when no edition covers it."""
    return timeline(SchoolYear.containing(on)).on(on)
