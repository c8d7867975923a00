"""What one cell means: portions, dates, names, categories, in French or English, as people type them."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from cordee.values.dates import UnreadableDate, parse_date
from cordee.values.text import fold, plain

PLANNED = "planned"
TITLES = {"m", "mme", "mlle", "mr", "mrs", "ms", "dr", "dre", "monsieur", "madame"}
FIRST_SERIAL, LAST_SERIAL = 36526, 73050  # 2000-01-01 to 2099-12-31 as Excel counts days
EXCEL_EPOCH = date(1899, 12, 30)
SHORT_YEAR = re.compile(r"([0-9]{1,2}([-/.])[0-9]{1,2}\2|[0-9]{1,2}[-/. ]+[^\W\d_]+\.?[-/. ]+)([0-9]{2})")
EMAIL = re.compile(r"[^\s<>,;@]+@[^\s<>,;@]+\.[^\s<>,;@]+")


def text_of(value: Any) -> str:
    """A cell as the person sees it in their sheet, near enough to find it again."""
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.isoformat(" ") if isinstance(value, datetime) else value.isoformat()
    if isinstance(value, float):
        return f"{value:g}".replace(".", ",")
    return " ".join(str(value).split())


@dataclass(frozen=True, slots=True)
class PortionRead:
    """`none`, `half`, `day`, or `planned` (a mere X); `half` says which one when the sheet does."""

    portion: str
    half: str = ""


def _words(portion: str, *texts: str) -> dict[str, PortionRead]:
    return {text: PortionRead(portion) for text in texts}


# Keys are folded; numbers and the names of a half are read apart.
PORTIONS = {
    **_words("half", "demi", "demie", "demi jour", "demi journee", "demijournee", "half", "half day", "halfday"),
    **_words("half", "un demi jour", "une demi journee", "dj"),
    **_words("day", "j", "jour", "un jour", "journee", "journee complete", "journee entiere", "une journee"),
    **_words("day", "d", "day", "one day", "full", "full day", "complet", "toute la journee"),
    **_words(PLANNED, "x", "oui", "yes", "y", "o", "p", "present", "presente", "present e", "vrai", "true", "ok"),
    **_words("none", "absent", "absente", "absent e", "abs", "absence", "a", "non", "no", "n", "none", "away"),
    **_words("none", "aucune", "faux", "false", "excuse", "excusee", "excuse e"),
}
SIDES = re.compile(
    r"\b(?:(?P<am>a\.? ?m\b\.?|av(?:ant|\.)?[- ]?midi|matin(?:ee)?\b|morning\b)"
    r"|(?P<pm>p\.? ?m\b\.?|ap(?:res|\.)?[- ]?midi|afternoon\b))"
)
BOTH = {"", "et", "and"}
HALF_WRITTEN = re.compile(r"1 ?[/⁄] ?2|½")
UNIT = r"(?:%|j\.?|jours?|journees?|d|days?)?"
NUMBER = re.compile(rf"([0-9]*[.,]?[0-9]+) ?{UNIT}")
TICKS = {"✓", "✔", "☑", "✗", "✘", "×", "●", "•"}
FRACTIONS = {0.0: "none", 0.5: "half", 1.0: "day"}


def portion_of(value: Any) -> PortionRead | None:
    """The portion a cell states; None when it cannot be read.

    Excel turns « 1/2 » typed in a plain cell into the first of February or the second of January: still a half.
    """
    if isinstance(value, bool):
        return PortionRead(PLANNED if value else "none")
    if isinstance(value, datetime | date):
        return PortionRead("half") if {value.day, value.month} == {1, 2} else None
    if isinstance(value, time):
        value = value.hour / 24 + value.minute / 1440
    elif isinstance(value, timedelta):
        value = value / timedelta(days=1)
    if isinstance(value, int | float):
        portion = FRACTIONS.get(round(float(value), 4))
        return PortionRead(portion) if portion else None
    return _portion_written(plain(value).strip())


def _portion_written(text: str) -> PortionRead | None:
    if text in TICKS:
        return PortionRead(PLANNED)
    if found := NUMBER.fullmatch(text):
        amount = float(found[1].replace(",", "."))
        return portion_of(amount / 100 if "%" in text else amount)
    if half := HALF_WRITTEN.match(text):
        rest = text[half.end() :].strip()
        if re.fullmatch(UNIT, rest):
            return PortionRead("half")
    if sides := list(SIDES.finditer(text)):
        return _portion_of_sides({str(side.lastgroup) for side in sides}, SIDES.sub(" ", text))
    return None if text.startswith("-") else PORTIONS.get(fold(text))


def _portion_of_sides(sides: set[str], rest: str) -> PortionRead | None:
    """« AM », « ½ j (avant-midi) », « AM + PM »: what is written beside the name of the half must agree with it."""
    if len(sides) == 2:
        return PortionRead("day") if fold(rest) in BOTH else None
    beside = _portion_written(rest.strip(" ()[]:,+-")) if fold(rest) else PortionRead("half")
    return PortionRead("half", sides.pop()) if beside == PortionRead("half") else None


@dataclass(frozen=True, slots=True)
class DateRead:
    """`other` is the month-first reading, when both readings are dates and they differ."""

    day: date
    other: date | None = None


def date_of(value: Any) -> DateRead | None:
    """A date cell, a serial number of Excel, or a text in any usual form; None when it is no date."""
    if isinstance(value, datetime):
        return DateRead(value.date())
    if isinstance(value, date):
        return DateRead(value)
    text = text_of(value)
    serial = int(text) if text.isdecimal() else 0
    if FIRST_SERIAL <= serial <= LAST_SERIAL:
        return DateRead(EXCEL_EPOCH + timedelta(days=serial))
    text = with_full_year(text)
    try:
        day, other = parse_date(text), parse_date(text, order="month-first")
    except UnreadableDate:
        return None
    return DateRead(day, other if other != day else None)


def with_full_year(text: str) -> str:
    """`12/09/24` as `12/09/2024`, `12-sept-24` as `12-sept-2024`."""
    short = SHORT_YEAR.fullmatch(text)
    return f"{short[1]}20{short[3]}" if short else text


def settles_order(text: str) -> bool:
    """Whether a text date can be read in one order only, and so tells that of its column (`13/09/2024`)."""
    found = re.fullmatch(r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ][0-9]{4}", text)
    return found is not None and (int(found[1]) > 12) != (int(found[2]) > 12)


# The first that is found wins: a « technicienne en éducation spécialisée » is no other technician.
CATEGORIES = {
    "external": "externe, external, partenaire, partner, hors reseau, universitaire",
    "special-education-technician": "tes, t e s, education specialisee, special education, special ed",
    "professional": "cp, c p, professionnel, professionnelle, professionnels, professional, conseiller, conseillere, "
    "conseil pedagogique, pedagogical consultant, psychologue, psychoeducatrice, psychoeducateur, orthophoniste, "
    "psychologist",
    "teacher": "enseignant, enseignante, enseignants, enseignement, ens, teacher, orthopedagogue",
    "manager": "gestionnaire, manager, cadre, direction, directeur, directrice, principal, dga, dg",
    "support": "soutien, support, secretaire, clerical, technicien, technicienne, technician",
}
CATEGORY_NAMES = {code: tuple(names.split(", ")) for code, names in CATEGORIES.items()}


def category_of(value: Any) -> str:
    """The code of the staff category a cell names; empty when it names none."""
    words = f" {fold(value)} "
    for code, names in CATEGORY_NAMES.items():
        if any(f" {name} " in words for name in names):
            return code
    return ""


@dataclass(frozen=True, slots=True)
class NameRead:
    """`sure` is False when the order of the two is only a guess."""

    first: str
    last: str
    sure: bool

    @property
    def key(self) -> str:
        return name_key(f"{self.first} {self.last}")


def name_key(text: str) -> str:
    """The words of a name in alphabetical order: the same for both orders."""
    return " ".join(sorted(fold(text).split()))


def name_of(value: Any, *, last_first: bool = False) -> NameRead | None:
    """« Nom, Prénom », « NOM Prénom », « Prénom NOM » or « Prénom Nom ». `last_first` is what the header says."""
    text = re.sub(r"\(.*?\)", " ", text_of(value))
    if "," in text:
        last, _comma, first = (part.strip() for part in text.partition(","))
        return NameRead(_without_title(first), last, sure=True) if first and last else None
    words = _without_title(text).split()
    if len(words) < 2 or not all(any(letter.isalpha() for letter in word) for word in words):
        return None
    loud = [word.isupper() and len(fold(word)) > 1 for word in words]
    if any(loud) and not all(loud):
        last = " ".join(word for word, high in zip(words, loud, strict=True) if high)
        first = " ".join(word for word, high in zip(words, loud, strict=True) if not high)
        return NameRead(first, _capitalized(last), sure=True)
    if last_first:
        return NameRead(_capitalized(words[-1]), _capitalized(" ".join(words[:-1])), sure=True)
    return NameRead(_capitalized(words[0]), _capitalized(" ".join(words[1:])), sure=False)


def _without_title(text: str) -> str:
    words = text.split()
    return " ".join(words[1:]) if words and fold(words[0]) in TITLES else text


def _capitalized(text: str) -> str:
    """« CÔTÉ-ROY » as « Côté-Roy »; what is not all capitals stays."""
    if not text.isupper():
        return text
    return re.sub(r"[^\W\d_]+", lambda word: word.group().capitalize(), text)


def email_of(value: Any) -> str | None:
    """The address, lower case; empty for an empty cell, None when it is not one."""
    text = text_of(value).strip("<> ").removeprefix("mailto:").lower()
    if not text:
        return ""
    return text if EMAIL.fullmatch(text) else None
