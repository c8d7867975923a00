"""The glossary and the abbreviations in force on a day, for what the product explains where it uses them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from cordee.reference.models import Revision, RuleRow
from cordee.values.school_year import SchoolYear

GLOSSARY, SHORT = "glossary.", ("abbreviation.", "added-term.")


@dataclass(frozen=True)
class Terms:
    """`by_code` explains what has a code in the product (a type, a role); `short`, what stands in a text."""

    by_code: Mapping[str, str]
    short: Mapping[str, str]
    pattern: re.Pattern[str] | None = field(init=False)

    def __post_init__(self) -> None:
        longest_first = sorted(self.short, key=len, reverse=True)
        found = re.compile(rf"\b({'|'.join(map(re.escape, longest_first))})\b") if longest_first else None
        object.__setattr__(self, "pattern", found)

    def of(self, code: str, words: str) -> SafeString:
        """The words, with what the glossary says of the code."""
        meaning = self.by_code.get(code)
        return explained(words, meaning) if meaning else format_html("{}", words)

    def inside(self, text: str, seen: set[str] | None = None) -> SafeString:
        """A text where each abbreviation is spelled out the first time; `seen` are those that were already."""
        if self.pattern is None:
            return format_html("{}", text)
        seen = set() if seen is None else seen
        # Every second part is an abbreviation.
        return format_html_join(
            "",
            "{}",
            ((self._part(part, seen) if at % 2 else part,) for at, part in enumerate(self.pattern.split(text))),
        )

    def _part(self, term: str, seen: set[str]) -> SafeString | str:
        if term in seen:
            return term
        seen.add(term)
        return explained(term, self.short[term])


def explained(words: str, meaning: str) -> SafeString:
    """The glossary is in French, whatever the page is in."""
    return format_html('<abbr title="{}" lang="fr">{}</abbr>', meaning, words)


def terms_of(rules: Iterable[tuple[str, str, str]]) -> Terms:
    """From (key, name, meaning) of the rules of a glossary and of its abbreviations."""
    rules = list(rules)
    by_code = {key.removeprefix(GLOSSARY): meaning for key, _name, meaning in rules if key.startswith(GLOSSARY)}
    return Terms(by_code, {name: meaning for key, name, meaning in rules if key.startswith(SHORT)})


def terms_on(on: date) -> Terms:
    """One query. Nothing is explained where no framework is in force."""
    in_force = Revision.objects.in_force_during(SchoolYear.containing(on)).filter(effective_from__lte=on).reverse()
    told = Q(key__startswith=GLOSSARY)
    for prefix in SHORT:
        told |= Q(key__startswith=prefix)
    rows = RuleRow.objects.filter(told, revision_id__in=in_force.values("pk")[:1]).order_by("position")
    return terms_of(rows.values_list("key", "label_fr", "value"))
