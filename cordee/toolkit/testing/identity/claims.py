"""What the provider of the tests says of its people, rightly or as it was told to."""

from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from oauth2_provider.oauth2_validators import OAuth2Validator

SAID: dict[str, dict[str, Any]] = {}  # by who signs in
FORGED = "forged"  # told so, it signs with a key of the same name, with the secret of the client, or not at all


class Claims(OAuth2Validator):
    def get_id_token_dictionary(self, token: Any, token_handler: Any, request: Any) -> tuple[dict[str, Any], Any]:
        claims, expires = super().get_id_token_dictionary(token, token_handler, request)
        said = SAID.get(request.user.username, {})
        return {**claims, **{key: value for key, value in said.items() if key != FORGED}}, expires

    def finalize_id_token(self, id_token: Any, token: Any, token_handler: Any, request: Any) -> str:
        signed: str = super().finalize_id_token(id_token, token, token_handler, request)
        how = SAID.get(request.user.username, {}).get(FORGED)
        return forged(signed, how) if how else signed


def forged(signed: str, how: str) -> str:
    claims = jwt.decode(signed, options={"verify_signature": False})
    headers = {"kid": jwt.get_unverified_header(signed)["kid"]}
    if how == "key":
        other = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        return jwt.encode(claims, other, algorithm="RS256", headers=headers)
    if how == "secret":
        return jwt.encode(claims, "secret-cordee" * 3, algorithm="HS256", headers=headers)
    return jwt.encode(claims, None, algorithm="none", headers=headers)
