"""The claims of a period, and those of one centre."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cordee.people.models import Organization
from cordee.toolkit import clock
from cordee.toolkit.access import requires
from cordee.toolkit.htmx import render_page_or_part
from cordee.treasury import policy
from cordee.treasury.models import Claim, ClaimState
from cordee.treasury.models.drafts import OPEN
from cordee.treasury.models.flags import flags_by_claim
from cordee.treasury.models.listing import SORTS, counts_by_state, for_list
from cordee.treasury.models.periods import YearPeriods, period_label
from cordee.treasury.rules.periods import ClaimPeriod
from cordee.values.money import ZERO
from cordee.values.school_year import SchoolYear, UnreadableSchoolYear

ROWS = 50
STATES = {
    "brouillon": ClaimState.DRAFT,
    "soumise": ClaimState.SUBMITTED,
    "verifiee": ClaimState.VERIFIED,
    "approuvee": ClaimState.APPROVED,
    "payee": ClaimState.PAID,
    "renvoyee": ClaimState.RETURNED,
}
BADGES = {
    ClaimState.DRAFT: ("mute", "pen"),
    ClaimState.SUBMITTED: ("warn", "send"),
    ClaimState.VERIFIED: ("info", "check"),
    ClaimState.APPROVED: ("ok", "done"),
    ClaimState.PAID: ("ok", "bank"),
    ClaimState.RETURNED: ("bad", "back"),
}


@dataclass(frozen=True)
class Row:
    """A claim in a list: its figures, what is held in it, whether it is late."""

    claim: Claim
    due: date | None
    on: date
    flags: int = 0
    """Points somebody can still settle."""
    ticks: bool = False
    """Whether a bulk act may take it."""

    @property
    def badge(self) -> dict[str, str]:
        tone, icon = BADGES[ClaimState(self.claim.state)]
        return {"tone": tone, "icon": icon, "text": self.claim.get_state_display()}

    @property
    def is_late(self) -> bool:
        """Submitted after the due day, or not submitted although it has come."""
        if self.claim.state in (ClaimState.DRAFT, ClaimState.RETURNED):
            return self.due is not None and self.on >= self.due
        return bool(self.claim.submitted_late)  # type: ignore[attr-defined]  # annotated by for_list

    @property
    def period(self) -> str:
        return period_label(self.claim.period)


class ClaimListPage:
    """The claims of one period as the address asks for them."""

    def __init__(self, request: HttpRequest, on: date) -> None:
        self.request, self.on, self.person = request, on, request.person  # type: ignore[attr-defined]
        self.periods = YearPeriods.of(_year(request, on))
        self.state = request.GET.get("etat", "")
        self.sort = request.GET.get("tri", "")

    @property
    def year(self) -> str:
        return str(self.periods.year)

    @cached_property
    def period(self) -> ClaimPeriod | None:
        asked = self.request.GET.get("periode", "")
        found = (one for one in self.periods.all if one.key == asked)
        return next(found, None) or self.periods.open_on(self.on)

    @property
    def period_label(self) -> str:
        return period_label(self.period.key) if self.period else ""

    @cached_property
    def claims(self) -> Any:
        key = self.period.key if self.period else ""
        return Claim.objects.visible_to(self.person, on=self.on).filter(year=self.year, period=key)

    @cached_property
    def by_state(self) -> dict[str, Any]:
        return counts_by_state(self.claims)

    @cached_property
    def rows(self) -> Any:
        claims = for_list(self.claims, self.person, on=self.on, sort=self.sort)
        if self.state in STATES:
            claims = claims.filter(state=STATES[self.state])
        paginator = Paginator(claims, ROWS)
        paginator.count = self._count  # already counted by state: one query less
        page = paginator.get_page(self.request.GET.get("page"))
        due = self.period.due if self.period else None
        flags = flags_by_claim(list(page.object_list))
        page.object_list = [
            Row(claim, due, self.on, flags[claim.pk], claim.state in self.bulk) for claim in page.object_list
        ]
        return page

    @property
    def _count(self) -> int:
        return sum(row["count"] for row in self._counted)

    @cached_property
    def _counted(self) -> list[dict[str, Any]]:
        chosen = STATES.get(self.state)
        return [row for state, row in self.by_state.items() if chosen is None or state == chosen]

    def total_of(self, figure: str) -> Decimal:
        return sum((row[figure] for row in self._counted), ZERO)

    @property
    def figures(self) -> dict[str, Decimal]:
        return {figure: self.total_of(figure) for figure in ("claimed", "held", "total")}

    @property
    def views(self) -> list[dict[str, Any]]:
        """The states as filter links with their counts."""
        everything = sum(row["count"] for row in self.by_state.values())
        all_of_them = {"label": _("Toutes"), "url": self._address(etat=""), "current": self.state not in STATES}
        links = [{**all_of_them, "count": everything}]
        for name, state in STATES.items():
            count = self.by_state.get(state, {}).get("count", 0)
            if count or self.state == name:
                label, url = state.label, self._address(etat=name)
                links.append({"label": label, "url": url, "current": self.state == name, "count": count})
        return links

    @property
    def period_views(self) -> list[dict[str, Any]]:
        current = self.period.key if self.period else ""
        address = f"?annee={self.year}&periode="
        return [
            {"label": period_label(one.key), "url": address + one.key, "current": one.key == current}
            for one in self.periods.all
        ]

    @property
    def sorts(self) -> dict[str, dict[str, str]]:
        """For each column: where its heading leads, and how it is sorted now."""
        heads = {}
        for name in SORTS:
            asc, desc = self.sort == name, self.sort == f"-{name}"
            heads[name.replace("-", "_")] = {
                "url": self._address(tri=f"-{name}" if asc else name),
                "direction": "asc" if asc else "desc" if desc else "",
            }
        return heads

    def _address(self, **changed: str) -> str:
        query = self.request.GET.copy()
        query.pop("page", None)
        for name, value in changed.items():
            query[name] = value
            if not value:
                del query[name]
        return f"?{query.urlencode()}"

    @property
    def bulk(self) -> set[str]:
        """The states a bulk act of this person starts from."""
        states = {ClaimState.SUBMITTED: self.may["verify"], ClaimState.VERIFIED: self.may["approve"]}
        return {state.value for state, allowed in states.items() if allowed}

    @property
    def ticks(self) -> bool:
        return any(row.ticks for row in self.rows.object_list)

    @cached_property
    def may(self) -> dict[str, bool]:
        return {
            "prepare": bool(policy.prepares_claims(self.person, on=self.on)),
            "verify": bool(policy.can_verify(self.person, on=self.on)),
            "approve": bool(policy.is_treasurer(self.person, on=self.on)),
        }


@require_safe
@requires(policy.sees_claims)
def claim_list(request: HttpRequest) -> HttpResponse:
    on = clock.today()
    if not policy.oversees_claims(request.person, on=on):  # type: ignore[attr-defined]
        return redirect("treasury:organization", code=_own_code(request, on))
    context = {"list": ClaimListPage(request, on)}
    return render_page_or_part(request, "treasury/claim_list.html", "rows", context)


@require_safe
@requires(policy.sees_claims)
def organization(request: HttpRequest, code: str) -> HttpResponse:
    """A centre’s own page: its claims of the year, what it still has to do, and until when."""
    on = clock.today()
    person = request.person  # type: ignore[attr-defined]
    visible = Organization.objects.filter(pk__in=_seen_organizations(person, on))
    found = get_object_or_404(visible, code=code)
    periods = YearPeriods.of(_year(request, on))
    due = {one.key: one.due for one in periods.all}
    listed = for_list(Claim.objects.visible_to(person, on=on), person, on=on)
    claims = list(listed.filter(organization=found, year=str(periods.year)))
    flags = flags_by_claim(claims)
    rows = [Row(one, due.get(one.period), on, flags[one.pk]) for one in claims]
    context = {"organization": found, "periods": periods, "rows": sorted(rows, key=_by_period)}
    context |= {"year": periods.year, "to_submit": sum(row.claim.state in OPEN for row in rows)}
    return render_page_or_part(request, "treasury/organization.html", "rows", context)


def _by_period(row: Row) -> tuple[date, int]:
    return row.due or date.max, row.claim.sequence


def _seen_organizations(person: Any, on: date) -> Any:
    """Every member for overseers; for a centre, the organizations its people act for."""
    if person.oversees(on=on):
        return Organization.objects.values("pk")
    return policy.centres_of(person, on=on)


def _own_code(request: HttpRequest, on: date) -> str:
    own = Organization.objects.filter(pk__in=_seen_organizations(request.person, on))  # type: ignore[attr-defined]
    return own.order_by("short_name").values_list("code", flat=True)[0]


def _year(request: HttpRequest, on: date) -> str:
    asked = request.GET.get("annee", "")
    try:
        return str(SchoolYear.parse(asked)) if asked else str(SchoolYear.containing(on))
    except UnreadableSchoolYear:
        return str(SchoolYear.containing(on))


def list_address(claim: Claim) -> str:
    """The list a claim stands in."""
    return f"{reverse('treasury:claim_list')}?annee={claim.year}&periode={claim.period}"
