"""The rules of an article as fields: what each is now, what it was in the revision compared with, what was refused."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from django.utils.safestring import SafeString

from cordee.reference import forms
from cordee.reference.actions import Said
from cordee.reference.citation import label_of
from cordee.reference.models import Revision, RuleRow
from cordee.reference.rulebook import Rule, Rulebook, open_points, problems_of
from cordee.reference.rulebook.comparing import Change, compare
from cordee.reference.views.changes import ShownChange, as_typed
from cordee.reference.wording import in_words

IN_LINES = ("text", "prose")


@dataclass
class Edited:
    """`mine` is what one wrote and that was not taken: because another wrote first (`conflict`), or cannot be read."""

    row: RuleRow
    change: Change | None = None
    base: Rule | None = None
    mine: Said | None = None
    raw: str | None = None
    sentence: str = ""
    conflict: bool = False
    seen: int | None = None

    @property
    def key(self) -> str:
        return self.row.key

    @property
    def dom(self) -> str:
        """Its key as an id that a selector can name."""
        return self.row.key.replace(".", "_")

    @property
    def rule(self) -> Rule:
        return self.row.value_object()

    @property
    def label(self) -> str:
        return label_of(self.rule)

    @property
    def said(self) -> Said:
        return self.mine or Said.of(self.row)

    @property
    def value(self) -> SafeString:
        return as_typed(self.raw if self.raw is not None else forms.typed(self.row.kind, self.said.value))

    @property
    def theirs_in_full(self) -> SafeString:
        """What is saved, its note with it, to be compared with what one wrote."""
        return _in_full(Said.of(self.row))

    @property
    def mine_in_full(self) -> SafeString:
        return _in_full(self.said)

    @property
    def version(self) -> int:
        """Of what one has under one’s eyes; in a conflict still the one from before, so that it stays one."""
        return (self.row.version or 0) if self.seen is None else self.seen

    @property
    def theirs(self) -> int:
        return self.row.version or 0

    @property
    def is_article(self) -> bool:
        return self.row.key.startswith("article.")

    @property
    def in_lines(self) -> bool:
        return self.row.kind in IN_LINES and not self.is_article

    @property
    def is_prose(self) -> bool:
        return self.row.kind == "prose"

    @property
    def options(self) -> list[tuple[str, str]]:
        return forms.options_of(self.row.key, self.row.kind, self.said.value)

    @property
    def before(self) -> str:
        return in_words(self.base) if self.base else ""

    @property
    def shown_change(self) -> ShownChange | None:
        return ShownChange(self.change) if self.change else None

    @property
    def marked(self) -> SafeString | str:
        return ShownChange(self.change).marked if self.change and "value" in self.change.fields else ""


@dataclass(frozen=True, slots=True)
class Line:
    """An article in the list of a draft: how many of its rules changed, are faulty, are left open."""

    number: str
    title: str
    rules: int
    changed: int
    errors: int
    open: int
    current: bool = False


class Draft:
    """A draft with what it is compared with: six queries in all, whatever its length."""

    def __init__(self, revision: Revision) -> None:
        self.revision = revision
        self.rows = list(revision.rules.select_related("changed_by").order_by("position"))
        self.rules = [row.value_object() for row in self.rows]
        self.book = Rulebook(revision.school_year, revision.number, revision.starts_on, tuple(self.rules))
        self.base = revision.base()
        self.base_book = self.base.rulebook() if self.base else None
        self.changes = compare(self.base_book, self.book) if self.base_book else []
        self.errors = problems_of(self.rules, year=revision.school_year)
        self.open = open_points(self.rules)

    def edited(self, article: str) -> list[Edited]:
        """The rules of an article, its title first."""
        return [self.edit(row) for row in self.rows if row.article == article]

    def edit(self, row: RuleRow) -> Edited:
        change = next((change for change in self.changes if change.key == row.key), None)
        return Edited(row, change, self.base_book.find(row.key) if self.base_book else None)

    def lines(self, current: str = "") -> Iterator[Line]:
        changed = _counted(change.rule.article for change in self.changes)
        where = {rule.key: rule.article for rule in self.rules}
        errors = _counted(self.article_of(found.key, where) for found in self.errors)
        left = _counted(where[found.key] for found in self.open)
        for number, held in groupby(self.rules, key=lambda rule: rule.article):
            first, *rules = held
            count = len(rules) + (not first.key.startswith("article."))
            tallies = (changed.get(number, 0), errors.get(number, 0), left.get(number, 0))
            yield Line(number, label_of(first), count, *tallies, current=number == current)

    def article_of(self, key: str, where: Mapping[str, str] | None = None) -> str:
        """Where a fault is mended: the article of its rule; for a rule that is missing, of one of its kind."""
        where = where or {rule.key: rule.article for rule in self.rules}
        while key:
            found = next((article for held, article in where.items() if held == key or held.startswith(f"{key}.")), "")
            if found:
                return found
            key = key.rpartition(".")[0]
        return self.rules[0].article if self.rules else ""


def _in_full(said: Said) -> SafeString:
    return as_typed("\n\n".join(text for text in (said.value, said.note) if text))


def _counted(articles: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for article in articles:
        found[article] = found.get(article, 0) + 1
    return found
