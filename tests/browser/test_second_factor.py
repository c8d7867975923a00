"""An application of codes in a real Chromium: added after a password, asked for at the next way in, removed."""

from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.urls import reverse

from cordee.meetings.tests import factory
from cordee.people.tests.test_accounts import PASSWORD, code_of
from cordee.toolkit.testing.browser import axe, runs_over

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def treasurer(settings):
    settings.SECOND_FACTOR_REQUIRED = True
    cache.clear()
    who = factory.person("Gaspard")
    factory.duty(who, "treasurer")
    who.user.set_password(PASSWORD)
    who.user.save(update_fields=["password"])
    return who


def holds(page, name):
    """The page is the one named, within its window, and axe finds nothing on it."""
    page.wait_for_url(f"**{reverse(name)}*")
    assert (name, runs_over(page), axe(page)) == (name, [], [])


def sends(page, **typed):
    for field, text in typed.items():
        page.fill(f"main [name={field}]", text)
    page.locator("main form:visible").filter(has=page.locator(f"[name={next(iter(typed))}]")).locator("button").click()


@pytest.mark.parametrize(
    ("width", "scheme", "language"), [(1440, "light", "fr"), (390, "dark", "fr"), (320, "light", "en")]
)
def test_an_application_is_added_asked_for_renewed_and_removed(
    live_server, chromium, treasurer, width, scheme, language
):
    size = {"width": width, "height": 900}
    context = chromium.new_context(base_url=live_server.url, viewport=size, color_scheme=scheme)
    context.add_cookies([{"name": "langue", "value": language, "url": live_server.url}])
    try:
        page = context.new_page()
        page.goto(reverse("account_login"))
        sends(page, login=treasurer.user.email, password=PASSWORD)
        holds(page, "people:my_access")
        secret = adds_an_application(page)
        comes_in_again(page, context, treasurer, secret)
        makes_new_codes(page)
        removes_it(page)
    finally:
        context.close()
    assert not Authenticator.objects.filter(user=treasurer.user).exists()


def adds_an_application(page):
    page.goto(reverse("mfa_activate_totp"))
    holds(page, "account_reauthenticate")
    sends(page, password=PASSWORD)
    holds(page, "mfa_activate_totp")
    secret = page.locator("main code").inner_text()
    sends(page, code=code_of(secret))
    holds(page, "mfa_view_recovery_codes")
    assert page.locator("main ol code").count() == 10
    return secret


def comes_in_again(page, context, treasurer, secret):
    cache.clear()  # a code serves once; the one of this half minute has
    context.clear_cookies(name="sessionid")
    page.goto(reverse("account_login"))
    sends(page, login=treasurer.user.email, password=PASSWORD)
    holds(page, "mfa_authenticate")
    sends(page, code=code_of(secret))
    page.wait_for_url(lambda address: urlsplit(address).path == reverse("home:home"))


def makes_new_codes(page):
    page.goto(reverse("mfa_generate_recovery_codes"))
    if "reauthenticate" in page.url:
        sends(page, password=PASSWORD)
    holds(page, "mfa_generate_recovery_codes")
    page.locator("main form button").click()
    holds(page, "mfa_view_recovery_codes")


def removes_it(page):
    page.goto(reverse("mfa_deactivate_totp"))
    holds(page, "mfa_deactivate_totp")
    page.locator("main form button").click()
    holds(page, "people:my_access")
