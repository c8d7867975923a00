"""The tables an article can embed: those the rules alone make, and those upper apps give."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from django.utils.translation import gettext as _

from cordee.reference.citation import label_of
from cordee.reference.models import Revision
from cordee.reference.rulebook import Rule, Rulebook
from cordee.reference.rulebook.prose import OF_THE_RULES
from cordee.reference.wording import in_words
from cordee.toolkit.contributions import ArticleTable, Cell, article_tables
from cordee.values.school_year import SchoolYear

PORTIONS = ("day", "half-day")
PARTS = ("from", "until", "due")
OF_A_BODY = (("meetings-max", "meetings"), ("meeting-minutes",), ("modality",))
# « Projet stratégique, mandat », « Mi-année : à partir du »: who, then what of them.
NAMED = re.compile(r"(?P<subject>.+?)[,:]\s+(?P<rest>.+)")


def tables_for(names: Iterable[str], *, revision: Revision, book: Rulebook) -> dict[str, ArticleTable]:
    """The tables of those names, by name; one that nobody gives this year is absent."""
    names = dict.fromkeys(names)
    found = {name: DRAWN[name](book) for name in names if name in OF_THE_RULES}
    asked = [name for name in names if name not in OF_THE_RULES]
    year: SchoolYear = book.year
    given = article_tables.collect(asked, revision=revision, year=year) if asked else []
    return found | {table.name: table for table in given}


def _cell(book: Rulebook, key: str) -> Cell:
    rule = book.find(key)
    if rule is None:
        return Cell("—")
    return Cell(in_words(rule), "fr" if rule.kind == "text" else "", key)


def _subject(rule: Rule) -> str:
    found = NAMED.fullmatch(label_of(rule))
    return found["subject"] if found else label_of(rule)


def _rest(rule: Rule) -> str:
    found = NAMED.fullmatch(label_of(rule))
    rest = found["rest"] if found else label_of(rule)
    return rest[:1].upper() + rest[1:]


def _rates(book: Rulebook) -> ArticleTable:
    kinds = [kind for kind in book.branches("rate") if book.has(f"rate.{kind}.half-day")]
    rows = (
        (Cell(_subject(book.rule(f"rate.{kind}.half-day"))), *(_cell(book, f"rate.{kind}.{p}") for p in PORTIONS))
        for kind in kinds
    )
    headers = (_("Personnel"), _("Journée"), _("Demi-journée"))
    return ArticleTable("rates", _("Montant alloué par jour"), headers, tuple(rows), frozenset({1, 2}))


def _types(book: Rulebook) -> ArticleTable:
    """Table 1: a column a type, a row for each thing said of the first of them."""
    types = [name for name in book.branches("type") if book.has(f"type.{name}.concept")]
    said = [rule.key.split(".")[2] for rule in book.section(f"type.{types[0]}") if rule.kind == "text"] if types else []
    rows = (
        (Cell(_rest(book.rule(f"type.{types[0]}.{part}"))), *(_cell(book, f"type.{name}.{part}") for name in types))
        for part in said
        if part not in ("label", "reports-to")
    )
    names = tuple(_subject(book.rule(f"type.{name}.concept")) for name in types)
    return ArticleTable("types", _("Tableau 1"), (_("Particularités"), *names), tuple(rows))


def _timeline(book: Rulebook) -> ArticleTable:
    parts = ("when", "action", "people", "documents", "operation")
    rows = (tuple(_cell(book, f"timeline.{row}.{part}") for part in parts) for row in book.branches("timeline"))
    headers = (_("Quand"), _("Action"), _("Personnes"), _("Documents"), _("Opération budgétaire"))
    return ArticleTable("timeline", _("Échéancier"), headers, tuple(rows))


def _periods(book: Rulebook) -> ArticleTable:
    rows = (
        (Cell(label_of(book.rule(f"period.{name}.due"))), *(_cell(book, f"period.{name}.{part}") for part in PARTS))
        for name in book.branches("period")
        if book.has(f"period.{name}.due")
    )
    headers = (_("Période"), _("À partir du"), _("Jusqu’au (exclu)"), _("Avant le"))
    return ArticleTable("periods", _("Périodes et échéances des réclamations"), headers, tuple(rows))


def _bodies(book: Rulebook) -> ArticleTable:
    bodies = [body for body in book.branches("body") if book.has(f"body.{body}.meeting-minutes")]
    rows = tuple(
        (
            Cell(in_words(Rule("body.name", "choice", body))),
            *(_first(book, f"body.{body}.", names) for names in OF_A_BODY),
        )
        for body in bodies
    )
    headers = (_("Instance"), _("Rencontres par année"), _("Durée d’une rencontre"), _("Modalité"))
    return ArticleTable("bodies", _("Instances"), headers, rows, frozenset({1}))


def _first(book: Rulebook, prefix: str, names: tuple[str, ...]) -> Cell:
    return _cell(book, next((prefix + name for name in names if book.has(prefix + name)), prefix + names[0]))


def _terms(name: str, prefix: str) -> Callable[[Rulebook], ArticleTable]:
    def draw(book: Rulebook) -> ArticleTable:
        rows = ((Cell(rule.label_fr, "fr"), Cell(rule.value, "fr", rule.key)) for rule in book.section(prefix))
        headers, caption = (_("Terme"), _("Sens")), _("Glossaire") if name == "glossary" else _("Abréviations")
        return ArticleTable(name, caption, headers, tuple(rows))

    return draw


DRAWN: Mapping[str, Callable[[Rulebook], ArticleTable]] = {
    "rates": _rates,
    "types": _types,
    "timeline": _timeline,
    "periods": _periods,
    "bodies": _bodies,
    "glossary": _terms("glossary", "glossary"),
    "abbreviations": _terms("abbreviations", "abbreviation"),
}


def own_rules(tables: Iterable[ArticleTable]) -> Iterator[str]:
    """The keys of the rules those tables show."""
    return (cell.key for table in tables for row in table.rows for cell in row if cell.key)
