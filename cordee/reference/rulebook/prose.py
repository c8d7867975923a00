"""The articles’ running text: Markdown that cites rules and articles, and makes room for tables of live data.

`[[18.1]]` cites an article by its number, `[[rate.teacher.day]]` shows the value of a rule and leads to it; a line
alone, `{{ rates }}`, is where a table stands. What is cited must exist: `dangling` names what does not.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from cordee.reference.rulebook.book import Rule
from cordee.reference.rulebook.problem import Problem, problem
from cordee.values.sentence import gettext_noop

CITATION = re.compile(r"\[\[\s*([^\[\]\n]+?)\s*\]\]")
EMBED = re.compile(r"^[ \t]*\{\{[ \t]*([^{}\n]*?)[ \t]*\}\}[ \t]*$", re.MULTILINE)
# What the rulebook alone can draw, then what upper apps give (the registry `article_tables`).
OF_THE_RULES = ("rates", "types", "timeline", "periods", "bodies", "glossary", "abbreviations")
OF_THE_DATA = ("communities", "projects", "budget")
EMBEDS = (*OF_THE_RULES, *OF_THE_DATA)


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a text: Markdown, or the name of the table that stands there."""

    text: str = ""
    embed: str = ""


def parts_of(text: str) -> list[Part]:
    """The text cut at its tables, in order."""
    found: list[Part] = []
    for at, piece in enumerate(EMBED.split(text)):
        if at % 2:
            found.append(Part(embed=piece))
        elif piece.strip():
            found.append(Part(text=piece.strip("\n")))
    return found


def citations(text: str) -> list[str]:
    return CITATION.findall(text)


def cited_key(cited: str, keys: Collection[str]) -> str | None:
    """The key of what is cited: an article by its number, else a rule by its key; None when there is neither."""
    return next((key for key in (f"article.{cited.lower()}", cited) if key in keys), None)


def citing(rules: Iterable[Rule], keys: Collection[str]) -> list[Rule]:
    """The prose that cites one of those rules or articles."""
    return [
        rule
        for rule in rules
        if rule.kind == "prose" and any(cited_key(cited, keys) for cited in citations(rule.value))
    ]


def dangling(rules: Iterable[Rule]) -> Iterator[Problem]:
    """Every citation that leads nowhere, every table nobody knows."""
    rules = list(rules)
    keys = {rule.key for rule in rules}
    for rule in rules:
        if rule.kind == "prose":
            yield from _of_one(rule, keys)


def _of_one(rule: Rule, keys: Collection[str]) -> Iterator[Problem]:
    for cited in dict.fromkeys(citations(rule.value)):
        if cited_key(cited, keys) is None:
            sentence = gettext_noop("« %(key)s » cite « %(cited)s », que ce cadre ne contient pas.")
            yield problem(rule.key, sentence, cited=cited)
    for part in parts_of(rule.value):
        if part.embed not in ("", *EMBEDS):
            sentence = gettext_noop("« %(key)s » demande le tableau « %(name)s ». Il y a : %(known)s.")
            yield problem(rule.key, sentence, name=part.embed, known=", ".join(EMBEDS))
