"""Finding organizations and groups by whatever people call them."""

import re
from collections import defaultdict
from collections.abc import Iterable

from cordee.meetings.imports.cells import fold
from cordee.people.models import Group, Organization

KINDS = re.compile(
    r"\b(centre de services? scolaires?|commission scolaire|school service cent(?:re|er)|school board|css|cs|ssc|sb)\b"
)
LINKS = re.compile(r"\b(de la|de l|du|des|de|la|le|les|l|d|of|the|and|et)\b")
SAINTS = {"st": "saint", "ste": "sainte"}


class Organizations:
    """By code, its first three digits, short, long or English name, or the acronym of one of them."""

    def __init__(self, organizations: Iterable[Organization]) -> None:
        self.by_pk = {organization.pk: organization for organization in organizations}
        named: dict[str, set[int]] = defaultdict(set)
        for organization in self.by_pk.values():
            for name in _names_of(organization):
                named[name].add(organization.pk)
        self._named = {name: owners.pop() for name, owners in named.items() if name and len(owners) == 1}
        self._known: dict[str, int | None] = {}

    def find(self, text: str) -> int | None:
        """The one organization `text` names, or None when there is none or several."""
        if text not in self._known:
            self._known[text] = self._find(text)
        return self._known[text]

    def _find(self, text: str) -> int | None:
        plain = _plain(text)
        digits = re.match(r"[0-9]{3,6}\b", plain)
        tries = [plain, _bare(plain), plain.replace(" ", ""), digits[0] if digits else ""]
        return next((self._named[name] for name in tries if name in self._named), None)


def _plain(text: str) -> str:
    return " ".join(SAINTS.get(word, word) for word in fold(text).split())


def _bare(plain: str) -> str:
    """« centre de services scolaire des hautes rivieres » as « hautes rivieres »."""
    return " ".join(LINKS.sub(" ", KINDS.sub(" ", plain)).split())


def _names_of(organization: Organization) -> set[str]:
    names = {_plain(name) for name in (organization.short_name, organization.long_name, organization.english_name)}
    bare = {_bare(name) for name in names}
    codes = {organization.code, organization.code[:3]} if organization.code.isdecimal() else {fold(organization.code)}
    return names | bare | codes | {acronym for name in names for acronym in _acronyms(name)}


def _acronyms(plain: str) -> set[str]:
    """`cssdhr` and `csshr` for « centre de services scolaire des hautes rivieres », `etsb` for the English board."""
    kind = re.match(r"centre de services? scolaires?|commission scolaire", plain)
    if kind:
        rest = plain[kind.end() :].split()
        head = "css" if kind[0].startswith("centre") else "cs"
        whole = head + "".join(word[0] for word in rest)
        return {whole, head + "".join(word[0] for word in rest if not LINKS.fullmatch(word))}
    if plain.endswith("school board") or plain.endswith("service centre"):
        return {"".join(word[0] for word in plain.split())}
    return set()


class Groups:
    """By `41-Inclusion`, number and name, name, or slug. A number alone counts only when one group has it."""

    def __init__(self, groups: Iterable[Group]) -> None:
        self.by_pk = {group.pk: group for group in groups}
        self._named: dict[str, set[int]] = defaultdict(set)
        self._numbered: dict[str, set[int]] = defaultdict(set)
        for group in self.by_pk.values():
            for name in {fold(group.name), fold(group.label), fold(group.slug), _bare_group(group.name)}:
                self._named[name].add(group.pk)
            if group.number:
                self._numbered[group.number.lstrip("0").lower()].add(group.pk)

    def find(self, text: str) -> list[int]:
        """Every group `text` may mean: one when it is clear, several to choose from, none."""
        plain = fold(text)
        for name in (plain, _bare_group(plain)):
            if name in self._named:
                return sorted(self._named[name])
        number, _space, rest = plain.partition(" ")
        numbered = self._numbered.get(number.lstrip("0"), set())
        if not rest:
            return sorted(numbered)
        # « 41 Projet Inclusion 2024 »: the number says which, the words must not say another one.
        return sorted(pk for pk in numbered if set(fold(self.by_pk[pk].name).split()) <= set(rest.split()))


def _bare_group(text: str) -> str:
    """Without what a group is called in general: « CoP Inclusion », « Communauté de pratique en inclusion »."""
    general = r"^(communaute de pratique|community of practice|communaute|projet strategique|projet|cop|groupe)\b"
    return " ".join(re.sub(r"^(en|de|du|des|d|sur|on)\b", "", re.sub(general, "", fold(text)).strip()).split())
