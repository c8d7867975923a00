"""The directory: the people one may see, and one person with what binds them."""

from datetime import date
from operator import attrgetter
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from cordee.people.actions.reading import note_reading
from cordee.people.forms import DirectoryFilter
from cordee.people.models import Affiliation, Duty, Group, GroupKind, Person
from cordee.people.policy import (
    can_correct_person,
    can_merge,
    can_open_accounts,
    can_oversee_duties,
    can_record_duty,
    can_record_employers,
    can_see_rights,
)
from cordee.people.rights import DEPARTURES, KEEPERS
from cordee.people.views.correcting import corrections
from cordee.toolkit import clock
from cordee.toolkit.access import requires, signed_in
from cordee.toolkit.contributions import person_panels
from cordee.toolkit.listing import ListColumn, Listing

NAME = ("last_name__plain", "first_name__plain")
COLUMNS = (
    ListColumn("name", gettext_lazy("Nom"), lambda one: f"{one.last_name}, {one.first_name}", order=NAME),
    ListColumn("organization", gettext_lazy("Organisation"), attrgetter("employer"), order=("employer_name", *NAME)),
    ListColumn(
        "category", gettext_lazy("Catégorie"), attrgetter("category_label"), order=("category", *NAME), wide=True
    ),
    ListColumn("email", gettext_lazy("Courriel"), attrgetter("email"), order=("email", *NAME), wide=True),
)


@require_safe
@requires(signed_in)
def people(request: HttpRequest) -> HttpResponse:
    today = clock.today()
    form = DirectoryFilter(request.GET)
    form.is_valid()
    found = Person.objects.visible_to(request.person, on=today).unmerged().matching(**form.cleaned_data, on=today)
    listing = Listing(request, found.with_employer(today), COLUMNS, title=_("Personnes"), form=form)
    return listing.response(
        "people/list.html",
        {"may_merge": can_merge(request.person, on=today), "may_see_rights": can_see_rights(request.person, on=today)},
    )


@require_safe
@requires(signed_in)
def person(request: HttpRequest, pk: int) -> HttpResponse:
    today = clock.today()
    subject = get_object_or_404(Person.objects.visible_to(request.person, on=today), pk=pk)
    note_reading(subject=subject, by=request.person)
    opened = Group.objects.visible_to(request.person, on=today).exclude(kind=GroupKind.BODY)
    memberships = subject.memberships.annotate(opens=Exists(opened.filter(pk=OuterRef("group"))))
    affiliations = list(subject.affiliations.select_related("organization").order_by("-starts_on"))
    duties = list(subject.duties.select_related("organization").order_by("-starts_on"))
    context = {
        "subject": subject,
        "crumbs": [{"label": _("Personnes"), "url": reverse("people:list")}, {"label": subject.email or "", "url": ""}],
        "lede": employed_as(affiliations, today),
        "affiliations": affiliations,
        "memberships": memberships.select_related("group", "team").order_by("group__number", "starts_on"),
        "duties": duties,
        "aliases": subject.aliases.order_by("kind", "value"),
        "panels": person_panels.collect(request.person, on=today, subject=subject),
        **what_one_may_do(request.person, subject, affiliations, duties, on=today),
        "corrections": corrections(subject, viewer=request.person),
    }
    return render(request, "people/detail.html", context)


def what_one_may_do(
    viewer: Person, subject: Person, affiliations: list[Affiliation], duties: list[Duty], *, on: date
) -> dict[str, Any]:
    """The acts the page offers; no query."""
    return {
        "may_merge": can_merge(viewer, on=on),
        "may_open_accounts": can_open_accounts(viewer, on=on),
        "may_see_rights": can_see_rights(viewer, on=on),
        "may_record_duty": can_record_duty(viewer, subject, on=on),
        "may_oversee_duties": can_oversee_duties(viewer, on=on),
        "may_record_employer": not employed(affiliations, on) and can_record_employers(viewer, on=on),
        "may_record_departure": may_record_departure(viewer, affiliations, duties, on=on),
        "may_correct": can_correct_person(viewer, on=on),
    }


def may_record_departure(viewer: Person, affiliations: list[Affiliation], duties: list[Duty], *, on: date) -> bool:
    """As `can_record_departure` says of the latest employer, from the rows the page has read. No query."""
    latest = affiliations[0] if affiliations else None
    if latest is None or latest.person_id == viewer.pk:
        return False
    of_the_house = any(duty.organization_id is None and duty.is_current(on) for duty in duties)
    if of_the_house and not viewer.holds(*KEEPERS, on=on):
        return False
    return DEPARTURES.held_by(viewer, on=on, organization=latest.organization_id)


def employed_as(affiliations: list[Affiliation], on: date) -> str:
    """« Professionnelle, professionnel · CSS des Patriotes », on that day."""
    if one := employed(affiliations, on):
        return " · ".join(filter(None, [one.get_category_display(), one.organization.name]))
    return _("Aucun employeur aujourd’hui")


def employed(affiliations: list[Affiliation], on: date) -> Affiliation | None:
    current = (one for one in affiliations if one.starts_on <= on and (one.ends_on is None or on < one.ends_on))
    return next(current, None)
