"""What someone may do and because of which fact, and who may do a thing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from cordee.people.forms import RightsFilter
from cordee.people.models import Delegation, Duty, Person
from cordee.people.models.facts import Fact, facts
from cordee.people.policy import can_keep_duties, can_see_rights
from cordee.people.rights import Right
from cordee.toolkit import clock
from cordee.toolkit.access import requires, signed_in
from cordee.toolkit.contributions import rights
from cordee.toolkit.listing import ListColumn, Listing


@dataclass(frozen=True, slots=True)
class Given:
    """A right and the facts that give it."""

    right: Right
    facts: list[Fact]


def all_rights() -> list[Right]:
    return sorted(rights.collect(), key=lambda right: right.name)


def given_to(held: Iterable[Fact]) -> list[Given]:
    """What these facts of one person give, without a query."""
    held = list(held)
    found = [Given(right, [fact for fact in held if gives(right, fact)]) for right in all_rights()]
    return [one for one in found if one.facts]


def gives(right: Right, fact: Fact, **scope: Any) -> bool:
    if fact.kind == "role" and right.bodies not in (None, fact.is_body):
        return False
    return right.rests_on(fact.kind, fact.code, fact.where, **scope) and (right.is_lent or fact.lender is None)


@require_safe
@requires(signed_in)
def my_rights(request: HttpRequest) -> HttpResponse:
    today, person = clock.today(), request.person
    given = Delegation.objects.standing().filter(delegator=person, ends_on__gt=today)
    mine = rights_of(person, today)
    context = {
        **mine,
        "may_delegate": any(fact.is_lendable for fact in mine["facts"]),
        "delegations": given.with_facts().order_by("starts_on", "pk"),
        "may_see_all": bool(can_see_rights(person, on=today)),
        "received": Delegation.objects.current(today).filter(delegate=person).with_facts().order_by("starts_on", "pk"),
    }
    return render(request, "people/my_rights.html", context)


def rights_of(person: Person, on: date) -> dict[str, Any]:
    held = facts(on, person=person)
    return {
        "facts": [fact for fact in held if any(gives(right, fact) for right in all_rights())],
        "given": given_to(held),
    }


@require_safe
@requires(can_see_rights)
def person_rights(request: HttpRequest, pk: int) -> HttpResponse:
    today = clock.today()
    subject = get_object_or_404(Person.objects.visible_to(request.person, on=today).unmerged(), pk=pk)
    crumbs = [
        {"label": _("Personnes"), "url": reverse("people:list")},
        {"label": subject.full_name, "url": reverse("people:detail", args=[pk])},
    ]
    return render(
        request, "people/person_rights.html", {**rights_of(subject, today), "subject": subject, "crumbs": crumbs}
    )


COLUMNS = (
    ListColumn("name", gettext_lazy("Personne"), lambda fact: f"{fact.person.last_name}, {fact.person.first_name}"),
    ListColumn("fact", gettext_lazy("Ce qui le lui permet"), lambda fact: fact.title),
    ListColumn("since", gettext_lazy("Depuis le"), lambda fact: fact.starts_on, kind="date", wide=True),
    ListColumn("until", gettext_lazy("Dernier jour"), lambda fact: fact.last_day, kind="date", wide=True),
    ListColumn(
        "for", gettext_lazy("Au nom de"), lambda fact: fact.lender.full_name if fact.lender else "", file_only=True
    ),
)


@require_safe
@requires(can_see_rights)
def who_may(request: HttpRequest) -> HttpResponse:
    """The people who may do a thing on a day, and the fact by which they may."""
    form = RightsFilter(request.GET, rights=all_rights())
    form.is_valid()
    asked = form.cleaned_data
    right = next((one for one in all_rights() if one.name == asked.get("right")), None)
    found = people_who_may(right, asked) if right else []
    listing = Listing(request, found, COLUMNS, title=_("Qui peut"), form=form)  # type: ignore[arg-type]
    return listing.response(
        "people/who_may.html",
        {"right": right, "pending": pending(), "may_keep": can_keep_duties(request.person, on=clock.today())},
    )


def people_who_may(right: Right, asked: dict[str, Any]) -> list[Fact]:
    day, organization, group = asked.get("day") or clock.today(), asked.get("organization"), asked.get("group")
    scope = {"organization": organization and organization.pk, "group": group and group.pk}
    return [fact for fact in facts(day) if fact.person.merged_into_id is None and gives(right, fact, **scope)]


def pending() -> list[Duty]:
    """The duties that wait for another person to confirm them."""
    waiting = Duty.objects.filter(is_pending=True).select_related("person", "organization", "recorded_by")
    return list(waiting.order_by("starts_on", "pk"))
