"""Speaking with the identity provider of an organization (OpenID Connect), and believing only what it signed for us.

The account library leads the conversation: state, PKCE, exchange of the code. Here is what it leaves out: the nonce,
the signature of a token that came straight from the provider, and an issuer that is ours.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from secrets import token_urlsafe
from typing import Any

import jwt
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.internal import statekit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from requests import RequestException

from cordee.people.rules import fault_of, has_shown_two_factors, imprint_of, vouched_address
from cordee.toolkit import pace
from cordee.toolkit.refusals import Forbidden, Refusal
from cordee.values.identity import IdentityProvider, origin_of

logger = logging.getLogger("cordee.identity")
METHOD = "socialaccount"  # what the account library calls this way in, among those a session remembers
SIGNATURES = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
CLOCKS_APART = 60  # seconds
KEPT = 600  # seconds: where a provider answers and what it signs with
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


class Unbelieved(OAuth2Error):
    """One word of ours says why."""


class ComesInByOrganization(Forbidden):
    sentence = _(
        "Votre organisation veut que ses gens entrent par son propre service. Revenez à l’ouverture de session et "
        "choisissez-le."
    )


class NotVouched(Refusal):
    status = 401
    sentence = _("Votre organisation n’a pas confirmé qui vous êtes. Recommencez, ou entrez d’une autre façon.")


class ProviderSilent(Refusal):
    status = 503
    sentence = _("Le service de votre organisation ne répond pas. Réessayez dans un instant, ou entrez autrement.")


@dataclass(frozen=True, slots=True)
class Vouched:
    """Whom a provider says has come in. `address` is empty when it does not answer for one."""

    provider: IdentityProvider
    imprint: str
    address: str
    two_factors: bool
    next_url: str


def providers() -> tuple[IdentityProvider, ...]:
    return settings.IDENTITY_PROVIDERS


def provider_named(key: str) -> IdentityProvider | None:
    return next((one for one in providers() if one.key == key), None)


def provider_of(email: str) -> IdentityProvider | None:
    """That of the domain of the address, whoever has it."""
    return next((one for one in providers() if one.serves(email)), None)


def leave_for(request: HttpRequest, provider: IdentityProvider, *, next_url: str, address: str = "") -> HttpResponse:
    """To the sign-in page of the provider, where `address` is already written. Raises ProviderSilent."""
    nonce = token_urlsafe(32)
    asked = {"nonce": nonce, **({"login_hint": address} if address else {})}
    line = get_adapter(request).get_provider(request, provider.key)
    try:
        return line.redirect(request, AuthProcess.LOGIN, next_url=next_url, auth_params=asked, nonce=nonce)
    except (OAuth2Error, RequestException) as error:
        note(provider, error)
        raise ProviderSilent from None


def come_back(request: HttpRequest, provider: IdentityProvider) -> Vouched:
    """Whom it sends back, from the code in the address, which serves once, in the browser that left.

    Raises NotVouched, or ProviderSilent.
    """
    state = statekit.unstash_state(request, provider_id=provider.key, state_id=request.GET.get("state", ""))
    try:
        if state is None or "code" not in request.GET:
            raise Unbelieved("state" if state is None else "no code")
        if request.GET.get("iss", provider.issuer) != provider.issuer:
            raise Unbelieved("issuer")
        claims = Line(request, provider.key).claims(state)
    except (OAuth2Error, jwt.PyJWTError) as error:
        note(provider, error)
        raise NotVouched from None
    except RequestException as error:
        note(provider, error)
        raise ProviderSilent from None
    address, two_factors = vouched_address(claims, provider), has_shown_two_factors(claims)
    return Vouched(provider, imprint_of(claims), address, two_factors, state.get("next", ""))


def note(provider: IdentityProvider, why: Exception | str) -> None:
    """For who set the provider up: a word of ours, or the class of an error, whose words may hold a token."""
    known = why if isinstance(why, str | Unbelieved) else type(why).__name__
    logger.warning("identity provider %s: refused, %s", provider.key, known)


class OurProviders(DefaultSocialAccountAdapter):
    """Those of the settings alone; the table of the library stays empty."""

    def list_apps(self, request: HttpRequest, provider: str | None = None, client_id: str | None = None) -> list[Any]:
        return [
            SocialApp(
                provider="openid_connect",
                provider_id=one.key,
                name=one.name,
                client_id=one.client_id,
                secret=one.client_secret,
                settings={"server_url": one.issuer, "oauth_pkce_enabled": True, "scope": ["openid", "email"]},
            )
            for one in providers()
            if one.key == provider and client_id in (None, one.client_id)
        ]

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False


class Line(OpenIDConnectOAuth2Adapter):
    """The conversation with one provider."""

    @property
    def ours(self) -> IdentityProvider:
        found = provider_named(self.provider_id)
        assert found is not None
        return found

    @property
    def openid_config(self) -> dict[str, Any]:
        """Where it answers, as it says itself. Raises Unbelieved when it says it is another, or somewhere unsafe."""
        return kept(f"identity:{self.ours.issuer}", self._discovered)

    def _discovered(self) -> dict[str, Any]:
        said = self._read(self.get_provider().server_url)
        if said.get("issuer") != self.ours.issuer:
            raise Unbelieved("issuer")
        safe = origin_of(self.ours.issuer).partition(":")[0]
        if not all(str(said.get(name)).startswith(f"{safe}://") for name in ENDPOINTS):
            raise Unbelieved("endpoints")
        if origin_of(said["authorization_endpoint"]) not in self.ours.origins:
            raise Unbelieved("passes_by")
        return said

    def claims(self, state: dict[str, Any]) -> dict[str, Any]:
        """What it signed, in exchange for the code. Raises OAuth2Error or PyJWTError when something does not hold."""
        app = self.get_provider().app
        client = self.get_client(self.request, app)
        given = self.get_access_token_data(self.request, app, client, pkce_code_verifier=state["pkce_code_verifier"])
        said = self._signed(str(given.get("id_token", "")))
        if fault := fault_of(said, self.ours, nonce=state["nonce"]):
            raise Unbelieved(fault)
        return said

    def _signed(self, token: str) -> dict[str, Any]:
        return jwt.decode(
            token,
            self._key(str(jwt.get_unverified_header(token).get("kid"))),
            algorithms=SIGNATURES,
            issuer=self.ours.issuer,
            audience=self.ours.client_id,
            leeway=CLOCKS_APART,
            options={"require": ["iss", "sub", "aud", "exp", "iat"]},
        )

    def _key(self, kid: str) -> jwt.PyJWK:
        """One it publishes; asked for again when it has just changed them, a few times a minute at most."""
        place, address = f"identity-keys:{self.ours.issuer}", self.openid_config["jwks_uri"]
        found = key_among(kept(place, lambda: self._read(address)), kid)
        if found is None and pace.within(place, most=5, seconds=60):
            cache.delete(place)
            found = key_among(kept(place, lambda: self._read(address)), kid)
        if found is None:
            raise Unbelieved("key")
        return found

    def _read(self, address: str) -> dict[str, Any]:
        with get_adapter().get_requests_session() as session:
            answer = session.get(address)
            answer.raise_for_status()
            said = answer.json()
        if not isinstance(said, dict):
            raise Unbelieved("answer")
        return said


class OneProvider(OpenIDConnectProvider):
    oauth2_adapter_class = Line


def kept(place: str, make: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """All processes keep it together; what fails is not kept."""
    return cache.get_or_set(place, make, timeout=KEPT)


def key_among(published: dict[str, Any], kid: str) -> jwt.PyJWK | None:
    """The one of that name that is made to sign, of a kind we know."""
    known = jwt.PyJWKSet.from_dict(published).keys
    return next((one for one in known if one.key_id == kid and one.public_key_use in (None, "sig")), None)
