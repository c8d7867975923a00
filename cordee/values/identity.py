"""What is known of the service by which the people of an organization sign in (OpenID Connect)."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class IdentityProvider:
    """`tenant` is that of Microsoft Entra ID, empty for any other; `only_way` closes the other ways in to its domains.

    `domains` are in small letters. `passes_by` are addresses of other services it sends the browser through.
    """

    key: str
    name: str
    organization: str
    domains: tuple[str, ...]
    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    tenant: str = ""
    only_way: bool = False
    passes_by: tuple[str, ...] = ()

    def serves(self, email: str) -> bool:
        """Whether the address is one of its own domains; a subdomain is another domain."""
        name, at, domain = email.lower().rpartition("@")
        return bool(name and at) and domain in self.domains

    @property
    def origins(self) -> tuple[str, ...]:
        """Where the browser may be sent from our pages, as a policy of security of content writes them."""
        return tuple(dict.fromkeys([origin_of(self.issuer), *self.passes_by]))


def origin_of(address: str) -> str:
    """`https://service.exemple.org:8443`, without its path."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
