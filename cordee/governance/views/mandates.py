"""Naming the members of a body, and their notice of the year to come."""

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cordee.governance import actions, policy
from cordee.governance.forms import NamingForm, NoticeForm
from cordee.governance.models import Body, Mandate
from cordee.governance.views.bodies import rules_or_none, seat_rules
from cordee.governance.views.scope import body_at, tried
from cordee.people.models import Affiliation, Duty, DutyCode, Person, StaffCategory
from cordee.reference.citation import label_of
from cordee.toolkit import clock
from cordee.toolkit.access import enforce, require_form, requires, signed_in
from cordee.toolkit.flash import announce
from cordee.toolkit.formats import date_long


@require_form
@requires(policy.can_name)
def naming(request: HttpRequest, key: str) -> HttpResponse:
    body, today = body_at(key), clock.today()
    choices = seat_choices(body)
    form = NamingForm(
        request.POST or None, seats=choices, people=eligible(), initial={"seat": request.GET.get("siege", "")}
    )
    if request.method == "POST" and form.is_valid():
        code, _colon, rank = form.cleaned_data["seat"].rpartition(":")
        given = {"person": form.cleaned_data["person"], "starts_on": form.cleaned_data["starts_on"]}
        act = {"body": body, "code": code, "rank": int(rank), **given, "by": request.person, "on": today}
        if mandate := tried(form, actions.name_member, **act):
            text = _("%(who)s siège du %(start)s au %(end)s (exclu).")
            days = {"start": date_long(mandate.starts_on), "end": date_long(mandate.ends_on)}
            undo = reverse("governance:mandate_withdrawal", args=[mandate.pk])
            announce(request, text % {"who": mandate.person.full_name, **days}, undo=undo)
            return redirect("governance:body", key)
    crumbs = [{"label": body.group.label, "url": reverse("governance:body", args=[key])}]
    context = {"form": form, "crumbs": crumbs, "seats": choices}
    return render(request, "governance/naming.html", context, status=422 if form.errors else 200)


def seat_choices(body: Body) -> list[tuple[str, str]]:
    """`chair:2` and its label, for each seat of the cadre of today."""
    rules = rules_or_none(clock.today())
    return [
        (f"{code}:{rank}", label_of(rule) if rule.value == "1" else f"{label_of(rule)} ({rank})")
        for code, rule in (seat_rules(rules, body) if rules else ())
        for rank in range(1, int(rule.value) + 1)
    ]


def eligible() -> QuerySet[Person]:
    """Managers of the day, and directors general."""
    today = clock.today()
    managers = Affiliation.objects.current(today).filter(category=StaffCategory.MANAGER)
    directors = Duty.objects.current(today).filter(code=DutyCode.DIRECTOR_GENERAL)
    named = Q(pk__in=managers.values("person")) | Q(pk__in=directors.values("person"))
    return Person.objects.unmerged().filter(named).order_by("last_name__plain", "first_name__plain", "pk")


@require_POST
@requires(policy.can_name)
def withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    mandate = get_object_or_404(Mandate.objects.select_related("seat__body"), pk=pk)
    actions.withdraw_mandate(mandate=mandate, by=request.person, on=clock.today())
    announce(request, _("Mandat retiré."))
    return redirect("governance:body", mandate.seat.body.key)


def theirs(request: HttpRequest, pk: int) -> Mandate:
    """One’s own mandate, or another’s for who keeps them."""
    today = clock.today()
    found = Mandate.objects.select_related("seat__body__group", "person", "notice")
    mine = found if policy.can_name(request.person, on=today) else found.filter(person=request.person)
    mandate = get_object_or_404(mine, pk=pk)
    enforce(policy.can_give_notice(request.person, mandate, on=today))
    return mandate


@require_form
@requires(signed_in)
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    mandate, today = theirs(request, pk), clock.today()
    form = NoticeForm(request.POST or None, initial={"said_on": today})
    if request.method == "POST" and form.is_valid():
        given = {"mandate": mandate, **form.cleaned_data, "by": request.person, "on": today}
        if written := tried(form, actions.give_notice, **given):
            text = _("Avis inscrit, en retard.") if written.is_late else _("Avis inscrit.")
            announce(request, text, undo=reverse("governance:notice_withdrawal", args=[pk]))
            return redirect("governance:body", mandate.seat.body.key)
    crumbs = [{"label": mandate.seat.body.group.label, "url": reverse("governance:body", args=[mandate.seat.body.key])}]
    context = {"form": form, "crumbs": crumbs, "mandate": mandate}
    return render(request, "governance/notice.html", context, status=422 if form.errors else 200)


@require_POST
@requires(signed_in)
def notice_withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    mandate = theirs(request, pk)
    actions.withdraw_notice(mandate=mandate, by=request.person, on=clock.today())
    announce(request, _("Avis retiré : le mandat finit de nouveau le jour prévu."))
    return redirect("governance:body", mandate.seat.body.key)
