"""The agenda of a meeting, written whole; and kept as what the group starts from."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cordee.meetings import actions
from cordee.meetings.forms import AgendaForms
from cordee.meetings.models import AgendaItem, Meeting, agenda_of, expected_memberships
from cordee.meetings.views.planning import changeable
from cordee.people.models import Person
from cordee.toolkit import clock
from cordee.toolkit.access import require_form, requires, signed_in
from cordee.toolkit.flash import announce
from cordee.toolkit.htmx import wants_part
from cordee.toolkit.refusals import Refusal

BLANK_LINES = 3


@require_form
@requires(signed_in)
def agenda(request: HttpRequest, pk: int) -> HttpResponse:
    """Buttons add, remove and raise a point without saving; « Enregistrer » saves. HTMX asks for the sum alone."""
    meeting = changeable(request, pk)
    people = {"people": owners(meeting)}
    items = list(agenda_of(meeting))
    if request.method != "POST":
        return page(request, meeting, AgendaForms(initial=lines_of(items), form_kwargs=people), items)
    forms = AgendaForms(request.POST, form_kwargs=people)
    if wants_part(request) or not forms.is_valid():
        return page(request, meeting, forms, items)
    lines = [form.cleaned_data for form in forms]
    if "save" not in request.POST:
        return page(request, meeting, AgendaForms(initial=shuffled(lines, request), form_kwargs=people), items)
    return save(request, meeting, forms, items)


def save(request: HttpRequest, meeting: Meeting, forms: Any, items: list[AgendaItem]) -> HttpResponse:
    points = [actions.Point(**form.cleaned_data) for form in forms if form.cleaned_data.get("title")]
    seen, who = request.POST.get("seen", ""), {"by": request.person, "on": clock.today()}
    try:
        actions.write_agenda(meeting=meeting, points=points, seen=seen, **who)
    except Refusal as refusal:
        return page(request, meeting, forms, items, refusal=refusal)
    announce(request, _("Ordre du jour enregistré."))
    return redirect("meetings:detail", meeting.pk)


def page(
    request: HttpRequest, meeting: Meeting, forms: Any, items: list[AgendaItem], refusal: Refusal | None = None
) -> HttpResponse:
    context = {
        "meeting": meeting,
        "formset": forms,
        "seen": actions.state_of(items) if request.method != "POST" else request.POST.get("seen", ""),
        "total": sum(minutes_of(form) for form in forms),
        "has_agenda": bool(items),
        "refusal": refusal.sentence if refusal else "",
    }
    if wants_part(request):
        return render(request, "meetings/agenda.html#sum", context)
    wrong = forms.is_bound and not forms.is_valid()
    status = refusal.status if refusal else 422 if wrong else 200
    return render(request, "meetings/agenda.html", context, status=status)


def minutes_of(form: Any) -> int:
    """As typed: a form that is not saved yet counts too."""
    text = str(form["minutes"].value() or "")
    return int(text) if text.isdecimal() else 0


def lines_of(items: list[AgendaItem]) -> list[dict[str, Any]]:
    fields = [{"item": item.pk, "title": item.title, "owner": item.owner_id, "minutes": item.minutes} for item in items]
    return fields + [{} for _number in range(BLANK_LINES)]


def shuffled(lines: list[dict[str, Any]], request: HttpRequest) -> list[dict[str, Any]]:
    """The lines after the button that was pressed: one more, one less, or one moved up."""
    moved = [{**line, "owner": line["owner"].pk if line.get("owner") else None} for line in lines]
    number = asked(request, len(lines))
    if "add" in request.POST:
        return [*moved, {}]
    if number is not None and "remove" in request.POST:
        del moved[number]
    elif number:
        moved[number - 1], moved[number] = moved[number], moved[number - 1]
    return moved


def asked(request: HttpRequest, count: int) -> int | None:
    text = request.POST.get("remove") or request.POST.get("up") or ""
    return int(text) if text.isdecimal() and int(text) < count else None


def owners(meeting: Meeting) -> dict[str, Person]:
    """The members of that day, and whoever already brings a point, by what the form sends: one query."""
    members = expected_memberships(meeting.group_id, meeting.date).order_by().values("person")
    bring = AgendaItem.objects.filter(meeting=meeting, owner__isnull=False).order_by().values("owner")
    people = Person.objects.filter(Q(pk__in=members) | Q(pk__in=bring))
    return {str(person.pk): person for person in people}


@require_POST
@requires(signed_in)
def agenda_template(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = changeable(request, pk)
    actions.save_agenda_template(meeting=meeting, by=request.person, on=clock.today())
    announce(request, _("Ordre du jour gardé comme modèle du groupe."))
    return redirect("meetings:agenda", pk)
