"""Every page of the site, found by following its links as people of the demonstration: a new page comes by itself."""

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.test import Client
from django.urls import Resolver404, URLPattern, get_resolver, resolve, reverse

HREF = re.compile(r"<a\b[^>]*\shref=\"([^\"#][^\"]*)\"")
NOBODY = "personne"
DUMMIES = {"int": 999_999_999, "slug": "aucun", "str": "aucun"}
# Sending back to a page is all that these do when they are only read, or they need what came by e-mail; the gallery
# shows components out of their place and has its own tests.
NOT_PAGES = {
    "toolkit:gallery",
    "home:set_language",
    # Parts of a form that HTMX fetches while it is filled.
    "meetings:weigh_new",
    "meetings:weigh_change",
    "reference:file",
    # What a supervisor asks, in JSON.
    "health:live",
    "health:ready",
    # A picture, a calendar and a script; what the code of a room opens is gone in two minutes, and has its own tests.
    "home:guide_picture",
    "meetings:feed",
    "meetings:worker",
    "meetings:code",
    "meetings:check_in",
    "meetings:thanks",
    # A workbook that only a plan carried out offers.
    "privacy:retention_money",
    "account_confirm_email",
    "account_confirm_login_code",
    "account_email_verification_sent",
    "account_reauthenticate",
    # Where a provider of identities sends people back to: tried with a real one in people's own tests.
    "openid_connect_callback",
    # What asks again who one is before it shows: looked at in test_second_factor.py.
    "account_email",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_authenticate",
    "mfa_deactivate_totp",
    "mfa_download_recovery_codes",
    "mfa_edit_webauthn",
    "mfa_generate_recovery_codes",
    "mfa_index",
    "mfa_list_webauthn",
    "mfa_login_webauthn",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_remove_webauthn",
    "mfa_view_recovery_codes",
}


@dataclass(frozen=True)
class Place:
    """A page at an address, as someone who may see it, and how it answers."""

    name: str
    address: str
    visitor: str
    status: int = 200


@dataclass
class Visit:
    """What one person reaches from where they start: one address for each name of the URL tables."""

    visitor: str
    client: Client
    seen: set[str] = field(default_factory=set)
    pages: list[Place] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    def explore(self, *starts: str) -> None:
        waiting = deque((start, "start") for start in ("/", *starts))
        while waiting:
            address, source = waiting.popleft()
            name = name_of(address)
            if name in self.seen:
                continue
            self.seen.add(name or address)
            try:
                response = self.client.get(address, follow=True)
            except AssertionError as rule:  # what a page may not hold
                self.broken.append(f"{self.visitor}: {address}: {rule}")
                continue
            if name is None or response.status_code >= 400:
                self.broken.append(f"{self.visitor}: {source} → {address} ({response.status_code})")
            elif name_of(response.request["PATH_INFO"]) != name:
                waiting.appendleft((response.redirect_chain[-1][0], address))
            elif response["Content-Type"].startswith("text/html") and name not in NOT_PAGES:
                self.pages.append(Place(name, address, self.visitor))
                waiting.extend((link, address) for link in links_of(response, address))


def links_of(response: Any, base: str) -> Iterator[str]:
    for href in HREF.findall(response.content.decode()):
        address = urljoin(base, unescape(href))
        if not urlsplit(address).netloc and urlsplit(address).path.startswith("/"):
            yield address


def name_of(address: str) -> str | None:
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return None


def names() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every name of the URL tables, with arguments that point at nothing."""
    return _names(get_resolver(), ())


def _names(resolver: Any, spaces: tuple[str, ...]) -> Iterator[tuple[str, dict[str, Any]]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            converters = {key: converter for key, converter in entry.pattern.converters.items()}
            yield ":".join([*spaces, str(entry.name)]), {key: _dummy(kind) for key, kind in converters.items()}
        else:
            yield from _names(entry, (*spaces, entry.namespace) if entry.namespace else spaces)


def _dummy(converter: Any) -> Any:
    return DUMMIES[type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")]


def unreached(visits: list[Visit]) -> list[str]:
    """Names that answer to GET and that no link leads to. An act answers 405 whatever it is asked about."""
    known = {name for visit in visits for name in visit.seen} | NOT_PAGES
    missing = []
    for name, arguments in names():
        if name not in known and not _is_act(reverse(name, kwargs=arguments), visits):
            missing.append(name)
    return missing


def _is_act(address: str, visits: list[Visit]) -> bool:
    """Whoever may do it is told that it is not read; the others may be stopped before."""
    return any(visit.client.get(address).status_code == 405 for visit in visits)
