"""The bodies of the cooperative, and one of them: who sits on it, how it meets, what it decided."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cordee.governance import policy
from cordee.governance.models import Body, Decision, Mandate
from cordee.governance.views.scope import body_at
from cordee.meetings.models import Meeting
from cordee.people.models import Membership, Person
from cordee.reference.citation import label_of, rule_anchor
from cordee.reference.models import rules_on
from cordee.reference.rulebook import NoRulebook, Rule, Rulebook
from cordee.reference.wording import in_words
from cordee.toolkit import clock
from cordee.toolkit.access import requires, signed_in
from cordee.toolkit.contributions import group_panels
from cordee.values.school_year import SchoolYear

SHOWN = 8
# What the cadre says of how a body meets, by the end of the key, in the order it is shown.
LIMITS = ("members", "meetings-max", "meetings", "meeting-minutes", "modality")


@require_safe
@requires(signed_in)
def bodies(request: HttpRequest) -> HttpResponse:
    today = clock.today()
    rules = rules_or_none(today)
    shown = [{"body": body, "most": most_meetings(rules, body)} for body in with_counts(today)]
    return render(request, "governance/list.html", {"shown": shown, "year": str(SchoolYear.containing(today))})


def with_counts(on: date) -> QuerySet[Body]:
    """`people` of the day and `meetings` of the year, in the same query."""
    group = OuterRef("group")
    people = Membership.objects.current(on).filter(group=group).order_by().values("group")
    held = Meeting.objects.in_year(SchoolYear.containing(on)).filter(group=group, cancellation=None)
    meetings = held.order_by().values("group")
    return Body.objects.select_related("group").annotate(
        people=Coalesce(Subquery(people.annotate(n=Count("pk")).values("n")), 0),
        meetings=Coalesce(Subquery(meetings.annotate(n=Count("pk")).values("n")), 0),
    )


def most_meetings(rules: Rulebook | None, body: Body) -> int | None:
    prefix = f"body.{body.key}"
    if rules is None:
        return None
    return rules.optional_count(f"{prefix}.meetings-max") or rules.optional_count(f"{prefix}.meetings")


def rules_or_none(on: date) -> Rulebook | None:
    try:
        return rules_on(on)
    except NoRulebook:
        return None


@require_safe
@requires(signed_in)
def body(request: HttpRequest, key: str) -> HttpResponse:
    shown, today = body_at(key), clock.today()
    rules = rules_or_none(today)
    decisions = Decision.objects.visible_to(request.person, on=today).filter(body=shown).for_list()
    context = {
        "body": shown,
        "crumbs": [{"label": _("Instances"), "url": reverse("governance:list")}],
        "composition": rules.find(f"body.{key}.composition") if rules else None,
        "limits": list(limits(rules, key)) if rules else [],
        "seats": seats(rules, shown, request.person, on=today) if rules else [],
        "decisions": decisions[:SHOWN],
        "may_record": bool(policy.can_record(request.person, shown, on=today)),
        "may_name": bool(policy.can_name(request.person, on=today)),
        "panels": group_panels.collect(request.person, on=today, group=shown.group),
    }
    return render(request, "governance/body.html", context)


def limits(rules: Rulebook, key: str) -> Iterator[dict[str, Any]]:
    address = reverse("reference:edition", args=[str(rules.year)])
    for end in LIMITS:
        if rule := rules.find(f"body.{key}.{end}"):
            where = f"{address}#{rule_anchor(rule.key)}"
            yield {"label": label_of(rule), "value": in_words(rule), "url": where}


@dataclass(frozen=True)
class ShownSeat:
    """A seat of the rules, who holds it on the day, and who held or will hold it where one may know."""

    label: str
    number: int
    holder: Mandate | None
    others: list[Mandate]
    may_give_notice: bool


def seats(rules: Rulebook, body: Body, viewer: Person, *, on: date) -> list[ShownSeat]:
    """One query for all the mandates."""
    found = Mandate.objects.filter(seat__body=body).select_related("seat", "person", "notice").order_by("-starts_on")
    mandates = list(found if policy.can_see_past_mandates(viewer, body, on=on) else found.current(on))
    return [
        shown_seat(rule, code, rank, mandates, viewer, on)
        for code, rule in seat_rules(rules, body)
        for rank in range(1, int(rule.value) + 1)
    ]


def seat_rules(rules: Rulebook, body: Body) -> Iterator[tuple[str, Rule]]:
    for rule in rules.section(f"body.{body.key}.seat"):
        yield rule.key.rpartition(".")[2], rule


def shown_seat(rule: Rule, code: str, rank: int, mandates: list[Mandate], viewer: Person, on: date) -> ShownSeat:
    here = [one for one in mandates if (one.seat.code, one.seat.rank) == (code, rank)]
    holder = next((one for one in here if one.starts_on <= on < one.ends_on), None)
    may = holder is not None and bool(policy.can_give_notice(viewer, holder, on=on))
    return ShownSeat(
        label_of(rule), rank if int(rule.value) > 1 else 0, holder, [one for one in here if one is not holder], may
    )
