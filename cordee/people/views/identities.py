"""Coming in by the identity provider of one’s organization, and back; untying one’s account from it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.models import SocialAccount
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from cordee.people import identity
from cordee.people.actions import identities
from cordee.people.forms import OrganizationAddressForm
from cordee.people.policy import own_account
from cordee.toolkit import clock, pace
from cordee.toolkit.access import public, require_form, requires
from cordee.toolkit.flash import announce
from cordee.toolkit.origin import of_request
from cordee.toolkit.refusals import Refusal
from cordee.values.identity import IdentityProvider

NO_SERVICE = gettext_lazy(
    "Aucune organisation ne fait entrer ses gens elle-même à ce domaine. "
    "Vérifiez l’adresse, ou entrez d’une autre façon."
)
MOST = {"most": 60, "seconds": 60}  # from one address of the network, such as that of a whole school


class TooManyTries(Refusal):
    status = 429
    sentence = gettext_lazy("Trop d’essais depuis votre réseau. Attendez une minute, puis réessayez.")


def told_at_the_door(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A refusal leads back to the sign-in page; the page before it is the provider's."""

    @wraps(view)
    def telling(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Refusal as refusal:
            return render(request, "people/identity_refused.html", {"refusal": refusal}, status=refusal.status)

    return telling


@require_form
@requires(public)
@told_at_the_door
def find(request: HttpRequest) -> HttpResponse:
    """The provider of the domain of an address: what is answered depends on the domain alone."""
    form = OrganizationAddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        address = form.cleaned_data["email"]
        if provider := identity.provider_of(address):
            return leave(request, provider, address=address)
        form.add_error("email", NO_SERVICE)
    context = {"form": form, "next": get_next_redirect_url(request) or ""}
    return render(request, "people/identity_find.html", context, status=422 if form.errors else 200)


@require_POST
@requires(public)
@told_at_the_door
def go(request: HttpRequest, provider_id: str) -> HttpResponse:
    return leave(request, provider_or_404(provider_id))


def leave(request: HttpRequest, provider: IdentityProvider, *, address: str = "") -> HttpResponse:
    if not pace.within(f"identity:{of_request(request).address}", **MOST):
        raise TooManyTries
    return identity.leave_for(request, provider, next_url=get_next_redirect_url(request) or "", address=address)


def provider_or_404(key: str) -> IdentityProvider:
    found = identity.provider_named(key)
    if found is None:
        raise Http404
    return found


@require_safe
@requires(public)
@told_at_the_door
def back(request: HttpRequest, provider_id: str) -> HttpResponse:
    vouched = identity.come_back(request, provider_or_404(provider_id))
    user, opened = identities.come_in(vouched=vouched, on=clock.today())
    if request.user.is_authenticated:
        get_adapter(request).logout(request)
    shown = {"provider": vouched.provider.key, "two_factors": vouched.two_factors}
    record_authentication(request, user, method=identity.METHOD, **shown)
    return perform_login(request, Login(user=user, signup=opened, redirect_url=vouched.next_url or None))


@require_POST
@requires(own_account)
def untying(request: HttpRequest, pk: int) -> HttpResponse:
    mine = get_object_or_404(SocialAccount.objects.filter(user=request.user), pk=pk)
    token = identities.untie(identity=mine, by=request.person, on=clock.today())
    text = _("Votre compte est délié. Vous entrerez avec un code reçu par courriel, ou par vos autres moyens.")
    announce(request, text, undo=reverse("people:tie_identity", args=[token]))
    return redirect("people:my_access")


@require_POST
@requires(own_account)
def tying_again(request: HttpRequest, token: str) -> HttpResponse:
    identities.tie_again(token=token, user=request.user, by=request.person, on=clock.today())
    announce(request, _("Votre compte est lié de nouveau."))
    return redirect("people:my_access")
