"""« Départ »: someone leaves their employer, what ends and what others take up; and they enter another’s service."""

from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cordee.people.actions import departures
from cordee.people.actions.affiliations import record_employer
from cordee.people.actions.departures import UNDONE_WITHIN, what_ends
from cordee.people.forms import DepartureForm, EmployerForm
from cordee.people.models import Affiliation, Departure, Person
from cordee.people.policy import can_record_departure, can_record_departures, can_record_employers
from cordee.people.views.duties import crumbs_of
from cordee.toolkit import clock
from cordee.toolkit.access import enforce, require_form, requires
from cordee.toolkit.contributions import hand_overs
from cordee.toolkit.flash import announce
from cordee.toolkit.refusals import Refusal

ACCOUNT_STAYS = timedelta(days=90)


@require_form
@requires(can_record_departures)
def departure(request: HttpRequest, pk: int) -> HttpResponse:
    today = clock.today()
    subject = get_object_or_404(Person.objects.visible_to(request.person, on=today).unmerged(), pk=pk)
    done = last_departure(subject)
    affiliation = done.affiliation if done else last_affiliation(subject)
    enforce(can_record_departure(request.person, affiliation, on=today))
    form = DepartureForm(request.POST or None, initial={"last_day": today, "account_last_day": today + ACCOUNT_STAYS})
    if request.method == "POST" and form.is_valid() and (made := recorded(form, affiliation, request.person, today)):
        text = _("Le départ de %(person)s est inscrit.") % {"person": subject.full_name}
        announce(request, text, undo=reverse("people:departure_undo", args=[made.person_id]))
        return redirect("people:departure", pk)
    has_left = done is not None or (affiliation.ends_on is not None and affiliation.ends_on <= today)
    context = {
        "subject": subject,
        "affiliation": affiliation,
        "departure": done,
        "form": form,
        "crumbs": crumbs_of(subject),
        "has_left": has_left,
        "ends": [] if has_left else what_would_end(affiliation, today),
        "may_undo": done is not None and clock.local_day(done.recorded_at) + UNDONE_WITHIN >= today,
        "to_hand_over": hand_overs.collect(request.person, on=today, subject=subject) if has_left else [],
    }
    return render(request, "people/departure.html", context, status=422 if form.errors else 200)


@require_form
@requires(can_record_employers)
def employer(request: HttpRequest, pk: int) -> HttpResponse:
    """Someone known enters the service of an organization."""
    today = clock.today()
    subject = get_object_or_404(Person.objects.visible_to(request.person, on=today).unmerged(), pk=pk)
    form = EmployerForm(request.POST or None, initial={"starts_on": today})
    if request.method == "POST" and form.is_valid():
        try:
            record_employer(person=subject, **form.cleaned_data, by=request.person, on=today)
        except Refusal as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            announce(request, _("L’employeur est inscrit."))
            return redirect("people:detail", pk)
    context = {"subject": subject, "form": form, "crumbs": crumbs_of(subject)}
    return render(request, "people/employer.html", context, status=422 if form.errors else 200)


def recorded(form: DepartureForm, affiliation: Affiliation, by: Person, on: date) -> Departure | None:
    """What the act gives; None when it is refused, and the form then says why."""
    assert form.ends_on is not None
    given = {"left_on": form.ends_on, "account_until": form.account_until}
    try:
        return departures.record_departure(affiliation=affiliation, **given, by=by, on=on)
    except Refusal as refusal:
        form.add_error(None, str(refusal.sentence))
    return None


def last_departure(subject: Person) -> Departure | None:
    """The one that stands, unless another employer followed it."""
    done = (
        Departure.objects.standing()
        .filter(person=subject)
        .select_related("affiliation__organization", "recorded_by")
        .order_by("-left_on", "-pk")
        .first()
    )
    if done and subject.affiliations.filter(starts_on__gte=done.left_on).exists():
        return None
    return done


def last_affiliation(subject: Person) -> Affiliation:
    """Raise 404 when nobody ever employed them."""
    found = subject.affiliations.select_related("organization", "person").order_by("-starts_on").first()
    if found is None:
        raise Http404
    return found


def what_would_end(affiliation: Affiliation, on: date) -> list[dict[str, Any]]:
    """In words, were they to leave today."""
    names = {
        "participations": _("Participations"),
        "duties": _("Fonctions"),
        "delegations": _("Ce qui lui est délégué"),
    }
    shown = {
        "participations": lambda one: f"{one.get_role_display()}, {one.group.label}",
        "duties": lambda one: one.get_code_display(),
        "delegations": lambda one: one.what,
    }
    related = {
        "participations": ("group",),
        "duties": ("organization",),
        "delegations": ("duty__organization", "membership__group"),
    }
    rows = {name: found for name, found in what_ends(affiliation, on + timedelta(days=1)) if name in names}
    return [
        {"label": names[name], "value": value}
        for name, found in rows.items()
        if (value := "; ".join(shown[name](one) for one in found.select_related(*related[name])))
    ]


@require_POST
@requires(can_record_departures)
def departure_undo(request: HttpRequest, pk: int) -> HttpResponse:
    subject = get_object_or_404(Person.objects.visible_to(request.person, on=clock.today()).unmerged(), pk=pk)
    found = Departure.objects.standing().filter(person=subject).order_by("-left_on", "-pk").first()
    if found is None:
        raise Http404
    departures.undo_departure(departure=found, by=request.person, on=clock.today())
    announce(request, _("Le départ est annulé : tout ce qu’il avait arrêté reprend."))
    return redirect("people:detail", pk)
