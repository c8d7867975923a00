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
from cordee.people.models import Group, Person, languages
from cordee.toolkit import clock
from cordee.toolkit.access import public, require_form, requires, signed_in
from cordee.toolkit.addresses import absolute
from cordee.toolkit.contributions import CalendarFeed, calendar_feeds
from cordee.toolkit.flash import announce


@require_form
@requires(signed_in)
def my_calendar(request: HttpRequest) -> HttpResponse:
    person, today = request.person, clock.today()
    keys = FeedKey.objects.in_use().filter(person=person).select_related("group").order_by("group__number", "pk")
    groups = Group.objects.filter(pk__in=person.standing(today).groups()).exclude(
        pk__in=keys.exclude(group=None).order_by().values("group")
    )
    others = {feed.what: feed for feed in calendar_feeds.collect(person, on=today)}
    taken = {key.what for key in keys}
    free = [feed for what, feed in others.items() if what not in taken]
    form = FeedForm(request.POST or None, groups=groups, others=free)
    if request.method == "POST" and form.is_valid():
        subscribing.open_feed(group=form.group(), what=form.what(), by=person, on=today)
        announce(request, _("L’adresse est prête : copiez-la dans votre calendrier."))
        return redirect("meetings:my_calendar")
    feeds = [(key, name_of(key, others.get(key.what)), address_of(key), webcal(key)) for key in keys]
    context = {"form": form, "feeds": feeds}
    return render(request, "meetings/my_calendar.html", context, status=422 if form.errors else 200)


def name_of(key: FeedKey, other: CalendarFeed | None) -> str:
    if not key.what:
        return key.group.label if key.group else _("Mes rencontres")
    return other.label if other else _("Calendrier d’un rôle que vous n’avez plus")


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
    with override(languages([person], on=today)[person.pk]):
        if key.what:
            return days_of(key.what, person)
        meetings = feed_meetings(person, key.group, on=today)
        name = _("Cordée – %(what)s") % {"what": key.group.label if key.group else _("mes rencontres")}
        start = absolute("meetings:list")
        return calendars.feed(((meeting, f"{start}{meeting.pk}/") for meeting in meetings), name=name)


def days_of(what: str, person: Person) -> bytes:
    """What another room gives; nothing any more once this person no longer holds the role it is for."""
    found = next((feed for feed in calendar_feeds.collect(person, on=clock.today()) if feed.what == what), None)
    name = _("Cordée – %(what)s") % {"what": found.label if found else _("rôle terminé")}
    return calendars.days_feed(found.days() if found else (), name=name)
