"""« Pourquoi ce montant? »: the lines of a claim as blocks a page can show, each amount with its formula and source."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.people.models import GroupKind
from cordee.treasury.models.reading import LineFacts
from cordee.treasury.rules.codes import CATEGORY_UNKNOWN, GROSS, NOT_GRANTED, SETTLED_BY
from cordee.treasury.views import wording
from cordee.treasury.views.rules_cited import RuleCited, RulesCited
from cordee.values.money import ZERO


@dataclass(frozen=True, slots=True)
class Presence:
    """One attendance behind an amount, with the meeting one can open."""

    attendance: int
    meeting: int
    date: date
    portion: str
    source: str


@dataclass(frozen=True, slots=True)
class FormulaTerm:
    """`3 journées × 280,00 $`."""

    units: str
    rate: Decimal


@dataclass(frozen=True, slots=True)
class Reduction:
    """What one rule takes from a person in a community, or gives back once settled."""

    code: str
    words: wording.CodeWords
    amount: Decimal
    dates: list[date]
    rule: RuleCited | None
    decision: str
    flag: str
    """The anchor of its note while somebody can still settle it."""

    @property
    def signed(self) -> str:
        return wording.signed(self.amount)

    @property
    def absolute(self) -> Decimal:
        return abs(self.amount)


@dataclass(slots=True)
class PersonRow:
    """One person in one community."""

    key: str
    person: int
    name: str
    category: str
    halves: int = 0
    rate: Decimal | None = None
    gross: Decimal = ZERO
    net: Decimal = ZERO
    formula: list[FormulaTerm] = field(default_factory=list)
    presences: list[Presence] = field(default_factory=list)
    reductions: list[Reduction] = field(default_factory=list)
    rules: list[RuleCited] = field(default_factory=list)

    @property
    def days(self) -> str:
        return wording.days(self.halves)


@dataclass(frozen=True, slots=True)
class GroupBlock:
    label: str
    kind: str
    rows: list[PersonRow]

    @property
    def people(self) -> str:
        return ngettext("%(count)s personne", "%(count)s personnes", len(self.rows)) % {"count": len(self.rows)}

    @property
    def gross(self) -> Decimal:
        return sum((row.gross for row in self.rows), ZERO)

    @property
    def net(self) -> Decimal:
        return sum((row.net for row in self.rows), ZERO)


@dataclass(frozen=True, slots=True)
class Change:
    """An adjustment of what an earlier submission holds, or an amount carried over: always named."""

    title: str
    amount: Decimal
    date: "date | None" = None
    meeting: int | None = None
    person: int | None = None
    claim: int | None = None
    """The claim a balance comes from."""


@dataclass(slots=True)
class Flag:
    """A reduction somebody can still settle."""

    code: str
    group: int
    group_label: str
    person: int
    name: str
    words: wording.CodeWords
    rule: RuleCited | None
    amount: Decimal = ZERO
    halves: int = 0
    unsettled: int = 0
    first: date | None = None

    @property
    def key(self) -> str:
        return f"{self.code}-{self.group}-{self.person}"

    @property
    def title(self) -> str:
        about = {"name": self.name, "group": self.group_label}
        sentences = {
            "yearly-limit": _("%(name)s dépasse la limite de l’année en %(group)s."),
            "not-granted": _("La compensation de %(group)s n’est pas accordée."),
            "second-supported": _("%(name)s participe à une deuxième communauté soutenue, %(group)s."),
            "category-unknown": _("La catégorie de personnel de %(name)s est inconnue."),
            "not-a-member": _("%(name)s était de passage en %(group)s."),
        }
        return sentences[self.code] % about

    @property
    def action(self) -> str:
        """What whoever may settle it does."""
        return {
            "yearly-limit": _("Inscrire au CE"),
            "not-granted": _("Inscrire au CE"),
            "second-supported": _("Inscrire l’entente"),
            "category-unknown": _("Corriger la catégorie"),
            "not-a-member": _("Confirmer le membre"),
        }[self.code]


@dataclass(frozen=True)
class Explanation:
    """All that the lines of a claim say."""

    lines: list[LineFacts]
    cited: RulesCited

    @cached_property
    def _own(self) -> set[int | None]:
        """Attendances this claim is the first to hold: what adjusts them belongs to their row."""
        return {line.attendance for line in self.lines if line.attendance and not line.adjusts}

    @cached_property
    def groups(self) -> list[GroupBlock]:
        own = [line for line in self.lines if line.attendance in self._own]
        blocks = []
        for _key, mine in groupby(own, key=lambda line: line.group):
            lines = list(mine)
            rows = [self._row(list(theirs)) for _person, theirs in groupby(lines, key=lambda line: line.person)]
            first = lines[0]
            blocks.append(GroupBlock(first.group_label, str(GroupKind(first.group_kind).label), rows))
        return blocks

    @cached_property
    def changes(self) -> list[Change]:
        """Adjustments, attendance by attendance, then what was carried."""
        theirs = [line for line in self.lines if line.attendance not in self._own]
        adjusted = [line for line in theirs if line.attendance]
        changes = [_adjustment(list(lines)) for _at, lines in groupby(adjusted, key=lambda line: line.attendance)]
        return changes + [_carried(line) for line in theirs if not line.attendance]

    @cached_property
    def flags(self) -> list[Flag]:
        """Still to settle, the largest amount first."""
        found: dict[tuple[str, int | None, int | None], Flag] = {}
        for line in self.lines:
            if line.code in SETTLED_BY and line.attendance:
                key = (line.code, line.group, None if line.code == NOT_GRANTED else line.person)
                if key not in found:
                    found[key] = self._flag(line)
                _count(found[key], line)
        open_flags = [flag for flag in found.values() if flag.amount or _still_unknown(flag)]
        return sorted(open_flags, key=lambda flag: (-flag.amount, flag.key))

    @property
    def lines_gross(self) -> Decimal:
        return sum((group.gross for group in self.groups), ZERO)

    @property
    def lines_net(self) -> Decimal:
        return sum((group.net for group in self.groups), ZERO)

    @property
    def lines_cut(self) -> Decimal:
        return self.lines_net - self.lines_gross

    @property
    def presences(self) -> int:
        return len({line.attendance for line in self.lines if line.attendance})

    @property
    def people(self) -> dict[int, str]:
        return {line.person: line.full_name for line in self.lines if line.person}

    @property
    def claimed(self) -> Decimal:
        return sum((line.amount for line in self.lines if line.code == GROSS), ZERO)

    @property
    def held(self) -> Decimal:
        return -sum((line.amount for line in self.lines if line.code in SETTLED_BY), ZERO)

    @property
    def total(self) -> Decimal:
        return sum((line.amount for line in self.lines), ZERO)

    def amounts(self) -> dict[str, int]:
        """Cents by attendance, as a visit remembers them; `0` is what has no attendance."""
        cents: dict[str, int] = {}
        for line in self.lines:
            key = str(line.attendance or 0)
            cents[key] = cents.get(key, 0) + int(line.amount * 100)
        return cents

    def _flag(self, line: LineFacts) -> Flag:
        whole = line.code == NOT_GRANTED
        return Flag(
            line.code,
            line.group or 0,
            line.group_label,
            0 if whole else line.person or 0,
            "" if whole else line.full_name,
            wording.code_words(line.code),
            self.cited.of(line),
        )

    def _row(self, lines: list[LineFacts]) -> PersonRow:
        first = lines[0]
        gross = [line for line in lines if line.code == GROSS]
        row = PersonRow(f"{first.group}-{first.person}", first.person or 0, first.full_name, _categories(gross))
        row.halves = sum(line.halves for line in gross)
        row.gross = sum((line.amount for line in gross), ZERO)
        row.net = sum((line.amount for line in lines), ZERO)
        row.formula = _formula(gross)
        row.rate = self.cited.day_rate(gross[-1]) if gross else None
        row.presences = [_presence(line) for line in gross if not line.adjusts]
        cuts = sorted((line for line in lines if _shows(line)), key=_by_rule)
        row.reductions = [self._reduction(list(same)) for _key, same in groupby(cuts, key=_by_rule)]
        row.rules = self.cited.once(gross)
        return row

    def _reduction(self, lines: list[LineFacts]) -> Reduction:
        first = lines[0]
        return Reduction(
            first.code,
            wording.code_words(first.code),
            sum((line.amount for line in lines), ZERO),
            [line.date for line in lines if line.date],
            self.cited.of(first),
            first.details.get("decision", ""),
            f"{first.code}-{first.group}-{0 if first.code == NOT_GRANTED else first.person}"
            if first.code in SETTLED_BY and not first.adjusts
            else "",
        )


def _shows(line: LineFacts) -> bool:
    """A manager’s 0 $ is under the limits too, but a reduction of nothing says nothing."""
    return line.code != GROSS and bool(line.amount or line.code == CATEGORY_UNKNOWN)


def _by_rule(line: LineFacts) -> tuple[str, bool]:
    return line.code, line.adjusts


def _categories(lines: Iterable[LineFacts]) -> str:
    labels = {line.category: wording.category(line.category) for line in lines}
    return ", ".join(labels.values())


def _formula(lines: list[LineFacts]) -> list[FormulaTerm]:
    counts: dict[tuple[str, Decimal], int] = {}
    for line in lines:
        key = (line.portion, abs(line.amount))
        counts[key] = counts.get(key, 0) + (-1 if line.halves < 0 else 1)
    return [
        FormulaTerm(wording.units(portion, count), rate) for (portion, rate), count in sorted(counts.items()) if count
    ]


def _presence(line: LineFacts) -> Presence:
    return Presence(
        line.attendance or 0,
        line.meeting or 0,
        line.date,  # type: ignore[arg-type]  # a line with an attendance has its date
        wording.portion(line.portion),
        wording.source(line.source),
    )


def _adjustment(lines: list[LineFacts]) -> Change:
    first = lines[0]
    title = _("%(name)s, %(group)s") % {"name": first.full_name, "group": first.group_label}
    amount = sum((line.amount for line in lines), ZERO)
    return Change(title, amount, first.date, first.meeting, first.person)


def _carried(line: LineFacts) -> Change:
    reference = line.details.get("reference", "")
    title = _("Solde négatif reporté de la réclamation %(reference)s") % {"reference": reference}
    return Change(title, line.amount, claim=line.details.get("claim"))


def _count(flag: Flag, line: LineFacts) -> None:
    flag.amount -= line.amount
    flag.halves -= line.halves
    flag.unsettled += -1 if line.halves > 0 else 1
    if flag.first is None or (line.date and line.date < flag.first):
        flag.first = line.date


def _still_unknown(flag: Flag) -> bool:
    return flag.code == CATEGORY_UNKNOWN and flag.unsettled > 0
