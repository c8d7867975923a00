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
] ``` The kind of a rule is the name its value stands under. `open` makes it an interpretation and is its
note; `note` is a remark that does not. A rule may have its own `source`.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from cordee.reference.rulebook.book import Rule, Rulebook
from cordee.reference.rulebook.checks import KINDS, Problem, problems_of
from cordee.values.school_year import SchoolYear
from cordee.values.sentence import SpokenError, gettext_noop


class UnreadableEdition(SpokenError):
    sentence = gettext_noop(
        "Le fichier du cadre de référence ne peut pas être lu : %(cause)s. Corrigez-le, puis recommencez."
    )


class IncompleteEdition(UnreadableEdition):
    sentence = gettext_noop("Le fichier du cadre de référence n’a pas « %(key)s ». Ajoutez-le, puis recommencez.")


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
    """Read an edition from TOML. Its rules come in the order of the file; `problems` is empty when all is
    well.

    Raises `UnreadableEdition` when the text is not TOML, `IncompleteEdition` when a header or an article has no name.
    """
    try:
        data = tomllib.loads(text)
        header = data["edition"]
        year = SchoolYear.parse(header["year"])
        revision, start, updated = header["revision"], header["effective_from"], header["updated"]
        rules = tuple(rule for article in data.get("article", []) for rule in _rules_of(article))
    except KeyError as missing:
        raise IncompleteEdition(key=missing.args[0]) from None
    except (tomllib.TOMLDecodeError, TypeError, ValueError) as cause:
        raise UnreadableEdition(cause=cause) from None
    return Edition(year, revision, start, updated, rules, tuple(problems_of(rules, year=year)))


def _rules_of(article: Mapping[str, Any]) -> Iterable[Rule]:
    """The title of an article as a text rule, then its rules, each with the article's number and source."""
    number, source, fr, en = article["number"], article["source"], article["fr"], article["en"]
    yield Rule(f"article.{number.lower()}", "text", fr, source, number, label_fr=fr, label_en=en)
    for row in article.get("rules", []):
        kind = next((kind for kind in KINDS if kind in row), "")
        yield Rule(
            key=row["key"],
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
