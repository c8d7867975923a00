"""Coming in by one's organization in a real Chromium, which follows our form only to the provider that is named."""

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils.csp import CSP

from cordee.meetings.tests import factory
from cordee.toolkit.testing.browser import axe, runs_over
from cordee.toolkit.testing.identity.server import IdentityServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def server(tmp_path, live_server, settings):
    cache.clear()
    back = live_server.url + reverse("openid_connect_callback", args=["massif"])
    with IdentityServer(tmp_path, back) as running:
        massif = running.provider("massif", domains=("exemple.test",))
        settings.IDENTITY_PROVIDERS = (massif,)
        settings.SECURE_CSP = {**settings.SECURE_CSP, "form-action": [CSP.SELF, *massif.origins]}
        yield running


def holds(page, name):
    assert (name, runs_over(page), axe(page)) == (name, [], [])


def test_the_button_leads_there_and_back(live_server, chromium, server):
    alice = factory.person("Alice")
    server.knows("alice", email=alice.email, email_verified=True)
    server.knows("inconnue", email="inconnue@exemple.test", email_verified=True)
    context = chromium.new_context(
        base_url=live_server.url, viewport={"width": 390, "height": 844}, color_scheme="dark", locale="fr-CA"
    )
    try:
        page = context.new_page()
        for name, heading in (("inconnue", "La session n’est pas ouverte"), ("alice", "Mon accès")):
            context.clear_cookies()
            page.goto(f"{reverse('account_login')}?next={reverse('people:my_access')}")
            holds(page, "account_login")
            page.get_by_role("button", name="Continuer avec Massif").click()
            page.wait_for_url(f"http://127.0.0.1:{server.port}/entree/**")
            page.fill("[name=username]", name)
            page.fill("[name=password]", name)
            page.get_by_role("button").click()
            page.get_by_role("heading", level=1, name=heading).wait_for()
            holds(page, heading)
        assert page.get_by_role("button", name="Délier").is_visible()
    finally:
        context.close()


def test_a_provider_that_the_policy_does_not_name_is_not_gone_to(live_server, chromium, server, settings):
    settings.SECURE_CSP = {**settings.SECURE_CSP, "form-action": [CSP.SELF]}
    context = chromium.new_context(base_url=live_server.url, locale="fr-CA")
    try:
        page = context.new_page()
        page.goto(reverse("account_login"))
        with page.expect_console_message(lambda message: "form-action" in message.text):
            page.get_by_role("button", name="Continuer avec Massif").click()
        assert page.url.startswith(live_server.url)
    finally:
        context.close()
