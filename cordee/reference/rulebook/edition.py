"""Reading an edition from its reviewed TOML file.

```toml
[edition]
year = "2024-2025"
revision = 1
effective_from = 2024-07-01
updated = 2024-09-12

[[article]]
number = "18.1"                # « Budget » is section 18, as in the table of contents
source = "Budget de la coopérative"
fr = "Montant alloué par jour"
en = "Amount per day"
rules = [
  { key = "rate.teacher.day", money = "260.00", fr = "…", en = "…" },
  { key = "rate.teacher.half-day", money = "130.00", fr = "…", en = "…", open = "what is left open" },
]
```

The kind of a rule is the name its value stands under. `open` makes it an interpretation and is its note; `note` is
a remark that does not. A rule may have its own `source`. An article of a whole number without rules names its section.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from cordee.reference.rulebook.book import Rule, Rulebook
from cordee.reference.rulebook.checks import KINDS, problems_of
from cordee.reference.rulebook.problem import Problem, problem
from cordee.reference.rulebook.shape import (
    NotToml,
    WrongHeader,
    faults_of_article,
    faults_of_rule,
    header_of,
    line_of,
    rows_of,
)
from cordee.values.school_year import SchoolYear, UnreadableSchoolYear
from cordee.values.sentence import gettext_noop

Table = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Edition:
    """A reviewed file: who it is, what it says, and what is wrong with it."""

    year: SchoolYear
    revision: int
    effective_from: date
    updated: date
    rules: tuple[Rule, ...]
    problems: tuple[Problem, ...]

    @property
    def rulebook(self) -> Rulebook:
        return Rulebook(self.year, self.revision, self.effective_from, self.rules)


def parse_edition(text: str) -> Edition:
    """Read an edition from TOML. Its rules come in the order of the file; `problems` is empty when all is well.

    Each problem knows its line. Raises `UnreadableEdition` when the text is not TOML or its header cannot be read.
    """
    data = _toml(text)
    header = header_of(data)
    year, start = _year(header["year"]), header["effective_from"]
    articles = data.get("article", [])
    rules = tuple(rule for article in articles for rule in _rules_of(article))
    faults = [*_faults(articles), *problems_of(rules, year=year), *_start(year, start)]
    problems = tuple(replace(fault, line=line_of(text, fault.key)) for fault in faults)
    return Edition(year, header["revision"], start, header["updated"], rules, problems)


def _toml(text: str) -> Table:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # an endless number, a thousand brackets
        at = re.search("line ([0-9]+)", str(error))
        raise NotToml(line=int(at[1]) if at else text.rstrip().count("\n") + 1) from None


def _year(written: str) -> SchoolYear:
    try:
        return SchoolYear.parse(written)
    except UnreadableSchoolYear:
        raise WrongHeader(name="year", value=written) from None


def _faults(articles: Sequence[Table]) -> Iterator[Problem]:
    """What the file says that an edition does not hold: names, types, several values."""
    for article in articles:
        yield from faults_of_article(article)
        for row in rows_of(article):
            yield from faults_of_rule(row)


def _start(year: SchoolYear, start: date) -> Iterator[Problem]:
    if start not in year:
        sentence = gettext_noop("La date d’effet %(start)s est hors de l’année %(year)s.")
        yield problem("effective_from", sentence, start=start, year=year)


def _rules_of(article: Table) -> Iterator[Rule]:
    """The title of an article as a text rule, then its rules, each with the article’s number and source."""
    number, source, fr, en = (str(article.get(name, "")) for name in ("number", "source", "fr", "en"))
    yield Rule(f"article.{number.lower()}", "text", fr, source, number, label_fr=fr, label_en=en)
    for row in rows_of(article):
        kind = next((kind for kind in KINDS if kind in row), "")
        yield Rule(
            key=str(row.get("key", "")),
            kind=kind,
            value=_written(row.get(kind, "")),
            source=row.get("source", source),
            article=number,
            label_fr=row.get("fr", ""),
            label_en=row.get("en", ""),
            interpretation="open" in row,
            note=row.get("open", row.get("note", "")),
        )


def _written(value: object) -> str:
    """As the database holds it: `true`, `280.00`, `2025-01-30`."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value).strip()
