"""The claims of a period, side by side."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from cordee.people.models import Organization
from cordee.toolkit import clock, formats
from cordee.toolkit.access import requires
from cordee.toolkit.htmx import render_page_or_part
from cordee.treasury import policy
from cordee.treasury.models import Claim, ClaimState
from cordee.treasury.models.drafts import OPEN
from cordee.treasury.models.flags import flags_by_claim
from cordee.treasury.models.listing import SORTS, counts_by_state, for_list
from cordee.treasury.models.periods import YearPeriods, period_label, period_name
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

    def __init__(self, request: HttpRequest, on: date, *, year: str = "", period: str = "") -> None:
        """`year` and `period` are those of a file’s address; a page has them in its query. Raise 404 when unknown."""
        self.request, self.on, self.person = request, on, request.person  # type: ignore[attr-defined]
        self.asked = period or request.GET.get("periode", "")
        try:
            self.periods = YearPeriods.of(year or asked_year(request, on))
        except UnreadableSchoolYear:
            raise Http404 from None
        if period and period not in {one.key for one in self.periods.all}:
            raise Http404
        self.state = request.GET.get("etat", "")
        self.sort = request.GET.get("tri", "")

    @property
    def year(self) -> str:
        return str(self.periods.year)

    @cached_property
    def period(self) -> ClaimPeriod | None:
        found = (one for one in self.periods.all if one.key == self.asked)
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
        return counts_by_state(self.claims, self.person, on=self.on)

    @property
    def everything(self) -> int:
        return sum(row["count"] for row in self.by_state.values())

    @property
    def awaits(self) -> str:
        """What awaits this person, in one sentence; nothing when nothing does."""
        count = sum(row["awaits"] for row in self.by_state.values())
        if not count:
            return ""
        said = ngettext("%(count)s réclamation vous attend.", "%(count)s réclamations vous attendent.", count)
        return said % {"count": count}

    @property
    def lede(self) -> str:
        if self.period is None:
            said = _("Le cadre de référence %(year)s n’est pas en vigueur : il n’y a rien à réclamer.")
            return said % {"year": self.year}
        if not self.everything:
            return _("Rien n’est encore préparé pour cette période.")
        open_ones = sum(row["count"] for state, row in self.by_state.items() if state in OPEN)
        return _still_to_submit(open_ones, self.everything, self.period, late=self.period.is_late(self.on))

    @property
    def file_title(self) -> str:
        """`Réclamations, mi-année 2024-2025`, and the state when only one is shown."""
        about = {"period": period_name(self.period.key) if self.period else "", "year": self.year}
        title = _("Réclamations, %(period)s %(year)s") % about
        if self.state not in STATES:
            return title
        return _("%(title)s, à l’état « %(state)s »") % {"title": title, "state": STATES[self.state].label}

    @property
    def filtered(self) -> str:
        """The address of what is on screen, for its files."""
        query = self.request.GET.copy()
        kept = {name: query[name] for name in ("etat", "tri") if query.get(name)}
        return f"?{urlencode(kept)}" if kept else ""

    def listed(self) -> Any:
        """The claims the address asks for, in its order."""
        claims = for_list(self.claims, self.person, on=self.on, sort=self.sort)
        return claims.filter(state=STATES[self.state]) if self.state in STATES else claims

    @cached_property
    def rows(self) -> Any:
        paginator = Paginator(self.listed(), ROWS)
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
        figures = {figure: self.total_of(figure) for figure in ("claimed", "held", "total")}
        return {**figures, "reduced": figures["claimed"] - figures["held"] - figures["total"]}

    @property
    def views(self) -> list[dict[str, Any]]:
        """The states as filter links with their counts."""
        all_of_them = {"label": _("Toutes"), "url": self._address(etat=""), "current": self.state not in STATES}
        links = [{**all_of_them, "count": self.everything}]
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


def _still_to_submit(count: int, everything: int, period: ClaimPeriod, *, late: bool) -> str:
    about = {"count": count, "everything": everything, "due": formats.date_long(period.due)}
    if not count:
        return ngettext("La seule réclamation est soumise.", "Les %(everything)s sont soumises.", everything) % about
    if late:
        said = ngettext(
            "%(count)s sur %(everything)s n’est pas soumise : l’échéance était le %(due)s.",
            "%(count)s sur %(everything)s ne sont pas soumises : l’échéance était le %(due)s.",
            count,
        )
        return said % about
    said = ngettext(
        "%(count)s sur %(everything)s reste à soumettre avant le %(due)s.",
        "%(count)s sur %(everything)s restent à soumettre avant le %(due)s.",
        count,
    )
    return said % about


@require_safe
@requires(policy.sees_claims)
def claim_list(request: HttpRequest) -> HttpResponse:
    on = clock.today()
    if not policy.oversees_claims(request.person, on=on):  # type: ignore[attr-defined]
        return redirect("treasury:organization", code=_own_code(request, on))
    context = {"list": ClaimListPage(request, on)}
    return render_page_or_part(request, "treasury/claim_list.html", "rows", context)


def seen_organizations(person: Any, on: date) -> Any:
    """Every member for overseers; for a centre, the organizations its people act for."""
    if person.oversees(on=on):
        return Organization.objects.values("pk")
    return policy.centres_of(person, on=on)


def _own_code(request: HttpRequest, on: date) -> str:
    own = Organization.objects.filter(pk__in=seen_organizations(request.person, on))  # type: ignore[attr-defined]
    return own.order_by("short_name").values_list("code", flat=True)[0]


def asked_year(request: HttpRequest, on: date) -> str:
    asked = request.GET.get("annee", "")
    try:
        return str(SchoolYear.parse(asked)) if asked else str(SchoolYear.containing(on))
    except UnreadableSchoolYear:
        return str(SchoolYear.containing(on))
