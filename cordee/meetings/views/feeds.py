"""« Mon calendrier »: the addresses by which one’s own calendar reads meetings, and what it reads there."""

import hashlib

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST, require_safe

from cordee.meetings import calendars
from cordee.meetings.actions import refusals, subscribing
from cordee.meetings.forms import FeedForm
from cordee.meetings.models import FeedKey, feed_meetings
from cordee.people.models import Group, languages
from cordee.toolkit import clock
from cordee.toolkit.access import public, require_form, requires, signed_in
from cordee.toolkit.addresses import absolute
from cordee.toolkit.flash import announce


@require_form
@requires(signed_in)
def my_calendar(request: HttpRequest) -> HttpResponse:
    person, today = request.person, clock.today()
    keys = FeedKey.objects.in_use().filter(person=person).select_related("group").order_by("group__number", "pk")
    groups = Group.objects.filter(pk__in=person.standing(today).groups()).exclude(
        pk__in=keys.exclude(group=None).order_by().values("group")
    )
    form = FeedForm(request.POST or None, groups=groups)
    if request.method == "POST" and form.is_valid():
        subscribing.open_feed(group=form.group(), by=person, on=today)
        announce(request, _("L’adresse est prête : copiez-la dans votre calendrier."))
        return redirect("meetings:my_calendar")
    context = {"form": form, "feeds": [(key, address_of(key), webcal(key)) for key in keys]}
    return render(request, "meetings/my_calendar.html", context, status=422 if form.errors else 200)


def address_of(key: FeedKey) -> str:
    return absolute("meetings:feed", key.secret)


def webcal(key: FeedKey) -> str:
    """What the calendars of Apple open by themselves."""
    return "webcal" + address_of(key).removeprefix("https").removeprefix("http")


@require_POST
@requires(signed_in)
def feed_revocation(request: HttpRequest, pk: int) -> HttpResponse:
    subscribing.revoke_feed(key=own_key(request, pk), by=request.person)
    announce(request, _("L’adresse est retirée : plus aucun calendrier ne la lit."))
    return redirect("meetings:my_calendar")


@require_POST
@requires(signed_in)
def feed_renewal(request: HttpRequest, pk: int) -> HttpResponse:
    subscribing.renew_feed(key=own_key(request, pk), by=request.person, on=clock.today())
    announce(request, _("Voici une nouvelle adresse. L’ancienne ne sert plus : remplacez-la dans votre calendrier."))
    return redirect("meetings:my_calendar")


def own_key(request: HttpRequest, pk: int) -> FeedKey:
    return get_object_or_404(FeedKey.objects.in_use().filter(person=request.person).select_related("group"), pk=pk)


@require_safe
@requires(public)
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """What a calendar reads. Whoever has the secret reads it; it says no name."""
    key = FeedKey.objects.in_use().filter(secret=secret).select_related("person__merged_into", "group").first()
    if key is None:
        raise refusals.FeedGone
    body = feed_of(key)
    etag = hashlib.sha256(body).hexdigest()
    subscribing.note_change(key, etag)
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["ETag"] = f'"{etag}"'
    response["Last-Modified"] = http_date(key.changed_at.timestamp())
    response["Cache-Control"] = "private, max-age=900"
    response["Content-Disposition"] = 'inline; filename="cordee.ics"'
    return get_conditional_response(request, response["ETag"], int(key.changed_at.timestamp()), response)


def feed_of(key: FeedKey) -> bytes:
    today = clock.today()
    person = key.person.merged_into or key.person
    meetings = feed_meetings(person, key.group, on=today)
    with override(languages([person], on=today)[person.pk]):
        name = _("Cordée – %(what)s") % {"what": key.group.label if key.group else _("mes rencontres")}
        start = absolute("meetings:list")
        return calendars.feed(((meeting, f"{start}{meeting.pk}/") for meeting in meetings), name=name)
