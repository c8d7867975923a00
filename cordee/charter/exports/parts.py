"""The rules of an article cut where they are read otherwise: numbered texts, steps of a same make, what is left."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from django.utils.translation import gettext as _

from cordee.reference.citation import label_of
from cordee.reference.views.reading import ShownRule, Subject, subjects_of
from cordee.reference.wording import in_words
from cordee.toolkit.contributions import ArticleTable, Cell

# « Principe 3 », « Pertinence, 2 »: one of several that are read as a list. The comma sets a subject apart.
NUMBERED = re.compile(r"(?P<stem>.+?)(?P<comma>,?)\s+(?P<number>[0-9]+)")
LONGEST_CELL = 60


@dataclass(frozen=True, slots=True)
class Part:
    """Rules in a row: a numbered list, a grid, or neither."""

    title: str
    rules: Sequence[ShownRule]
    numbered: bool = False
    grid: ArticleTable | None = None


def named(shown: ShownRule) -> ShownRule:
    """Under its whole name, whatever subject it stood under."""
    return replace(shown, label=label_of(shown.rule))


def parts_of(shown: Iterable[ShownRule]) -> Iterator[Part]:
    """In order, nothing left out."""
    for stem, together in groupby(shown, key=_stem):
        rules = [*together]
        if stem and [_number(rule) for rule in rules] == [*range(1, len(rules) + 1)] and len(rules) > 1:
            yield Part(_plural(rules[0], stem), rules, numbered=True)
        else:
            yield from _subjects(rules)


def _subjects(rules: Sequence[ShownRule]) -> Iterator[Part]:
    for labels, together in groupby(subjects_of(rules), key=_labels):
        subjects = [*together]
        if labels and len(subjects) > 1:
            yield _grid(subjects, labels)
        else:
            yield from (_within(subject) for subject in subjects)


def _within(subject: Subject) -> Part:
    """« Adoption, étape 1, instance »: the subjects under a subject may be of a same make."""
    inner = [(labels, [*same]) for labels, same in groupby(subjects_of(subject.rules), key=_labels)]
    labels, subjects = inner[0]
    if subject.name and len(inner) == 1 and labels and len(subjects) > 1:
        return _grid(subjects, labels)
    return Part(subject.name, subject.rules)


def _stem(shown: ShownRule) -> str:
    match = NUMBERED.fullmatch(shown.label) if shown.is_text else None
    return match["stem"] if match else ""


def _number(shown: ShownRule) -> int:
    match = NUMBERED.fullmatch(shown.label)
    return int(match["number"]) if match else 0


def _plural(first: ShownRule, stem: str) -> str:
    """« Manifestation 1 » opens « Manifestations »; « Pertinence, 1 » is about pertinence."""
    match = NUMBERED.fullmatch(first.label)
    return stem if (match and match["comma"]) or " " in stem else f"{stem}s"


def _labels(subject: Subject) -> tuple[str, ...]:
    """What subjects have in common when they can stand in one table; nothing when this one cannot."""
    short = all(len(in_words(rule.rule)) <= LONGEST_CELL and not rule.change for rule in subject.rules)
    return tuple(rule.label for rule in subject.rules) if subject.name and short else ()


def _grid(subjects: Sequence[Subject], labels: Sequence[str]) -> Part:
    """A row a subject: « Étape 1 », « Étape 2 », and a column for each thing said of them."""
    rows = tuple((Cell(subject.name), *(_cell(rule) for rule in subject.rules)) for subject in subjects)
    table = ArticleTable("", "", (_("Objet"), *labels), rows)
    return Part("", [rule for subject in subjects for rule in subject.rules], grid=table)


def _cell(shown: ShownRule) -> Cell:
    rule = shown.rule
    return Cell(in_words(rule), "fr" if rule.kind == "text" else "", rule.key)
