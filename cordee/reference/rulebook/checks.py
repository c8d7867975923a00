"""What is wrong in a draft edition: a list of sentences, empty when it may be put in force."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import InvalidOperation
from itertools import chain

from cordee.reference.rulebook.book import READERS, Rule
from cordee.reference.rulebook.problem import OPEN, Problem, problem
from cordee.reference.rulebook.prose import dangling
from cordee.values.school_year import SchoolYear
from cordee.values.sentence import gettext_noop

KINDS = tuple(READERS)
WITH_A_NUMBER = frozenset({"money", "days", "minutes", "count", "date"})
KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)+")
# What a choice may be, by the last part of its key.
CHOICES: Mapping[str, tuple[str, ...]] = {
    "compensation": ("always", "on-request", "never"),
    "yearly-limit": ("fixed", "plan", "none"),
    "body": ("executive", "managers", "cgscas", "tdg"),
    "act": ("draft", "validate", "present", "approve"),
    "role": (
        *("billing-officer", "management-secretary", "treasurer", "coordinator"),
        *("executive-committee", "responsible-manager", "liaison", "educational-director", "director-general"),
    ),
    "last-day": ("next-day-not-a-holiday", "same-day"),
    "done-by": ("hand", "claim-submitted", "attendance-validated", "framework-drafted", "framework-adopted"),
}
ROUTES = ("adoption", "correction")

Values = Mapping[str, object]


def problems_of(rules: Sequence[Rule], *, year: SchoolYear) -> list[Problem]:
    """Every error, in the order of the rules, then what concerns several rules at once."""
    readable: dict[str, object] = {}
    problems: list[Problem] = []
    for rule in rules:
        found = list(_of_one(rule, year, readable))
        problems.extend(found)
    together = (_repeated(rules), _rates(readable), _types(readable), _periods(readable))
    return [*problems, *chain(*together, _seats(readable), _steps(readable), _tasks(readable), dangling(rules))]


def open_points(rules: Iterable[Rule]) -> list[Problem]:
    """What is left as an interpretation, to be settled: it hinders no adoption."""
    return [
        Problem(rule.key, gettext_noop("« %(key)s » est une interprétation : %(note)s"), values, level=OPEN)
        for rule in rules
        if rule.interpretation and (values := {"key": rule.key, "note": rule.note})
    ]


def _of_one(rule: Rule, year: SchoolYear, readable: dict[str, object]) -> Iterator[Problem]:
    """The faults of one rule by itself; its value goes into `readable` when it can be read."""
    if KEY.fullmatch(rule.key) is None:
        yield problem(
            rule.key,
            gettext_noop("« %(key)s » n’est pas une clé : des minuscules, des traits d’union et des points."),
        )
    if rule.kind not in READERS:
        yield problem(rule.key, gettext_noop("La règle « %(key)s » n’a pas de nature connue."))
        return
    try:
        value = readable[rule.key] = rule.read()
    except (ValueError, InvalidOperation):
        yield problem(
            rule.key,
            gettext_noop("La règle « %(key)s » ne peut pas valoir « %(value)s »."),
            value=rule.value,
        )
        return
    yield from _of_value(rule, value, year)


def _of_value(rule: Rule, value: object, year: SchoolYear) -> Iterator[Problem]:
    if rule.value == "":
        yield problem(rule.key, gettext_noop("La règle « %(key)s » est vide."))
    if rule.interpretation and not rule.note:
        yield problem(rule.key, gettext_noop("L’interprétation « %(key)s » ne dit pas ce qui est laissé ouvert."))
    if rule.kind in WITH_A_NUMBER and not (rule.label_fr and rule.label_en):
        yield problem(rule.key, gettext_noop("La règle « %(key)s » n’a pas de nom dans les deux langues."))
    # The end of the year may be named: it is the day a half-open period stops.
    if isinstance(value, date) and not year.start <= value <= year.end:
        yield problem(rule.key, gettext_noop("La date de « %(key)s » est hors de l’année %(year)s."), year=year)
    allowed = CHOICES.get(rule.key.rsplit(".", 1)[-1])
    if rule.kind == "choice" and allowed and value not in allowed:
        yield problem(
            rule.key,
            gettext_noop("La règle « %(key)s » a un choix inconnu. Choisissez parmi : %(allowed)s."),
            allowed=", ".join(allowed),
        )


def _repeated(rules: Iterable[Rule]) -> Iterator[Problem]:
    for key, times in Counter(rule.key for rule in rules).items():
        if times > 1 and key.startswith("article."):
            yield problem(key, gettext_noop("L’article « %(key)s » est écrit %(times)s fois."), times=times)
        elif times > 1:
            yield problem(key, gettext_noop("La règle « %(key)s » est écrite %(times)s fois."), times=times)


def _branches(values: Values, prefix: str) -> list[str]:
    """The names just under a prefix, each once, in order."""
    return list(dict.fromkeys(key.split(".")[1] for key in values if key.startswith(f"{prefix}.")))


def _rates(values: Values) -> Iterator[Problem]:
    """A compensated category has both rates, and its half day is not above its day."""
    for category in _branches(values, "category"):
        day, half = f"rate.{category}.day", f"rate.{category}.half-day"
        if values.get(f"category.{category}.compensated") is not True:
            continue
        for key in (day, half):
            if key not in values:
                yield problem(key, gettext_noop("Il manque la règle « %(key)s »."))
        if day in values and half in values and values[half] > values[day]:  # type: ignore[operator]
            yield problem(half, gettext_noop("La demi-journée de « %(key)s » dépasse la journée."))


def _types(values: Values) -> Iterator[Problem]:
    """A type says whether it is compensated and how its year is limited; a fixed limit has its days."""
    for name in _branches(values, "type"):
        compensation, limit = f"type.{name}.compensation", f"type.{name}.yearly-limit"
        needed = [compensation] if values.get(compensation) == "never" else [compensation, limit]
        if values.get(limit) == "fixed":
            needed.append(f"type.{name}.yearly-days")
        for key in needed:
            if key not in values:
                yield problem(key, gettext_noop("Il manque la règle « %(key)s »."))


def _periods(values: Values) -> Iterator[Problem]:
    """A period has three dates and ends after it starts."""
    for name in _branches(values, "period"):
        start, until, due = (values.get(f"period.{name}.{part}") for part in ("from", "until", "due"))
        if not (isinstance(start, date) and isinstance(until, date) and isinstance(due, date)):
            yield problem(f"period.{name}", gettext_noop("La période « %(key)s » n’a pas ses trois dates."))
        elif until <= start:
            yield problem(f"period.{name}.until", gettext_noop("La période « %(key)s » finit avant de commencer."))


def _seats(values: Values) -> Iterator[Problem]:
    """Whoever sits has a term."""
    seats = [key for key in values if re.fullmatch(r"body\.[^.]+\.seat\..+", key)]
    if seats and "mandate.years" not in values:
        yield problem(
            seats[0], gettext_noop("Le siège « %(key)s » n’a pas de durée de mandat : ajoutez « mandate.years ».")
        )


def _steps(values: Values) -> Iterator[Problem]:
    """Each step of an adoption or of a correction says which body does what."""
    for route in ROUTES:
        for step in _branches(values, route):
            for part in ("body", "act"):
                if f"{route}.{step}.{part}" not in values:
                    yield problem(f"{route}.{step}.{part}", gettext_noop("Il manque la règle « %(key)s »."))


def _tasks(values: Values) -> Iterator[Problem]:
    """What someone answers for has a day, and says what counts as having done it."""
    for role in [key for key in values if key.endswith(".role")]:
        row = role.removesuffix(".role")
        if not any(isinstance(values.get(day), date) for day in (row, f"{row}.due", f"{row}.before")):
            sentence = gettext_noop("« %(key)s » nomme qui répond d’une ligne sans date : donnez-lui un jour.")
            yield problem(role, sentence)
        if f"{row}.done-by" not in values:
            yield problem(f"{row}.done-by", gettext_noop("Il manque la règle « %(key)s »."))
