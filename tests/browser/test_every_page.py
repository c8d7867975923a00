"""Every page, in a real Chromium: readable by everyone, on any screen, in both themes and languages, and on paper."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from cordee.home.demo.personas import personas
from cordee.toolkit.testing.browser import axe, axe_script, force_wide_text, listen, misfits
from tests.browser.examples import examples
from tests.browser.places import NOBODY, Place, Visit, unreached

pytestmark = [pytest.mark.browser, pytest.mark.every_page]

WIDTHS = (320, 390, 768, 1440)
SPACED = 390  # where people’s own spacing is tried
PAPER = 700  # a Letter page between its margins
ENGLISH_SPEAKER = "facturation-riverside"
ON_SCREEN_ONLY = ".topbar, .sidebar, .btn, .skip, .menu, .filters, .pages, .flashes, dialog"
REFUSALS = (
    Place("not found", "/nulle-part/", "coordonnatrice", 404),
    Place("not allowed", "/tresorerie/", "participante", 403),
)
NOT_SPACED = "document.adoptedStyleSheets = []"
SAYS = """() => ({
  headings: document.querySelectorAll("h1").length,
  title: document.title.replace("· Cordée", "").trim(),
  lang: document.documentElement.lang,
})"""
SHOWN = """css => [...document.querySelectorAll(css)].filter((node) => node.checkVisibility() && node.offsetHeight)
  .map((node) => node.outerHTML.slice(0, 100))"""


@dataclass(frozen=True)
class Look:
    language: str
    theme: str
    width: int  # where axe looks


FRENCH, ENGLISH = Look("fr", "light", 1440), Look("en", "dark", 390)


def test_every_page_holds_for_everyone(demo_site, chromium):
    """One test, for the year is loaded and explored once: it names each page with all that is wrong with it."""
    visits = explored()
    found = {"links": [broken for visit in visits for broken in visit.broken], "never reached": unreached(visits)}
    for look in (FRENCH, ENGLISH):
        reader = Reader(demo_site, chromium, look, visits)
        for place in places(visits, look):
            found[f"{place.name} {place.address} ({place.visitor}, {look.language})"] = reader.complaints(place)
        reader.close()
    wrong = [f"{page}: {complaint}" for page, complaints in found.items() for complaint in complaints]
    assert not wrong, "\n".join(wrong)


def explored() -> list[Visit]:
    """Everyone’s own site; who sees most comes first."""
    starts, visits = examples(), []
    for persona in personas():
        visits.append(Visit(persona.key, Client()))
        visits[-1].client.force_login(persona.person.user)
    visits.append(Visit(NOBODY, Client()))
    for visit in visits:
        visit.client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"  # no French in it: a trap asks that of each page
        visit.explore(*starts.get(visit.visitor, ()))
    return visits


def places(visits: list[Visit], look: Look) -> list[Place]:
    """One address for each name, another in each look where there is another; everyone’s home."""
    by_name: dict[str, list[Place]] = {}
    for visit in visits:
        for place in visit.pages:
            by_name.setdefault(place.name, []).append(place)
    chosen = [*REFUSALS, *(by_name.pop("home:home") if look is FRENCH else [])]
    for same in by_name.values():
        others = [place for place in same if place.visitor == ENGLISH_SPEAKER] or same[1:2] or same
        chosen.append(same[0] if look is FRENCH else others[0])
    return chosen


class Reader:
    """One window for each visitor, in one look: the page it shows gives way to the next, as it does for people."""

    def __init__(self, site: str, chromium: Any, look: Look, visits: list[Visit]) -> None:
        self.site, self.chromium, self.look = site, chromium, look
        self.sessions = {
            visit.visitor: visit.client.cookies[settings.SESSION_COOKIE_NAME].value
            for visit in visits
            if visit.visitor != NOBODY
        }
        self.windows: dict[str, Any] = {}

    def window(self, visitor: str) -> Any:
        if visitor not in self.windows:
            context = self.chromium.new_context(
                color_scheme=self.look.theme, locale=f"{self.look.language}-CA", reduced_motion="no-preference"
            )
            cookies = {settings.LANGUAGE_COOKIE_NAME: self.look.language}
            if visitor in self.sessions:
                cookies[settings.SESSION_COOKIE_NAME] = self.sessions[visitor]
            context.add_cookies([{"name": key, "value": cookies[key], "url": self.site} for key in cookies])
            context.add_init_script(axe_script())
            page = context.new_page()
            heard = listen(page)
            page.on("request", lambda request: heard.extend(elsewhere(request.url, self.site)))
            self.windows[visitor] = page, heard
        return self.windows[visitor]

    def close(self) -> None:
        for page, _heard in self.windows.values():
            page.context.close()

    def complaints(self, place: Place) -> list[str]:
        """Everything that is wrong with a page, in the words of who has to mend it."""
        page, heard = self.window(place.visitor)
        heard.clear()
        page.emulate_media(media="screen")
        widen(page, self.look.width)
        response = page.goto(self.site + place.address)
        if response.status != place.status:
            heard.append(f"status {response.status}")
        elif response.status >= 400:
            heard.clear()  # the console says it too
        return [*said(page, self.look), *axe(page), *on_screens(page, self.look), *on_paper(page), *heard]


def elsewhere(url: str, home: str) -> list[str]:
    return [] if url.startswith((home, "data:", "blob:")) else [f"asks elsewhere: {url}"]


def said(page: Any, look: Look) -> list[str]:
    says = page.evaluate(SAYS)
    return [
        *([] if says["headings"] == 1 else [f"{says['headings']} h1"]),
        *([] if says["title"] else ["no title"]),
        *([] if says["lang"] == f"{look.language}-CA" else [f"lang {says['lang']}"]),
    ]


def on_screens(page: Any, look: Look) -> list[str]:
    """At each width, from the one of the look: a page laid out and drawn anew is what costs."""
    found = []
    for width in sorted(WIDTHS, key=lambda width: width != look.width):
        widen(page, width)
        found += [f"{width} px, {what}" for what in misfits(page)]
        if width == SPACED:
            force_wide_text(page)
            found += [f"{width} px spaced, {what}" for what in misfits(page)]
            page.evaluate(NOT_SPACED)
    return found


def widen(page: Any, width: int) -> None:
    if page.viewport_size["width"] != width:
        page.set_viewport_size({"width": width, "height": 900})


def on_paper(page: Any) -> list[str]:
    widen(page, PAPER)
    page.emulate_media(media="print")
    shown = page.evaluate(SHOWN, ON_SCREEN_ONLY)
    return [*(f"on paper, shown: {what}" for what in shown), *(f"on paper, {what}" for what in misfits(page))]
