"""What the plan of a year comes to under two sets of rules: its communities' people, and the lines of its budget."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from cordee.charter.models.sides import Ground, Side
from cordee.charter.rules.balance import RATE, BudgetPlan, Post
from cordee.charter.rules.simulation import Cells, Pair, Where
from cordee.treasury.models import BudgetLine
from cordee.treasury.models.budget import BudgetTable, published_lines
from cordee.treasury.models.planned import Seat, planned_places, seats_of_everyone
from cordee.treasury.rules.budget import sums_of
from cordee.values.money import to_cents
from cordee.values.portion import halves_of


@dataclass(frozen=True)
class YearPlan:
    """The people the plans of `year` count today, in rows."""

    year: str
    seats: list[Seat]

    def cells(self, before: Side, after: Side) -> Cells:
        cells: Cells = {}
        for at, side in enumerate((before, after)):
            for place in planned_places(self.seats, side.book):
                seat = place.seat
                pair = cells.setdefault(Where(seat.organization, seat.group, seat.category), Pair())
                cents, halves = to_cents(place.amount), halves_of(place.days)
                pair.add(Pair(before=cents, before_halves=halves) if not at else Pair(after=cents, after_halves=halves))
        return cells

    @property
    def labels(self) -> dict[int, str]:
        return {seat.group: seat.label for seat in self.seats}


def plan_of(ground: Ground, *, on: date) -> YearPlan:
    """The plan of the coming year; that of the last lived one while it is not written. One query."""
    year = ground.base.school_year if ground.has_plan else ground.year
    day = min(max(on, year.start), year.end - timedelta(days=1))
    return YearPlan(str(year), seats_of_everyone(str(year), on=day))


def budget_of(ground: Ground) -> BudgetPlan | None:
    """The budget of the coming year, else of the last lived one; None when neither is loaded. One query."""
    coming, lived = str(ground.base.school_year), str(ground.year)
    rows = BudgetLine.objects.filter(year__in={coming, lived}).select_related("group").order_by("year", "position")
    lines = list(rows)
    if not lines:
        return None
    year = lines[-1].year
    made_with = ground.in_force.timeline.rulebooks[0] if year == lived else ground.book
    return _budget(year, [line for line in lines if line.year == year], made_with.amount(RATE))


def _budget(year: str, lines: list[BudgetLine], rate: Decimal) -> BudgetPlan:
    sums = sums_of(published_lines(lines))
    posts = (
        Post(
            line.key,
            f"{line.number}-{line.label}" if line.number else line.label,
            line.block,
            line.group_id,
            line.group.kind if line.group else "",
            line.declared_compensation,
            line.published().terms,
        )
        for line in lines
        if line.table == BudgetTable.EXPENSE and line.declared_compensation
    )
    return BudgetPlan(year, rate, sums.revenue, sums.other, tuple(posts))


def posts_by_group(budget: BudgetPlan | None) -> dict[int, Post]:
    """The first line of each group: several may bear one."""
    found: dict[int, Post] = {}
    for post in budget.posts if budget else ():
        if post.group is not None:
            found.setdefault(post.group, post)
    return found


def posts_weighed(budget: BudgetPlan, before: Side, after: Side) -> list[tuple[Post, Pair]]:
    """Each line under both sets of rules; half days are rounded down to whole ones."""
    return [
        (
            post,
            Pair(
                to_cents(budget.amount(post, before.book)),
                to_cents(budget.amount(post, after.book)),
                halves_of(budget.days(post, before.book)),
                halves_of(budget.days(post, after.book)),
            ),
        )
        for post in budget.posts
    ]
