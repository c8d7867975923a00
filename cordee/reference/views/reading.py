"""The rules of an edition laid out to be read: sections, their articles, the rules that share a subject."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from django.utils.safestring import SafeString

from cordee.reference import prose
from cordee.reference.citation import article_anchor, label_of, rule_anchor
from cordee.reference.rulebook import Rule
from cordee.reference.rulebook.comparing import Change
from cordee.reference.rulebook.prose import parts_of
from cordee.reference.tables import own_rules
from cordee.reference.terms import SHORT, terms_of
from cordee.reference.views.changes import ShownChange
from cordee.reference.wording import in_words, says
from cordee.toolkit import markdown
from cordee.toolkit.contributions import ArticleTable

HEADING = "article."
# The level of the headings typed in a text.
UNDER_A_SECTION, UNDER_AN_ARTICLE = 3, 4
# « Projet stratégique : limite par personne », « Ligne 1, action »: what stands before is the subject.
SUBJECT = re.compile(r"(?P<subject>[^,:]+)[,:]\s+(?P<rest>.+)")


@dataclass(frozen=True, slots=True)
class ShownRule:
    rule: Rule
    label: str
    value: str | SafeString
    source: str
    """Only where it is not the article’s."""
    change: ShownChange | None = None

    @property
    def anchor(self) -> str:
        return rule_anchor(self.rule.key)

    @property
    def is_text(self) -> bool:
        return self.rule.kind == "text"


@dataclass(frozen=True, slots=True)
class ShownPiece:
    """A stretch of running text, or a table; a table nobody gives this year is said to be missing by its name."""

    html: SafeString | str = ""
    table: ArticleTable | None = None
    missing: str = ""


@dataclass(frozen=True, slots=True)
class ShownText:
    rule: Rule
    pieces: list[ShownPiece]
    change: ShownChange | None = None

    @property
    def anchor(self) -> str:
        return rule_anchor(self.rule.key)


@dataclass(frozen=True, slots=True)
class Subject:
    """Rules in a row about one thing, under its name; without a name, rules that share none."""

    name: str
    rules: list[ShownRule]


@dataclass(frozen=True, slots=True)
class ShownArticle:
    number: str
    title: str
    source: str
    texts: list[ShownText]
    subjects: list[Subject]
    folded: bool
    """Its rules one by one stand under a fold: a table of its text shows them already."""

    @property
    def anchor(self) -> str:
        return article_anchor(self.number)

    @property
    def is_changed(self) -> bool:
        return any(text.change for text in self.texts) or any(
            shown.change for subject in self.subjects for shown in subject.rules
        )

    @property
    def says(self) -> bool:
        return bool(self.texts or self.subjects)


@dataclass(frozen=True, slots=True)
class Section:
    """An article of a whole number and those under it: 18, then 18.1, 18.2…"""

    head: ShownArticle
    articles: list[ShownArticle]

    @property
    def is_changed(self) -> bool:
        return any(article.is_changed for article in (self.head, *self.articles))


@dataclass(frozen=True, slots=True)
class Reading:
    """What a page shows of the rules: all of them, those left open, those that hold every word asked for; and, where
    revisions are compared, what changed."""

    open_only: bool = False
    words: str = ""
    changes: tuple[Change, ...] = ()

    @property
    def is_partial(self) -> bool:
        return self.open_only or bool(self.words)

    def holds(self, rule: Rule) -> bool:
        if self.open_only and not rule.interpretation:
            return False
        return says(rule, self.words)


def sections_of(
    rules: Iterable[Rule],
    reading: Reading | None = None,
    *,
    tables: Mapping[str, ArticleTable] | None = None,
) -> list[Section]:
    """In the order of the document; where only a part is read, that part and what it stands under."""
    reading = reading or Reading()
    page = Page([*rules], tables or {}, reading)
    found: dict[str, list[ShownArticle]] = {}
    for number, in_article in groupby(page.rules, key=lambda rule: rule.article):
        found.setdefault(number.split(".")[0], []).append(page.article(number, [*in_article]))
    sections = [Section(first, rest) for first, *rest in found.values()]
    return [_only_what_says(section) for section in sections if _says(section)] if reading.is_partial else sections


def embeds_of(rules: Iterable[Rule]) -> list[str]:
    """The names of the tables the articles ask for, each once."""
    asked = [part.embed for rule in rules if rule.kind == "prose" for part in parts_of(rule.value) if part.embed]
    return list(dict.fromkeys(asked))


def _says(section: Section) -> bool:
    return any(article.says for article in (section.head, *section.articles))


def _only_what_says(section: Section) -> Section:
    return Section(section.head, [article for article in section.articles if article.says])


class Page:
    """What every article of a page is laid out with."""

    def __init__(self, rules: list[Rule], tables: Mapping[str, ArticleTable], reading: Reading) -> None:
        self.rules, self.tables, self.reading = rules, tables, reading
        self.by_key = {rule.key: rule for rule in rules}
        self.changes = {change.key: ShownChange(change) for change in reading.changes}
        self.terms = terms_of((rule.key, rule.label_fr, rule.value) for rule in rules)

    def article(self, number: str, rules: list[Rule]) -> ShownArticle:
        heading = next((rule for rule in rules if rule.key.startswith(HEADING)), None)
        source = heading.source if heading else ""
        seen: set[str] = set()
        held = [rule for rule in rules if rule is not heading and self.reading.holds(rule)]
        shown = [
            ShownRule(
                rule,
                label_of(rule),
                self._value(rule, seen),
                rule.source if rule.source != source else "",
                self.changes.get(rule.key),
            )
            for rule in held
            if rule.kind != "prose"
        ]
        top = UNDER_AN_ARTICLE if "." in number else UNDER_A_SECTION
        texts = [self._text(rule, top) for rule in held if rule.kind == "prose"]
        title = label_of(heading) if heading else ""
        return ShownArticle(number, title, source, texts, subjects_of(shown), folded=self._is_drawn(texts, rules))

    def _value(self, rule: Rule, seen: set[str]) -> str | SafeString:
        """An abbreviation is spelled out where an article first uses it."""
        if rule.kind != "text" or rule.key.startswith(SHORT):
            return in_words(rule)
        return self.terms.inside(rule.value, seen)

    def _is_drawn(self, texts: Iterable[ShownText], rules: Iterable[Rule]) -> bool:
        """Whether a table of the article shows its rules already; changes are never folded away."""
        drawn = {*own_rules(piece.table for text in texts for piece in text.pieces if piece.table)}
        return any(rule.key in drawn for rule in rules) and not any(rule.key in self.changes for rule in rules)

    def _text(self, rule: Rule, top: int) -> ShownText:
        pieces = [self._piece(piece) for piece in prose.read(rule.value, self.by_key, top=top)]
        return ShownText(rule, pieces, self.changes.get(rule.key))

    def _piece(self, piece: prose.Piece) -> ShownPiece:
        if not piece.embed:
            return ShownPiece(html=markdown.to_html(piece.blocks))
        table = self.tables.get(piece.embed)
        return ShownPiece(table=table, missing="" if table else piece.embed)


def subjects_of(rules: Sequence[ShownRule]) -> list[Subject]:
    """Two rules in a row or more whose names start alike stand under that start; the others stand bare."""
    found: list[Subject] = []
    for name, together in groupby(rules, key=_subject):
        same = [*together]
        if name and len(same) > 1:
            found.append(Subject(name, [_under(rule) for rule in same]))
        elif found and not found[-1].name:
            found[-1].rules.extend(same)
        else:
            found.append(Subject("", same))
    return found


def _subject(shown: ShownRule) -> str:
    match = SUBJECT.fullmatch(shown.label)
    return match["subject"].strip() if match else ""


def _under(shown: ShownRule) -> ShownRule:
    match = SUBJECT.fullmatch(shown.label)
    rest = match["rest"] if match else shown.label
    return replace(shown, label=rest[:1].upper() + rest[1:])
