"""One's own way in: password, second factor, passkeys, one's organization, and the sessions that are open."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from cordee.people import devices
from cordee.people.actions.sessions import close_sessions, open_sessions
from cordee.people.identity import provider_named
from cordee.people.middleware import lacks_second_factor
from cordee.people.policy import can_untie, needs_second_factor, own_account
from cordee.toolkit import clock
from cordee.toolkit.access import requires
from cordee.toolkit.flash import announce


@require_safe
@requires(own_account)
def my_access(request: HttpRequest) -> HttpResponse:
    found = list(Authenticator.objects.filter(user=request.user).order_by("pk"))
    by_type: dict[str, Any] = {one.type: one.wrap() for one in found}
    context = {
        "app": by_type.get(Authenticator.Type.TOTP),
        "passkeys": [one for one in found if one.type == Authenticator.Type.WEBAUTHN],
        "codes": by_type.get(Authenticator.Type.RECOVERY_CODES),
        "identities": [identity_row(request, one) for one in request.user.socialaccount_set.order_by("pk")],
        "sessions": [session_row(request, one) for one in open_sessions(request.user)],
        "needed": needs_second_factor(request.person, on=clock.today()),
        "lacks": lacks_second_factor(request, request.person),
    }
    return render(request, "people/my_access.html", context)


def identity_row(request: HttpRequest, tied: SocialAccount) -> dict[str, Any]:
    """A provider that is no longer in the settings opens nothing: its key is all that is left of it."""
    provider = provider_named(tied.provider)
    return {
        "pk": tied.pk,
        "name": provider.name if provider else tied.provider,
        "since": tied.date_joined,
        "may_untie": can_untie(request.person, only_way=bool(provider and provider.only_way), on=clock.today()),
    }


def session_row(request: HttpRequest, session: Any) -> dict[str, Any]:
    return {
        "pk": session.pk,
        "device": devices.name_of(session.user_agent),
        "address": session.ip,
        "since": session.created_at,
        "current": session.session_key == request.session.session_key,
    }


@require_POST
@requires(own_account)
def close_one(request: HttpRequest, pk: int) -> HttpResponse:
    session = get_object_or_404(open_sessions(request.user), pk=pk)
    close_sessions(user=request.user, keep=request.session.session_key or "", by=request.person, only=session.pk)
    announce(request, _("La session est fermée."))
    return redirect("people:my_access")


@require_POST
@requires(own_account)
def close_others(request: HttpRequest) -> HttpResponse:
    count = close_sessions(user=request.user, keep=request.session.session_key or "", by=request.person)
    text = ngettext("%(count)s session est fermée.", "%(count)s sessions sont fermées.", count)
    announce(request, text % {"count": count} if count else _("Aucune autre session n’était ouverte."))
    return redirect("people:my_access")


@require_safe
@requires(own_account)
def to_my_access(request: HttpRequest) -> HttpResponse:
    return redirect("people:my_access")
