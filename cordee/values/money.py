"""Money: exact Canadian dollars. The one place where an amount is rounded, shared out or read from text.

Amounts are `Decimal` dollars at the borders; the database and the rules of claims hold integer cents.
"""

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from cordee.values.sentence import SpokenError, gettext_noop

ZERO = Decimal("0.00")
CENT = Decimal("0.01")

SPACES = str.maketrans(dict.fromkeys("\u00a0\u202f\u2009\u2007\t", " "))
MINUSES = str.maketrans(dict.fromkeys("−–—‐‑", "-"))
GROUPED = {
    " ": re.compile(r"[0-9]{1,3}(?: [0-9]{3})+"),
    ",": re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+"),
    ".": re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+"),
}
WITH_DECIMALS = re.compile(r"(?P<whole>[0-9 .,]*?)[.,](?P<cents>[0-9]{1,2})")
CURRENCY = re.compile(r"\\?\$|\bCAD\b|\bCA\b", re.IGNORECASE)


class UnreadableAmount(SpokenError):
    sentence = gettext_noop("« %(text)s » n’est pas un montant. Écrivez-le comme 1 234,56 $.")


def to_cents(amount: Decimal) -> int:
    """Dollars to cents. An amount finer than a cent is a fault of the caller: round it first."""
    cents = amount.scaleb(2)
    if not amount.is_finite() or cents != cents.to_integral_value():
        raise ValueError(f"Not an amount in cents: {amount}.")
    return int(cents)


def from_cents(cents: int) -> Decimal:
    """Cents to dollars, always with two decimals."""
    return Decimal(cents).scaleb(-2)


def round_to_cents(amount: Decimal) -> Decimal:
    """To the nearest cent; a half goes away from zero, as on an invoice."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def allocate(total: Decimal, weights: Sequence[Decimal | int]) -> list[Decimal]:
    """Share `total` in proportion to `weights`, in cents, by largest remainder: the parts always add up.

    At equal remainders the first in the list gets the cent. A negative total mirrors the positive one.
    Weights are not negative and not all zero, else `ValueError`.
    """
    if any(weight < 0 for weight in weights) or not any(weights):
        raise ValueError("Weights must be zero or more, and one at least must count.")
    cents = to_cents(total)
    sign = -1 if cents < 0 else 1
    whole = sum((Fraction(weight) for weight in weights), Fraction(0))
    exact = [abs(cents) * Fraction(weight) / whole for weight in weights]
    parts = [int(share) for share in exact]
    by_remainder = sorted(range(len(parts)), key=lambda at: parts[at] - exact[at])
    for at in by_remainder[: abs(cents) - sum(parts)]:
        parts[at] += 1
    return [from_cents(sign * part) for part in parts]


def parse_money(text: str) -> Decimal:
    """Read an amount as typed: « 1 234,56 $ », « $1,234.56 », « 2 000\\$ », « - $ » (nothing), « (5,00) ».

    A lone comma or point before three digits (« 1,234 ») could mean two amounts: it is refused, unless a `$`
    in front says it is English. Raises `UnreadableAmount` with the text.
    """
    plain = text.translate(SPACES).translate(MINUSES).strip()
    english = re.match(r"[-( ]*\$", plain) is not None
    bare = CURRENCY.sub("", plain).strip()
    if bare == "-":
        return ZERO
    negative = bare.startswith("-") or (bare.startswith("(") and bare.endswith(")"))
    digits = bare[1:-1] if bare.startswith("(") and bare.endswith(")") else bare.removeprefix("-")
    amount = _number(digits.strip(), english=english)
    if amount is None:
        raise UnreadableAmount(text=text)
    return -amount if negative and amount else amount


def _number(digits: str, *, english: bool) -> Decimal | None:
    """Digits with separators as two-decimal dollars, or None when they cannot be read in one way only."""
    found = WITH_DECIMALS.fullmatch(digits)
    whole, cents = (found["whole"].strip(), found["cents"]) if found else (digits, "")
    decimal_mark = digits[-len(cents) - 1] if cents else ""
    if not whole and cents:
        whole = "0"
    if re.fullmatch("[0-9]+", whole) is None:
        separators = set(whole) - set("0123456789")
        mark = separators.pop() if len(separators) == 1 else ""
        if mark not in GROUPED or mark == decimal_mark:
            return None
        doubtful = mark != " " and not cents and not english and whole.count(mark) == 1
        if doubtful or not GROUPED[mark].fullmatch(whole):
            return None
        whole = whole.replace(mark, "")
    return Decimal(f"{whole}.{cents:0<2}")
