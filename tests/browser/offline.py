"""A roster in a browser whose network comes and goes: what its tests do and look at."""

import re
from urllib.parse import urljoin

from django.conf import settings as site
from django.test import Client
from django.urls import reverse

from cordee.meetings.models import AttendanceChange
from tests.browser.conftest import BACKEND

KEPT = "async () => (await caches.keys()).filter((name) => name.startsWith('kept|')).length"
WORKERS = "async () => (await navigator.serviceWorker.getRegistrations()).map((one) => new URL(one.scope).pathname)"

# As another tab that sends: nothing leaves this one until it lets go.
HOLD_THE_QUEUE = """() => new Promise((held) => navigator.locks.request(
    `queue ${document.querySelector("[data-marks]").dataset.page}`,
    () => { held(); return new Promise((go) => { window.letGo = go; }); }
))"""


def roster_path(world):
    return reverse("meetings:roster", args=[world.meeting.pk])


def line(page, person):
    return page.locator(f"#person-{person.pk}")


def choose(page, person, word):
    line(page, person).get_by_role("radio", name=word).click()


def ticked(page, person):
    return line(page, person).locator("input:checked").get_attribute("value")


def until(page, wanted, script):
    """The strict policy refuses what Playwright would evaluate in the page by itself."""
    for _again in range(100):
        if page.evaluate(script) == wanted:
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never {wanted}: {page.evaluate(script)}")


def is_kept(page):
    """The page is on the device, and its worker answers for it."""
    until(page, "activated", "() => navigator.serviceWorker.controller?.state")


def kept_here(page, words):
    page.locator("[data-saved]", has_text=words).wait_for()


def sign_in(context, person, url):
    client = Client()
    client.force_login(person.user, backend=BACKEND)
    session = client.cookies[site.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": site.SESSION_COOKIE_NAME, "value": session, "url": urljoin(url, "/")}])


def cut(page):
    page.context.set_offline(True)


def back(page):
    page.context.set_offline(False)


def saved(page):
    page.get_by_text(re.compile("^Enregistré à")).wait_for()


def history():
    return list(AttendanceChange.objects.order_by("pk").values_list("attendance__person", "after", "reason"))
