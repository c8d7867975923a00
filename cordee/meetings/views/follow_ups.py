"""Follow-ups: added while one writes the minutes, done from anywhere they are shown."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cordee.meetings import actions, policy
from cordee.meetings.forms import FollowUpForm
from cordee.meetings.models import FollowUp, roster_of
from cordee.meetings.views.minutes import refusal_in
from cordee.meetings.views.scope import readable_meeting
from cordee.toolkit import clock
from cordee.toolkit.access import enforce, require_form, requires, signed_in
from cordee.toolkit.flash import announce

MEETING = "meeting__group"


def visible_follow_up(request: HttpRequest, pk: int) -> FollowUp:
    visible = FollowUp.objects.visible_to(request.person, on=clock.today())
    return get_object_or_404(visible.select_related(MEETING), pk=pk)


@require_form
@requires(signed_in)
def follow_up_new(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = readable_meeting(request.person, pk, on=clock.today())
    enforce(policy.can_write_minutes(request.person, meeting, on=clock.today()))
    owners = [line.person for line in roster_of(meeting).lines]
    form = FollowUpForm(request.POST or None, owners=owners)
    if request.method == "POST" and form.is_valid():
        given = {"meeting": meeting, **form.cleaned_data, "by": request.person, "on": clock.today()}
        if refusal_in(form, actions.add_follow_up, **given):
            announce(request, _("Suivi ajouté."))
            return redirect(f"{reverse('meetings:minutes', args=[pk])}#suivis")
    context = {"meeting": meeting, "form": form}
    return render(request, "meetings/follow_up_new.html", context, status=422 if form.errors else 200)


@require_POST
@requires(signed_in)
def follow_up_removal(request: HttpRequest, pk: int) -> HttpResponse:
    follow_up = visible_follow_up(request, pk)
    token = actions.remove_follow_up(follow_up=follow_up, by=request.person, on=clock.today())
    undo = reverse("meetings:follow_up_return", args=[follow_up.meeting_id, token])
    announce(request, _("Suivi retiré."), undo=undo)
    return redirect("meetings:minutes", follow_up.meeting_id)


@require_POST
@requires(signed_in)
def follow_up_return(request: HttpRequest, pk: int, token: str) -> HttpResponse:
    meeting = readable_meeting(request.person, pk, on=clock.today())
    actions.put_back(meeting=meeting, token=token, by=request.person, on=clock.today())
    announce(request, _("Suivi remis."))
    return redirect("meetings:minutes", pk)


@require_POST
@requires(signed_in)
def follow_up_done(request: HttpRequest, pk: int) -> HttpResponse:
    follow_up = visible_follow_up(request, pk)
    actions.finish_follow_up(follow_up=follow_up, by=request.person, on=clock.today())
    announce(request, _("Suivi fait."), undo=reverse("meetings:follow_up_reopening", args=[pk]))
    return back(request, follow_up)


@require_POST
@requires(signed_in)
def follow_up_reopening(request: HttpRequest, pk: int) -> HttpResponse:
    follow_up = visible_follow_up(request, pk)
    actions.reopen_follow_up(follow_up=follow_up, by=request.person, on=clock.today())
    announce(request, _("Suivi rouvert."))
    return back(request, follow_up)


def back(request: HttpRequest, follow_up: FollowUp) -> HttpResponse:
    """To the page where it was said done: « À faire », the community's, the minutes."""
    before = request.headers.get("Referer", "")
    if before and url_has_allowed_host_and_scheme(before, {request.get_host()}, require_https=request.is_secure()):
        return redirect(before)
    return redirect("meetings:detail", follow_up.meeting_id)
