"""Validating the attendance, and what happens to it afterwards: history, correction, people added on the spot."""

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cordee.meetings import actions, policy
from cordee.meetings.forms import CorrectionForm, WalkInForm
from cordee.meetings.models import Attendance, Meeting, Portion, roster_of
from cordee.meetings.views.scope import visible_meeting
from cordee.people.actions.persons import create_person
from cordee.people.models import Affiliation, Person
from cordee.toolkit import clock
from cordee.toolkit.access import enforce, requires, signed_in
from cordee.toolkit.flash import announce

FOUND = 12


@requires(signed_in)
def validation(request: HttpRequest, pk: int) -> HttpResponse:
    """GET names who is not marked and offers to mark them absent; POST validates."""
    today = clock.today()
    meeting = visible_meeting(request.person, pk, on=today)
    enforce(policy.can_validate(request.person, meeting, on=today))
    unmarked = [line for line in roster_of(meeting).lines if not line.portion]
    absent = request.POST.get("absent") == "yes"
    if request.method != "POST" or (unmarked and not absent):
        return render(request, "meetings/validation.html", {"meeting": meeting, "unmarked": unmarked})
    actions.validate_meeting(meeting=meeting, by=request.person, on=today, absent_for_unmarked=absent)
    announce(request, _("Les présences sont validées."), undo=reverse("meetings:validation_undo", args=[pk]))
    return redirect("meetings:roster", pk)


@require_POST
@requires(signed_in)
def validation_undo(request: HttpRequest, pk: int) -> HttpResponse:
    today = clock.today()
    actions.withdraw_validation(meeting=visible_meeting(request.person, pk, on=today), by=request.person, on=today)
    announce(request, _("La validation est annulée : les présences se modifient de nouveau."))
    return redirect("meetings:roster", pk)


@requires(signed_in)
def attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """One person at one meeting: who marked what, when, from which source; correcting it once validated."""
    today = clock.today()
    visible = Attendance.objects.visible_to(request.person, on=today)
    shown = get_object_or_404(visible.select_related("person", "meeting__group", "meeting__validation"), pk=pk)
    may_correct = shown.meeting.is_validated and bool(policy.can_correct(request.person, shown.meeting, on=today))
    form = CorrectionForm(request.POST or None, initial={"portion": shown.portion, "version": shown.version})
    if form.is_bound and form.is_valid():
        actions.correct_attendance(attendance=shown, by=request.person, on=today, **form.cleaned_data)
        announce(request, _("La présence est corrigée."))
        return redirect("meetings:attendance", pk)
    changes = list(shown.changes.select_related("changed_by").order_by("pk"))
    for change in changes:
        change.before_label, change.after_label = Portion(change.before).label, Portion(change.after).label
    context = {"attendance": shown, "changes": changes, "may_correct": may_correct, "form": form}
    return render(request, "meetings/attendance.html", context, status=422 if form.is_bound else 200)


@requires(signed_in)
def walk_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Add someone who came: found by name, or created on the spot with organization and category."""
    today = clock.today()
    meeting = visible_meeting(request.person, pk, on=today)
    enforce(policy.can_mark(request.person, meeting, on=today))
    if request.POST.get("person", "").isdecimal():
        return added(request, meeting, get_object_or_404(Person.objects.unmerged(), pk=request.POST["person"]))
    words = request.GET.get("q", "").strip()[:80]
    form = WalkInForm(request.POST or None)
    if form.is_bound and form.is_valid():
        form.cleaned_data.pop("namesake")
        person = create_person(since=meeting.date, by=request.person, on=today, **form.cleaned_data)
        return added(request, meeting, person)
    context = {"meeting": meeting, "words": words, "found": people_named(words, meeting), "form": form}
    return render(request, "meetings/walk_in.html", context, status=422 if form.is_bound else 200)


def added(request: HttpRequest, meeting: Meeting, person: Person) -> HttpResponse:
    change = actions.add_walk_in(meeting=meeting, person=person, by=request.person, on=clock.today())
    undo = reverse("meetings:undo", args=[meeting.pk, actions.undo_token([change])])
    announce(request, _("%(name)s est de la rencontre.") % {"name": person.full_name}, undo=undo)
    return redirect("meetings:roster", meeting.pk)


def people_named(words: str, meeting: Meeting) -> list[Person]:
    """Anyone of that name: whoever takes the attendance must find people outside the group."""
    if not words:
        return []
    now = Affiliation.objects.current(meeting.date).select_related("organization")
    named = Person.objects.unmerged().matching(q=words, on=meeting.date)
    return list(named.prefetch_related(Prefetch("affiliations", now, to_attr="current_affiliations"))[:FOUND])
