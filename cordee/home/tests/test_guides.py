"""Every guide of docs/guides is a page, its pictures are there, and its links lead somewhere."""

import re

import pytest
from django.urls import reverse

from cordee.home.views.guides import GUIDES, addressed
from cordee.meetings.tests import factory

pytestmark = pytest.mark.django_db
SLUGS = sorted(path.stem for path in GUIDES.glob("*.md"))


@pytest.fixture
def reader(client):
    client.force_login(factory.person("Alice").user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_guide_is_a_page_and_all_it_shows_or_leads_to_is_there(reader, slug, language):
    reader.cookies["django_language"] = language
    page = reader.get(reverse("home:guide", args=[slug]))
    assert page.status_code == 200
    article = page.content.decode().split("<article", 1)[1].split("</article>", 1)[0]
    pictures = re.findall(r'<img src="([^"]+)" alt="([^"]*)"', article)
    assert all(words for _address, words in pictures)
    for address in [address for address, _words in pictures] + re.findall(r'<a href="(/[^"#]*)', article):
        assert reader.get(address).status_code == 200, address


def test_every_guide_is_listed_and_written_in_english_too(reader):
    page = reader.get(reverse("home:guides")).content.decode()
    assert all(reverse("home:guide", args=[slug]) in page for slug in SLUGS)
    assert {path.stem for path in (GUIDES / "en").glob("*.md")} <= set(SLUGS)


def test_what_is_not_a_guide_or_a_picture_of_one_does_not_exist(reader):
    for address in ("/aide/inconnu/", "/aide/images/inconnu.png", "/aide/images/..%2fanimer-une-rencontre.md"):
        assert reader.get(address).status_code == 404
    assert addressed("/rencontres/") == "/rencontres/"


def test_guides_are_for_those_who_have_an_account(client):
    assert client.get(reverse("home:guides")).status_code == 302
