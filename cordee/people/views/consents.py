"""« Mes consentements »: each purpose apart, in its own words; and for who must ask first, who consents to what."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from cordee.people.actions.consents import give_consent, restore_consent, withdraw_consent
from cordee.people.forms import ConsentFilter, ConsentForm
from cordee.people.models import Consent, Person, Purpose, purposes
from cordee.people.policy import can_read_consents
from cordee.toolkit import clock
from cordee.toolkit.access import requires, signed_in
from cordee.toolkit.flash import announce
from cordee.toolkit.listing import ListColumn, Listing

COLUMNS = (
    ListColumn(
        "person",
        gettext_lazy("Personne"),
        lambda one: one.person.full_name,
        order=("person__last_name__plain", "person__first_name__plain"),
    ),
    ListColumn("purpose", gettext_lazy("Finalité"), lambda one: one.about.title, order=("purpose",)),
    ListColumn(
        "given", gettext_lazy("Donné le"), lambda one: one.given_on, order=("given_on",), kind="date", wide=True
    ),
    ListColumn("until", gettext_lazy("Dernier jour"), lambda one: one.last_day, order=("ends_on",), kind="date"),
    ListColumn("version", gettext_lazy("Version du texte"), lambda one: one.version, wide=True, kind="number"),
)


@require_safe
@requires(signed_in)
def my_consents(request: HttpRequest) -> HttpResponse:
    return render(request, "people/consents.html", page_of(request.person))


def page_of(person: Person, *, wrong: ConsentForm | None = None) -> dict[str, Any]:
    """One query: the purposes with what stands today, and all that was ever given."""
    today = clock.today()
    given = list(Consent.objects.filter(person=person))
    asked = []
    for purpose in purposes().values():
        version = purpose.version_on(today)
        mine = [one for one in given if one.purpose == purpose.key and not one.withdrawn_at and one.ends_on > today]
        standing = next((one for one in mine if one.version == version.number), None)
        form = wrong if wrong and wrong.purpose == purpose else ConsentForm(purpose=purpose)
        older = bool(mine) and standing is None
        asked.append({"purpose": purpose, "version": version, "standing": standing, "form": form, "older": older})
    crumbs = [{"label": _("Mes renseignements"), "url": reverse("privacy:mine")}]
    return {"asked": asked, "given": given, "today": today, "crumbs": crumbs}


@require_POST
@requires(signed_in)
def consent(request: HttpRequest, key: str) -> HttpResponse:
    purpose, form = _purpose(key), ConsentForm(request.POST, purpose=_purpose(key))
    if not form.is_valid():
        return render(request, "people/consents.html", page_of(request.person, wrong=form), status=422)
    person = request.person
    version = form.cleaned_data["version"]
    given = give_consent(person=person, purpose=purpose, version=version, by=person, on=clock.today())
    announce(request, _("Votre consentement est noté."), undo=reverse("people:withdraw_consent", args=[given.pk]))
    return redirect("people:consents")


def _purpose(key: str) -> Purpose:
    if key not in purposes():
        raise Http404
    return purposes()[key]


@require_POST
@requires(signed_in)
def withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    given = _own(request, pk)
    withdraw_consent(consent=given, by=request.person, on=clock.today())
    announce(request, _("Votre consentement est retiré."), undo=reverse("people:restore_consent", args=[pk]))
    return redirect("people:consents")


@require_POST
@requires(signed_in)
def restoring(request: HttpRequest, pk: int) -> HttpResponse:
    restore_consent(consent=_own(request, pk), by=request.person, on=clock.today())
    announce(request, _("Votre consentement vaut toujours."))
    return redirect("people:consents")


def _own(request: HttpRequest, pk: int) -> Consent:
    return get_object_or_404(Consent.objects.filter(person=request.person).select_related("person"), pk=pk)


@require_safe
@requires(can_read_consents)
def consents(request: HttpRequest) -> HttpResponse:
    """Those that count today, in today’s words."""
    form = ConsentFilter(request.GET)
    form.is_valid()
    listing = Listing(request, _valid(form.cleaned_data), COLUMNS, title=_("Consentements"), form=form)
    return listing.response("people/consent_list.html", {"views": registers("consents")})


def registers(current: str) -> list[dict[str, Any]]:
    """The registers of privacy, of which this is one."""
    names = {"requests": _("Demandes"), "incidents": _("Incidents"), "consents": _("Consentements")}
    addresses = {"requests": "privacy:requests", "incidents": "privacy:incidents", "consents": "people:consent_list"}
    return [
        {"label": label, "url": reverse(addresses[key]), "current": key == current, "count": ""}
        for key, label in names.items()
    ]


def _valid(asked: dict[str, Any]) -> Any:
    today = clock.today()
    people = Person.objects.matching(q=asked.get("q") or "", on=today)
    wanted = asked.get("purpose")
    found = Consent.objects.none()
    for purpose in purposes().values():
        if not wanted or purpose.key == wanted:
            found |= Consent.objects.valid_for(purpose, on=today)
    named = found.filter(person__in=people.order_by().values("pk")) if asked.get("q") else found
    return named.select_related("person").order_by("person__last_name__plain", "person__first_name__plain", "pk")
