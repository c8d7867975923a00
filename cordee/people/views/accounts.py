"""The account of someone, for who opens and closes accounts; and the page their invitation leads to."""

from collections.abc import Callable
from typing import Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cordee.people.actions import accounts
from cordee.people.actions.sessions import open_sessions
from cordee.people.forms import OpenAccountForm
from cordee.people.identity import ComesInByOrganization, provider_of
from cordee.people.models import AccountInvitation, Person, User
from cordee.people.policy import can_close_account, can_open_accounts, needs_second_factor
from cordee.toolkit import clock
from cordee.toolkit.access import public, require_form, requires
from cordee.toolkit.flash import announce


@require_safe
@requires(can_open_accounts)
def account(request: HttpRequest, pk: int) -> HttpResponse:
    subject = subject_of(request, pk)
    user = User.objects.filter(person=subject).first()
    invitation = AccountInvitation.objects.filter(person=subject).select_related("invited_by").order_by("-pk").first()
    factors = Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES)
    context = {
        "subject": subject,
        "account": user,
        "invitation": invitation,
        "invitation_is_open": bool(invitation and invitation.is_open(clock.now())),
        "has_factor": bool(user) and factors.exists(),
        "factor_needed": needs_second_factor(subject, on=clock.today()),
        "session_count": open_sessions(user).count() if user else 0,
        "may_close": can_close_account(request.person, subject, on=clock.today()),
        "crumbs": [
            {"label": _("Personnes"), "url": reverse("people:list")},
            {"label": subject.full_name, "url": reverse("people:detail", args=[pk])},
        ],
    }
    return render(request, "people/account.html", context)


def subject_of(request: HttpRequest, pk: int) -> Person:
    return get_object_or_404(Person.objects.visible_to(request.person, on=clock.today()).unmerged(), pk=pk)


def done(request: HttpRequest, pk: int, act: Callable[..., Any], sentence: str) -> HttpResponse:
    """Do the act on the person of the address, say it, and go back to their account."""
    subject = subject_of(request, pk)
    act(person=subject, by=request.person, on=clock.today())
    announce(request, sentence % {"person": subject.full_name})
    return redirect("people:account", pk)


@require_POST
@requires(can_open_accounts)
def invitation_sent(request: HttpRequest, pk: int) -> HttpResponse:
    return done(request, pk, accounts.invite, _("L’invitation de %(person)s est partie."))


@require_POST
@requires(can_open_accounts)
def invitation_withdrawn(request: HttpRequest, pk: int) -> HttpResponse:
    return done(request, pk, accounts.withdraw_invitation, _("L’invitation de %(person)s est retirée."))


@require_POST
@requires(can_open_accounts)
def closing(request: HttpRequest, pk: int) -> HttpResponse:
    subject = subject_of(request, pk)
    accounts.close_account(person=subject, by=request.person, on=clock.today())
    text = _("Le compte de %(person)s est fermé.") % {"person": subject.full_name}
    announce(request, text, undo=reverse("people:reopen_account", args=[pk]))
    return redirect("people:account", pk)


@require_POST
@requires(can_open_accounts)
def reopening(request: HttpRequest, pk: int) -> HttpResponse:
    return done(request, pk, accounts.reopen_account, _("Le compte de %(person)s est rouvert."))


@require_POST
@requires(can_open_accounts)
def factor_reset(request: HttpRequest, pk: int) -> HttpResponse:
    return done(request, pk, accounts.reset_second_factor, _("Le second facteur de %(person)s est retiré."))


@require_form
@requires(public)
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link changes nothing: readers of e-mails open links too."""
    given = accounts.open_invitation(token)
    service = provider_of(given.email)
    form = OpenAccountForm(request.POST or None, user=User(email=given.email))
    if request.method == "POST" and service and service.only_way:
        raise ComesInByOrganization
    if request.method == "POST" and form.is_valid():
        user = accounts.accept_invitation(token=token, password=form.cleaned_data["password"])
        record_authentication(request, user, method="password", email=user.email)
        return perform_login(request, Login(user=user, signup=True))
    context = {"invitation": given, "token": token, "form": form, "service": service}
    return render(request, "people/invitation.html", context, status=422 if form.errors else 200)
