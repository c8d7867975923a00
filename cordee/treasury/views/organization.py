"""A centre’s own page: its claims period by period, of this year and the others, and what it still has to do."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from cordee.people.models import Organization, Person
from cordee.toolkit import clock, formats
from cordee.toolkit.access import requires
from cordee.toolkit.htmx import render_page_or_part
from cordee.treasury import policy
from cordee.treasury.models import Claim, ClaimState
from cordee.treasury.models.drafts import OPEN
from cordee.treasury.models.flags import flags_by_claim
from cordee.treasury.models.listing import for_list
from cordee.treasury.models.periods import YearPeriods, period_label
from cordee.treasury.models.planned import Planned, planned_for
from cordee.treasury.rules.periods import ClaimPeriod
from cordee.treasury.views.claims import Row, asked_year, seen_organizations
from cordee.values.money import ZERO


@dataclass(frozen=True, slots=True)
class YearBlock:
    """One school year: its claims with their sums, and the periods that have none yet."""

    year: str
    rows: list[Row]
    to_come: list[ClaimPeriod]

    @property
    def claimed(self) -> Decimal:
        return sum((row.claim.claimed for row in self.rows), ZERO)

    @property
    def held(self) -> Decimal:
        return sum((row.claim.held for row in self.rows), ZERO)

    @property
    def total(self) -> Decimal:
        return sum((row.claim.total for row in self.rows), ZERO)

    @property
    def paid(self) -> Decimal:
        """What was paid: a balance carried was not."""
        return sum((max(row.claim.total, ZERO) for row in self.rows if row.claim.state == ClaimState.PAID), ZERO)

    @property
    def coming(self) -> list[tuple[str, date]]:
        return [(period_label(period.key), period.due) for period in self.to_come]


class OrganizationPage:
    """What one person sees of a centre, for the year asked first."""

    def __init__(self, organization: Organization, person: Person, periods: YearPeriods, on: date) -> None:
        self.organization, self.person, self.periods, self.on = organization, person, periods, on

    @property
    def year(self) -> str:
        return str(self.periods.year)

    @cached_property
    def rows(self) -> list[Row]:
        visible = Claim.objects.visible_to(self.person, on=self.on).filter(organization=self.organization)
        claims = list(for_list(visible, self.person, on=self.on))
        flags = flags_by_claim(claims)
        due = {(self.year, one.key): one.due for one in self.periods.all}
        return [Row(one, due.get((one.year, one.period)), self.on, flags[one.pk]) for one in claims]

    @cached_property
    def current(self) -> YearBlock:
        return self._block(self.year)

    @cached_property
    def blocks(self) -> list[YearBlock]:
        """The year asked for, then the others, the latest first."""
        others = {row.claim.year for row in self.rows} - {self.year}
        return [self.current, *(self._block(year) for year in sorted(others, reverse=True))]

    @cached_property
    def planned(self) -> Planned:
        return planned_for(self.organization, self.periods.timeline, self.periods.year, on=self.on)

    @property
    def part(self) -> Decimal | None:
        return self.current.total / self.planned.amount if self.planned.amount else None

    @property
    def lede(self) -> str:
        """What it still has to do this year, and until when."""
        waiting = [row for row in self.current.rows if row.claim.state in OPEN and row.due]
        if not waiting:
            return _("Rien à soumettre aujourd’hui.")
        first = min(row.due for row in waiting if row.due)
        said = ngettext(
            "%(count)s réclamation à soumettre avant le %(due)s.",
            "%(count)s réclamations à soumettre, la première avant le %(due)s.",
            len(waiting),
        )
        return said % {"count": len(waiting), "due": formats.date_long(first)}

    def _block(self, year: str) -> YearBlock:
        rows = sorted((row for row in self.rows if row.claim.year == year), key=_by_period)
        known = {row.claim.period for row in rows}
        to_come = [one for one in self.periods.all if one.key not in known] if year == self.year else []
        return YearBlock(year, rows, to_come)


def _by_period(row: Row) -> tuple[date, str, int]:
    return row.due or date.max, row.claim.period, row.claim.sequence


@require_safe
@requires(policy.sees_claims)
def organization(request: HttpRequest, code: str) -> HttpResponse:
    on = clock.today()
    person = request.person  # type: ignore[attr-defined]
    visible = Organization.objects.filter(pk__in=seen_organizations(person, on))
    found = get_object_or_404(visible, code=code)
    page = OrganizationPage(found, person, YearPeriods.of(asked_year(request, on)), on)
    return render_page_or_part(request, "treasury/organization.html", "rows", {"shown": page, "organization": found})
