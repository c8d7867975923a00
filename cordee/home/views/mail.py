"""The e-mails of the house: those that wait, are put off, were refused or sent; why, and trying again."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from cordee.home.policy import can_read_mail
from cordee.people.models import Person
from cordee.records import outbox
from cordee.records.models import Message, MessageState
from cordee.toolkit.access import requires
from cordee.toolkit.background import revival
from cordee.toolkit.flash import announce
from cordee.toolkit.htmx import render_page_or_part
from cordee.values.text import plain

PAGE_SIZE = 50


@require_safe
@requires(can_read_mail)
def mail(request: HttpRequest) -> HttpResponse:
    scoped = narrowed(request).with_state()
    chosen = request.GET.get("state", "")
    shown = scoped.filter(state=chosen) if chosen in MessageState.values else scoped
    context = {
        "messages_page": Paginator(shown.defer("text", "calendar").order_by("-pk"), PAGE_SIZE).get_page(
            request.GET.get("page")
        ),
        "views": state_views(request, scoped, chosen),
        "words": request.GET.get("q", ""),
        "kept": {name: request.GET[name] for name in ("state", "about") if request.GET.get(name)},
        "given_up": revival.given_up(),
    }
    return render_page_or_part(request, "home/mail.html", "list", context)


def narrowed(request: HttpRequest) -> Any:
    """What the address asks for, whatever the state."""
    found = Message.objects.all()
    if about := request.GET.get("about", ""):
        found = found.filter(about=about)
    for word in plain(request.GET.get("q", "")[:80]).split():
        found = found.filter(Q(address__plain__contains=word) | Q(subject__plain__contains=word))
    return found


def state_views(request: HttpRequest, scoped: Any, chosen: str) -> list[dict[str, Any]]:
    """« Refusés 1 · Retardés 3… », each a link that keeps the other filters; one query."""
    counts = dict(scoped.order_by().values_list("state").annotate(n=Count("pk")))
    kept = request.GET.copy()
    kept.pop("page", None)
    views = []
    for value, label in [("", _("Tous")), *MessageState.choices]:
        kept["state"] = value
        count = counts.get(value, 0) if value else sum(counts.values())
        views.append({"label": label, "url": f"?{kept.urlencode()}", "current": value == chosen, "count": count})
    return views


@require_safe
@requires(can_read_mail)
def message(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Message.objects.with_state(), pk=pk)
    return render(request, "home/message.html", {"letter": found})


@require_POST
@requires(can_read_mail)
def try_again(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(Message, pk=pk)
    again(request, Message.objects.filter(pk=pk))
    return redirect("home:message", pk)


@require_POST
@requires(can_read_mail)
def try_all_again(request: HttpRequest) -> HttpResponse:
    """Everything that failed among what the filters leave."""
    again(request, narrowed(request))
    return redirect("home:mail")


def again(request: HttpRequest, messages: Any) -> None:
    """To the address each person has now, which may have been corrected since."""
    failed = list(messages.failed().order_by("pk"))
    addresses = dict(Person.objects.filter(pk__in={one.person_id for one in failed}).values_list("pk", "email"))
    for person in {one.person_id for one in failed if addresses.get(one.person_id) not in (None, "", one.address)}:
        outbox.readdress(person, to=addresses[person])
    said(request, outbox.try_again(failed=[one.pk for one in failed], by=request.person))


def said(request: HttpRequest, count: int) -> None:
    if not count:
        announce(request, _("Rien n’a échoué : il n’y a rien à réessayer."), tone="info")
        return
    text = ngettext("%(count)s courriel repart.", "%(count)s courriels repartent.", count)
    announce(request, text % {"count": count})
