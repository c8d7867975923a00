"""The rule behind an amount, with its article and the link to it in the cadre."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Self

from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cordee.reference.rulebook import Rule, RulebookTimeline
from cordee.treasury.models.periods import YearPeriods
from cordee.treasury.models.reading import LineFacts


@dataclass(frozen=True, slots=True)
class RuleCited:
    """`Cadre 2024-2025, art. 18.1`: where it stands, what it says, and whether it is an interpretation."""

    year: str
    article: str
    label: str
    url: str
    interpretation: bool


class RulesCited:
    """Looks rules up by revision and key; nothing when the edition does not hold the key."""

    def __init__(self, year: str, timeline: RulebookTimeline) -> None:
        self.year = year
        self.books = {book.revision: book for book in timeline.rulebooks}
        self.base = edition_url(year)
        self._known: dict[tuple[int | None, str], RuleCited | None] = {}

    @classmethod
    def of_year(cls, year: str) -> Self:
        """Two queries."""
        return cls(year, YearPeriods.of(year).timeline)

    def words(self, line: LineFacts) -> str:
        """`Art. 18.1, Professionnelles et professionnels, par jour`; the key when the edition does not hold it."""
        rule = self.of(line)
        return (
            _("Art. %(article)s, %(label)s") % {"article": rule.article, "label": rule.label} if rule else line.rule_key
        )

    def of(self, line: LineFacts) -> RuleCited | None:
        return self.find(line.revision, line.rule_key)

    def find(self, revision: int | None, key: str) -> RuleCited | None:
        at = (revision, key)
        if at not in self._known:
            book = self.books.get(revision or 0)
            rule = book.find(key) if book else None
            self._known[at] = self._cite(rule) if rule else None
        return self._known[at]

    def once(self, lines: Iterable[LineFacts]) -> list[RuleCited]:
        """The rules of these lines, each once, in order."""
        found = (self.of(line) for line in lines)
        return list(dict.fromkeys(rule for rule in found if rule))

    def day_rate(self, line: LineFacts) -> Decimal | None:
        """The day’s rate of a gross line, from its own revision; None when its category has none."""
        book = self.books.get(line.revision or 0)
        return book.optional_amount(f"rate.{line.category}.day") if book and line.category else None

    def _cite(self, rule: Rule) -> RuleCited:
        english = (get_language() or "fr").startswith("en")
        label = (rule.label_en if english else rule.label_fr) or rule.label_fr
        url = f"{self.base}#rule-{rule.key}" if self.base else ""
        return RuleCited(self.year, rule.article, label, url, rule.interpretation)


@cache
def edition_url(year: str) -> str:
    """The living cadre of the year, or nothing while no page shows it."""
    try:
        return reverse("reference:edition", args=[year])
    except NoReverseMatch:
        return ""


@cache
def meeting_url(*, roster: bool) -> tuple[str, str]:
    """What stands before and after a meeting’s number in the address of its roster, or of its page for a centre."""
    try:
        return tuple(reverse("meetings:roster" if roster else "meetings:detail", args=[0]).split("0", 1))  # type: ignore[return-value]
    except NoReverseMatch:
        return ("", "")
