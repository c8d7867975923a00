"""What differs between two revisions: rule by rule, and a text by its words."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from cordee.reference.rulebook.book import Rule, Rulebook
from cordee.reference.rulebook.copying import carried

KEPT, ADDED, REMOVED = "kept", "added", "removed"
SAID = ("value", "label_fr", "label_en", "interpretation", "note", "kind", "article")
# Texts that share less are read one after the other.
ALIKE = 0.5
TOKEN = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Change:
    """A rule that is not the same in both; `before` or `after` is None when only the other has it."""

    key: str
    before: Rule | None
    after: Rule | None
    fields: tuple[str, ...] = ()
    """What of it differs, when both have it."""

    @property
    def rule(self) -> Rule:
        rule = self.after or self.before
        assert rule is not None
        return rule


@dataclass(frozen=True, slots=True)
class Run:
    """Words in a row that were kept, added or removed."""

    kind: str
    text: str


def compare(before: Rulebook, after: Rulebook) -> list[Change]:
    """The changes in the order of `after`; a removed rule stands where it was.

    Between two years, a date moved by as many years and the name of the year in a text are no change.
    """
    old = {rule.key: rule for rule in carried(before.rules, start=before.year, end=after.year)}
    new = {rule.key: rule for rule in after.rules}
    changes = (change_between(key, old.get(key), new.get(key)) for key in _in_order([*old], [*new]))
    return [change for change in changes if change is not None]


def together(before: Rulebook, after: Rulebook) -> tuple[Rule, ...]:
    """The rules of `after`, with those it removed where they were."""
    old = {rule.key: rule for rule in before.rules}
    new = {rule.key: rule for rule in after.rules}
    return tuple(new.get(key) or old[key] for key in _in_order([*old], [*new]))


def by_word(before: str, after: str) -> list[Run]:
    """The two texts as one, word by word: kept and removed words are the first, kept and added ones the second."""
    old, new = TOKEN.findall(before), TOKEN.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < ALIKE:
        return [Run(kind, text) for kind, text in ((REMOVED, before), (ADDED, after)) if text]
    runs: list[Run] = []
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            runs.append(Run(KEPT, "".join(old[start:end])))
            continue
        if start < end:
            runs.append(Run(REMOVED, "".join(old[start:end])))
        if new_start < new_end:
            runs.append(Run(ADDED, "".join(new[new_start:new_end])))
    return _joined(runs)


def change_between(key: str, before: Rule | None, after: Rule | None) -> Change | None:
    """What differs between a rule and the same rule; nothing when they say the same, or are both absent."""
    if before is None or after is None:
        return Change(key, before, after) if before or after else None
    fields = tuple(name for name in SAID if getattr(before, name) != getattr(after, name))
    return Change(key, before, after, fields) if fields else None


def _in_order(old: Sequence[str], new: Sequence[str]) -> Iterable[str]:
    """Every key once: those of `new` in their order, each key only in `old` after the one it followed."""
    held = set(new)
    follows: dict[str, list[str]] = {}
    last = ""
    for key in old:
        if key in held:
            last = key
        else:
            follows.setdefault(last, []).append(key)
    yield from follows.get("", [])
    for key in new:
        yield key
        yield from follows.get(key, [])


def _joined(runs: Iterable[Run]) -> list[Run]:
    """A lone space between two changes belongs to them: « ~~a~~ __b__ » reads better than word by word."""
    found: list[list[Run]] = [[]]
    for run in runs:
        if run.kind == KEPT and (run.text.strip() or not found[-1]):
            found += [[run], []]
        else:
            found[-1].append(run)
    return [run for group in found for run in _together(group)]


def _together(group: list[Run]) -> list[Run]:
    if len(group) < 2 or group[0].kind == KEPT:
        return group
    tail = [group.pop()] if group[-1].kind == KEPT else []
    removed = "".join(run.text for run in group if run.kind != ADDED)
    added = "".join(run.text for run in group if run.kind != REMOVED)
    return [*(Run(kind, text) for kind, text in ((REMOVED, removed), (ADDED, added)) if text), *tail]
