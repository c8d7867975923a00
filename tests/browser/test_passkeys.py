"""A passkey in a real Chromium, with an authenticator that the browser plays: made, then the only thing shown."""

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from cordee.meetings.tests import factory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "crampons sur la glace vive"
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
}


def test_a_passkey_is_made_and_opens_a_session_by_itself(live_server, chromium, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    who = factory.person("Gaspard")
    factory.duty(who, "treasurer")
    who.user.set_password(PASSWORD)
    who.user.save(update_fields=["password"])
    site = live_server.url.replace("127.0.0.1", "localhost")  # a passkey belongs to a name, not to a number
    context = chromium.new_context(locale="fr-CA")
    try:
        page = context.new_page()
        devices = context.new_cdp_session(page)
        devices.send("WebAuthn.enable")
        devices.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
        signs_in_by_password(page, site, who.user.email)
        makes_a_passkey(page, site)
        assert Authenticator.objects.filter(user=who.user, type="webauthn").count() == 1
        context.clear_cookies()
        page.goto(site + reverse("account_login"))
        page.get_by_role("button", name="Ouvrir avec une clé d’accès").click()
        page.wait_for_url(f"{site}/")
    finally:
        context.close()


def signs_in_by_password(page, site, email):
    page.goto(site + reverse("account_login"))
    page.fill("[name=login]", email)
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="Ouvrir la session").click()
    page.wait_for_url(site + reverse("people:my_access"))


def makes_a_passkey(page, site):
    page.get_by_role("link", name="Ajouter une clé d’accès").click()
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="Continuer").click()
    page.get_by_role("button", name="Créer la clé").click()
    page.wait_for_url(site + reverse("mfa_view_recovery_codes"))
