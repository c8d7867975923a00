"""What a signed token of an identity provider says, and which of it is believed (decision 0011)."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from cordee.values.identity import IdentityProvider


def fault_of(claims: Mapping[str, Any], provider: IdentityProvider, *, nonce: str) -> str:
    """What a token whose signature, issuer, audience and hours hold is still refused for; empty when it is believed."""
    audience = claims.get("aud")
    if claims.get("nonce") != nonce:
        return "nonce"
    if claims.get("azp", provider.client_id) != provider.client_id or (
        isinstance(audience, list) and len(audience) > 1 and "azp" not in claims
    ):
        return "audience"
    if provider.tenant and claims.get("tid") != provider.tenant:
        return "tenant"
    if provider.tenant and claims.get("idp", provider.issuer) not in home_of(provider):
        return "guest"
    return ""


def home_of(provider: IdentityProvider) -> set[str]:
    """What Entra says of who signed in at home, and not in the tenant of another organization, as guests do."""
    return {provider.issuer, f"https://sts.windows.net/{provider.tenant}/"}


def vouched_address(claims: Mapping[str, Any], provider: IdentityProvider) -> str:
    """The address it answers for, in small letters; empty when it says it has not verified it, or when it is of another
    domain than its own.

    Entra says `xms_edov`, its domain is that of the tenant, for want of `email_verified`; its other names are not
    believed: whoever administers the accounts writes them.
    """
    address = claims.get("email")
    verified = claims.get("xms_edov") in (True, 1, "1", "true") if provider.tenant else claims.get("email_verified")
    if verified is not True or not isinstance(address, str) or not provider.serves(address):
        return ""
    return address.lower()


def imprint_of(claims: Mapping[str, Any]) -> str:
    """What stands for the issuer and the subject together: a provider that is replaced knows none of our people."""
    return sha256(f"{claims['iss']}\0{claims['sub']}".encode()).hexdigest()


def has_shown_two_factors(claims: Mapping[str, Any]) -> bool:
    """Whether it says that it asked more than a password (RFC 8176)."""
    methods = claims.get("amr")
    return isinstance(methods, list) and "mfa" in methods
