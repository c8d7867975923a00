"""Someone who came without being expected: found by name, or recorded on the spot."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cordee.meetings import actions, policy
from cordee.meetings.forms import WalkInForm
from cordee.meetings.models import AttendanceChange, Line, Meeting, roster_of
from cordee.meetings.views.roster import undo_url
from cordee.meetings.views.scope import visible_meeting
from cordee.people.actions.persons import create_person
from cordee.people.models import Person
from cordee.people.names import named, namesakes
from cordee.toolkit import clock
from cordee.toolkit.access import enforce, require_form, requires, signed_in
from cordee.toolkit.flash import announce
from cordee.toolkit.htmx import render_page_or_part
from cordee.toolkit.refusals import Refusal, Unreadable
from cordee.values.verdict import YES, Verdict

SHOWN = 8
TEMPLATE = "meetings/walk_in.html"


@require_form
@requires(signed_in)
def walk_in(request: HttpRequest, pk: int) -> HttpResponse:
    """GET searches (`q`); POST adds `person`."""
    today = clock.today()
    meeting = visible_meeting(request.person, pk, on=today)
    enforce(policy.can_mark(request.person, meeting, on=today))
    if request.method == "POST":
        chosen = request.POST.get("person", "")
        if not chosen.isdecimal() or len(chosen) > 18:
            raise Unreadable
        person = get_object_or_404(Person.objects.unmerged(), pk=chosen)
        change = actions.add_walk_in(meeting=meeting, person=person, by=request.person, on=today)
        return added(request, meeting, person, change)
    words = request.GET.get("q", "").strip()
    first, _space, last = words.partition(" ")
    form = WalkInForm(initial={"first_name": first, "last_name": last})
    return page(request, meeting, words=words, form=form)


@require_POST
@requires(signed_in)
def request_accepted(request: HttpRequest, pk: int, person: int) -> HttpResponse:
    """Who declared themselves by the code without being expected: added in one tap."""
    today = clock.today()
    meeting = visible_meeting(request.person, pk, on=today)
    enforce(policy.can_mark(request.person, meeting, on=today))
    asking = get_object_or_404(Person.objects.filter(check_ins__meeting=meeting).distinct(), pk=person)
    change = actions.accept_request(meeting=meeting, person=asking, by=request.person, on=today)
    return added(request, meeting, asking, change)


@require_form
@requires(signed_in)
def new_walk_in(request: HttpRequest, pk: int) -> HttpResponse:
    """A person nobody had recorded: created with their employer and added, or neither."""
    today = clock.today()
    meeting = visible_meeting(request.person, pk, on=today)
    enforce(policy.can_mark(request.person, meeting, on=today))
    if request.method != "POST":  # a search made on the page that refused the record
        return redirect(reverse("meetings:walk_in", args=[pk], query=request.GET))
    enforce(outsiders(request, meeting))
    form = WalkInForm(request.POST)
    if not form.is_valid():
        return page(request, meeting, form=form, status=422)
    alike = namesakes(form.cleaned_data["first_name"], form.cleaned_data["last_name"])
    if alike and not form.cleaned_data["namesake"]:
        return page(request, meeting, form=form, alike=alike, status=409)
    try:
        return create_and_add(request, meeting, form)
    except Refusal as refusal:
        form.add_error(None, str(refusal.sentence))
        return page(request, meeting, form=form, status=refusal.status)


def create_and_add(request: HttpRequest, meeting: Meeting, form: WalkInForm) -> HttpResponse:
    """Both or neither. After the validation, adding is a correction, which asks for its reason on its own page."""
    today = clock.today()
    fields = {name: value for name, value in form.cleaned_data.items() if name != "namesake"}
    with transaction.atomic():
        person = create_person(since=meeting.date, by=request.person, on=today, **fields)
        if meeting.is_validated:
            return redirect("meetings:correction", meeting.pk, person.pk)
        change = actions.add_walk_in(meeting=meeting, person=person, by=request.person, on=today)
    return added(request, meeting, person, change)


def added(request: HttpRequest, meeting: Meeting, person: Person, change: AttendanceChange) -> HttpResponse:
    text = _("%(person)s est sur la feuille, sur place.") % {"person": person.full_name}
    announce(request, text, undo=undo_url(meeting, [change]))
    return redirect("meetings:roster", meeting.pk)


def page(
    request: HttpRequest,
    meeting: Meeting,
    *,
    form: WalkInForm,
    words: str = "",
    alike: list[Person] | None = None,
    status: int = 200,
) -> HttpResponse:
    if not alike:
        del form.fields["namesake"]
    anyone = outsiders(request, meeting)
    found = alike_lines(meeting, alike) if alike else search(meeting, words, anyone=bool(anyone))
    context = {"meeting": meeting, "form": form, "q": words, "found": found, "alike": bool(alike), "outsiders": anyone}
    response = render_page_or_part(request, TEMPLATE, "found", context)
    response.status_code = status
    return response


def outsiders(request: HttpRequest, meeting: Meeting) -> Verdict:
    """Whether people who are not of the group may be added: by whoever takes the attendance, until it is validated."""
    return policy.can_add_outsiders(request.person, on=clock.today()) if meeting.is_validated else YES


def search(meeting: Meeting, words: str, *, anyone: bool) -> list[Line]:
    """The first people whose name holds these words, with their employer of the meeting's day; three queries at most.
    Unless `anyone`, those who are or were of the group."""
    if len(words) < 2:
        return []
    found = named(words)
    if not anyone:
        members = set(meeting.group.memberships.order_by().values_list("person", flat=True))
        found = [person for person in found if person in members]
    return roster_of(meeting, persons=found[:SHOWN], listed=False).lines


def alike_lines(meeting: Meeting, people: list[Person]) -> list[Line]:
    return roster_of(meeting, persons=[person.pk for person in people], listed=False).lines
