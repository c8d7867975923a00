"""The main job in a real Chromium, with a script and without: three clicks to submit, one to approve all."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.urls import reverse

from cordee.toolkit.testing.browser import listen
from cordee.treasury.models import Claim, ClaimState

pytestmark = pytest.mark.browser
PATRIOTES = "865000"


class Clicks:
    """A page on which clicks are counted."""

    def __init__(self, page: Any, site: str) -> None:
        self.page, self.site, self.count = page, site, 0

    def on(self, role: str, name: str, *, exact: bool = True) -> None:
        self.page.get_by_role(role, name=name, exact=exact).first.click()
        self.page.wait_for_load_state()
        self.count += 1

    def says(self, text: str) -> bool:
        return text in self.page.locator("body").inner_text().replace("\xa0", " ")

    def open(self, address: str) -> None:
        self.page.goto(self.site + address)


@contextmanager
def acting_as(chromium: Any, site: str, name: str, *, scripts: bool) -> Iterator[Clicks]:
    context = chromium.new_context(java_script_enabled=scripts, locale="fr-CA", viewport={"width": 1440, "height": 900})
    page = context.new_page()
    complaints = listen(page)
    page.goto(f"{site}{reverse('home:personas')}")
    page.locator("form", has_text=name).last.get_by_role("button").first.click()
    page.wait_for_load_state()
    yield Clicks(page, site)
    context.close()
    # What a click leaves half loaded is not a fault of the page.
    assert [complaint for complaint in complaints if "net::ERR" not in complaint] == []


def claim_of(code: str) -> Claim:
    return Claim.objects.get(organization__code=code, period="mid-year", sequence=0)


def states() -> dict[str, int]:
    found: dict[str, int] = {}
    for state in Claim.objects.order_by("pk").values_list("state", flat=True):
        found[state] = found.get(state, 0) + 1
    return found


@pytest.mark.parametrize("scripts", [True, False], ids=["with a script", "without a script"])
def test_a_claim_is_submitted_approved_and_explained(demo_site, chromium, scripts):
    submits_in_three_clicks(chromium, demo_site, scripts=scripts)
    approves_all_that_wait(chromium, demo_site, scripts=scripts)
    follows_a_dollar_and_comes_back(chromium, demo_site, scripts=scripts)


def submits_in_three_clicks(chromium, site, *, scripts):
    claim = claim_of(PATRIOTES)
    with acting_as(chromium, site, "Flavie Ressaut", scripts=scripts) as flavie:
        flavie.on("link", "Soumettre", exact=False)
        if scripts:
            press_with_the_keyboard(flavie.page, "Soumettre")
            flavie.count += 1
        else:
            flavie.on("button", "Soumettre")
        assert flavie.count <= 3
        assert flavie.says("La réclamation est soumise.")
        claim.refresh_from_db()
        assert claim.state == ClaimState.SUBMITTED
        flavie.on("button", "Annuler")
        claim.refresh_from_db()
        assert claim.state == ClaimState.DRAFT
        assert flavie.says("a annulé la soumission"), "the history says both"


def press_with_the_keyboard(page, name):
    """From the top of the page, with the Tab key alone."""
    for _step in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName + document.activeElement.innerText.trim()") == f"BUTTON{name}":
            page.keyboard.press("Enter")
            page.wait_for_load_state()
            return
    raise AssertionError(f"« {name} » is out of reach of the keyboard.")


def approves_all_that_wait(chromium, site, *, scripts):
    before = states()
    with acting_as(chromium, site, "Gaspard Relais", scripts=scripts) as gaspard:
        gaspard.open(reverse("treasury:claim_list"))
        gaspard.page.get_by_label("Tout cocher").check()
        rows = gaspard.page.locator("input[name=claim]")
        assert [rows.nth(at).is_checked() for at in range(rows.count())] == [scripts, scripts]
        gaspard.on("button", "Approuver les réclamations cochées")
        assert gaspard.says("2 réclamations approuvées.")
        assert states()["approved"] == before["approved"] + 2
        gaspard.on("button", "Annuler")
        assert gaspard.says("2 approbations annulées.")
    assert states() == before


def follows_a_dollar_and_comes_back(chromium, site, *, scripts):
    claim = claim_of(PATRIOTES)
    with acting_as(chromium, site, "Blandine Cordelette", scripts=scripts) as blandine:
        blandine.open(reverse("treasury:claim", args=[claim.pk]))
        why = blandine.page.locator("details", has_text="Delphine Arête")
        why.locator("summary").click()
        why.get_by_role("link", name="12 novembre 2024").click()
        blandine.page.wait_for_load_state()
        row = blandine.page.url.rpartition("#")[2]
        assert "Delphine Arête" in blandine.page.locator(f"[id='{row}']").inner_text()
        blandine.on("link", "CSS des Patriotes")
        assert blandine.page.url.endswith(reverse("treasury:claim", args=[claim.pk]))
