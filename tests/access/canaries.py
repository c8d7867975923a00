"""Before someone asks, every name they may not read becomes « Canari », every amount of another centre gets 37 cents.

No amount of the demonstration has cents: one that shows some has another centre's money in it, were it only in a sum.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.db.models import CharField, ExpressionWrapper, F, Q, Value
from django.db.models.functions import Cast, Concat

from cordee.people.models import Person
from cordee.toolkit import triggers
from cordee.toolkit.fields import MoneyField
from cordee.treasury.models import Claim, ClaimLine
from cordee.treasury.rules.codes import NOT_A_MEMBER
from tests.access.facts import Own

NAME, CENTS = "Canari", "0.37"
# In a page an amount has its sign; in a file it stands alone. 1 or 100 canaries in a sum: 37 cents, or none.
IN_PAGE = re.compile(r"\d,(?!00)\d\d\s\$")
# The seconds of an hour (13:42:17.37) are no amount.
IN_FILE = re.compile(r"(?<!:\d)\d[.,]37\d{0,12}\b")

NAMES_OF_ALL = {
    "meetings:answer": "whoever holds the signed link of an invitation answers for the person it names",
    "meetings:walk_in": "whoever takes the attendance finds anyone by name, to add those who came",
}
PUBLISHED = {
    "treasury:budget": "the budget of annexe 3, which every member reads",
    "reference:edition": "the cadre, whose annexe 3 every member reads",
    "reference:revision": "the same",
    "charter:document_pdf": "the same, whose places on a page look like amounts",
    "charter:frozen_pdf": "the same",
    "charter:frozen_source": "the same",
    **dict.fromkeys(
        ("charter:simulation", "charter:scenario_start", "charter:scenario", "charter:scenario_edit"),
        "what-ifs of those who write the cadre: annexe 3, and sums of attendance that no claim is part of",
    ),
    "toolkit:gallery": "examples of components",
}


@contextmanager
def canaries(person: Person, own: Own) -> Iterator[None]:
    point = transaction.savepoint_create()
    try:
        with triggers.set_aside():  # what a submission froze changes too
            mark(person, own)
        yield
    finally:
        transaction.savepoint_rollback(point)


def mark(person: Person, own: Own) -> None:
    Person.objects.exclude(pk__in=own.names).update(
        first_name=NAME, last_name=NAME, email=Concat(Value("canari-"), Cast("pk", CharField()), Value("@x.test"))
    )
    foreign = Claim.objects.exclude(organization__in=own.centres)
    foreign.update(claimed=marked("claimed"), held=marked("held"), total=marked("total"))
    mine = Q(attendance__person=person) | Q(code=NOT_A_MEMBER, group_id__in=own.groups)
    lines = ClaimLine.objects.filter(claim__in=foreign).exclude(pk__in=ClaimLine.objects.filter(mine).values("pk"))
    lines.update(amount=marked("amount"))


def marked(amount: str) -> ExpressionWrapper:
    money = MoneyField()
    return ExpressionWrapper(F(amount) + Value(CENTS, output_field=money), output_field=money)


def leaks_in(address: str, text: str) -> list[str]:
    """What stands around each canary, to find the place."""
    money = IN_PAGE if "<html" in text else IN_FILE
    patterns = [re.compile(NAME)] * (address not in NAMES_OF_ALL) + [money] * (address not in PUBLISHED)
    found = [match.start() for pattern in patterns for match in pattern.finditer(text)]
    return [" ".join(text[max(0, at - 100) : at + 60].split()) for at in found]
