"""The device one has already come in from: a signed cookie says whose it is, so that nothing is asked of the server.

It spares the owner the brake on wrong passwords that a stranger may set off, and the notice of a new device.
"""

import re

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

COOKIE, SALT = "appareil", "people.device"
ONE_YEAR = 365 * 24 * 3600
MOST = 8  # accounts that share a device

BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


def owners(request: HttpRequest) -> list[int]:
    """The accounts that came in from this device; empty when the cookie is not ours or too old."""
    try:
        return list(signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=ONE_YEAR))
    except signing.BadSignature:
        return []


def remember(request: HttpRequest, response: HttpResponse, user_id: int) -> None:
    known = [user_id, *(one for one in owners(request) if one != user_id)][:MOST]
    value = signing.dumps(known, salt=SALT)
    response.set_cookie(COOKIE, value, max_age=ONE_YEAR, samesite="Lax", secure=request.is_secure(), httponly=True)


def name_of(user_agent: str) -> str:
    """« Firefox, Windows », as far as the browser says."""
    browser = next((name for mark, name in BROWSERS if re.search(rf"\b{mark}", user_agent)), "")
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    return ", ".join(filter(None, [browser, system])) or _("Appareil inconnu")
