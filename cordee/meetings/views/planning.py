"""Planning a meeting or a series, announcing, changing and moving it; what is to be weighed stands beside the form."""

from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from cordee.meetings import actions, policy
from cordee.meetings.forms import DetailsForm, EditForm, MoveForm, PlanForm
from cordee.meetings.models import RUNNING_ROLES, Meeting
from cordee.meetings.views.cautions import Weighing, as_changed, proposal, weigh
from cordee.meetings.views.scope import visible_meeting
from cordee.people.models import Group, Person
from cordee.toolkit import clock
from cordee.toolkit.access import enforce, require_form, requires, signed_in
from cordee.toolkit.flash import announce
from cordee.toolkit.refusals import Refusal, in_words
from cordee.values.sentence import SpokenError

NOTHING = Weighing([])


@require_form
@requires(policy.can_plan)
def new_meeting(request: HttpRequest) -> HttpResponse:
    groups = plannable_groups(request.person, on=clock.today())
    form = PlanForm(request.POST or None, groups=groups, initial=initial(request))
    weighing = NOTHING
    if request.method == "POST" and form.is_valid():
        weighing = weighed(form)
        if weighing.is_accepted(request) and (planned := said_by(form, lambda: plan(request, form))):
            announce(request, planned_words(planned))
            return redirect("meetings:detail", planned[0].pk)
    status = 422 if form.errors or weighing.digest else 200
    return render(request, "meetings/new.html", {"form": form, "weighing": weighing}, status=status)


def initial(request: HttpRequest) -> dict[str, Any]:
    """What the address proposes: a day of the calendar, a group."""
    return {name: value for name, value in request.GET.items() if name in PlanForm.base_fields}


def plan(request: HttpRequest, form: PlanForm) -> list[Meeting]:
    today, typed = clock.today(), form.cleaned_data
    who = {"by": request.person, "on": today}
    hours = {name: typed[name] for name in ("starts_at", "ends_at")}
    planned = actions.plan_series(group=typed["group"], days=form.days(), **hours, **form.details(), **who)
    if typed["announce"]:
        for meeting in planned:
            if meeting.date > today:
                actions.announce_meeting(meeting=meeting, **who)
    return planned


def planned_words(planned: list[Meeting]) -> str:
    text = ngettext("Rencontre de %(group)s ajoutée.", "%(count)s rencontres de %(group)s ajoutées.", len(planned))
    return text % {"count": len(planned), "group": planned[0].group.label}


def weighed(form: PlanForm) -> Weighing:
    typed, kept = form.cleaned_data, set(form.days())
    fields = {name: typed[name] for name in ("starts_at", "ends_at", "modality")}
    proposals = [proposal(typed["group"], day=day, portion=typed["planned_portion"], **fields) for day in sorted(kept)]
    return weigh(proposals, on=clock.today(), skipped=[day for day in form.every_day() if day not in kept])


@require_safe
@requires(policy.can_plan)
def weigh_new(request: HttpRequest) -> HttpResponse:
    """The part beside the form, while it is filled; nothing while it cannot be read yet."""
    form = PlanForm(request.GET, groups=plannable_groups(request.person, on=clock.today()))
    weighing = weighed(form) if form.is_valid() else NOTHING
    return render(request, "meetings/weighing.html", {"weighing": weighing})


@require_safe
@requires(signed_in)
def weigh_change(request: HttpRequest, pk: int) -> HttpResponse:
    """The same for a meeting that changes or moves: only the fields of its form are read."""
    meeting = changeable(request, pk)
    moves = "day" in request.GET
    form = MoveForm(request.GET, of_series=True, known=False) if moves else EditForm(request.GET, of_series=True)
    weighing = weighed_change(meeting, form.cleaned_data) if form.is_valid() else NOTHING
    return render(request, "meetings/weighing.html", {"weighing": weighing})


def weighed_change(meeting: Meeting, changed: dict[str, Any]) -> Weighing:
    """With those of the series that follow when they change too: each day moves by as many days."""
    others = list(Meeting.objects.following(meeting, on=clock.today())) if changed.get("following") else []
    shift = changed["day"] - meeting.date if "day" in changed else timedelta()
    for other in others:
        other.group = meeting.group
    proposals = [as_changed(each, {**changed, "day": each.date + shift}) for each in (meeting, *others)]
    return weigh(proposals, on=clock.today())


@require_form
@requires(signed_in)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = changeable(request, pk)
    given = {name: getattr(meeting, name) for name in DetailsForm.base_fields}
    form = EditForm(request.POST or None, initial=given, of_series=bool(meeting.series))
    return changed_by(request, meeting, form, actions.edit_meeting, "meetings/change.html")


@require_form
@requires(signed_in)
def move(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = changeable(request, pk)
    given = {"day": meeting.date, "starts_at": meeting.starts_at, "ends_at": meeting.ends_at}
    known = not meeting.is_draft(clock.today())
    form = MoveForm(request.POST or None, initial=given, of_series=bool(meeting.series), known=known)
    return changed_by(request, meeting, form, actions.move_meeting, "meetings/move.html")


def changed_by(request: HttpRequest, meeting: Meeting, form: Any, act: Any, template: str) -> HttpResponse:
    """Weigh, then act, then say how many changed."""
    weighing = NOTHING
    if request.method == "POST" and form.is_valid():
        weighing = weighed_change(meeting, form.cleaned_data)
        who = {"by": request.person, "on": clock.today()}
        if weighing.is_accepted(request):
            changed = said_by(form, lambda: act(meeting=meeting, **form.cleaned_data, **who))
            if changed is not None:
                announce(request, changed_words(changed))
                return redirect("meetings:detail", meeting.pk)
    status = 422 if form.errors or weighing.digest else 200
    return render(request, template, {"form": form, "meeting": meeting, "weighing": weighing}, status=status)


def changed_words(changed: list[Meeting]) -> str:
    if not changed:
        return _("Rien n’a changé.")
    text = ngettext("%(count)s rencontre modifiée.", "%(count)s rencontres modifiées.", len(changed))
    return text % {"count": len(changed)}


def said_by(form: Any, act: Any) -> Any:
    """What the act gives, or None with its refusal said by the form."""
    try:
        return act()
    except Refusal as refusal:
        form.add_error(None, str(refusal.sentence))
    except SpokenError as error:  # no rule says whether these hours make a day
        form.add_error(None, in_words(error))
    return None


@require_POST
@requires(signed_in)
def announcement(request: HttpRequest, pk: int) -> HttpResponse:
    """`following` announces the drafts of the series after it too."""
    meeting = visible_meeting(request.person, pk, on=clock.today())
    following = request.POST.get("following") == "1"
    made = actions.announce_meeting(meeting=meeting, following=following, by=request.person, on=clock.today())
    text = ngettext("Rencontre annoncée.", "%(count)s rencontres annoncées.", len(made))
    announce(request, text % {"count": len(made)})
    return redirect("meetings:detail", pk)


def changeable(request: HttpRequest, pk: int) -> Meeting:
    meeting = visible_meeting(request.person, pk, on=clock.today())
    enforce(policy.can_change(request.person, meeting, on=clock.today()))
    return meeting


def plannable_groups(person: Person, *, on: date) -> QuerySet[Group]:
    if person.holds(*policy.KEEPERS, on=on):
        return Group.objects.all()
    return Group.objects.filter(pk__in=person.standing(on).groups(*RUNNING_ROLES))
