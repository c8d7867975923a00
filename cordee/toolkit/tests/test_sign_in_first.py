"""Whoever is signed out is led to the sign-in page, whole, and from there back to the page where they were."""

import pytest
from django.test import Client
from django.urls import reverse

from cordee.people.models import User

pytestmark = pytest.mark.django_db
SIGN_IN = "/compte/login/"
ROSTER = "/rencontres/4/presences/"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def test_a_page_leads_to_the_sign_in_page_and_back(client):
    response = client.get("/rencontres/?state=validated")
    assert response.status_code == 302
    assert response["Location"] == f"{SIGN_IN}?next=/rencontres/%3Fstate%3Dvalidated"


def test_a_fragment_makes_the_browser_open_the_sign_in_page_rather_than_swap_it_in(client):
    response = client.get(f"{ROSTER}?since=3", headers=htmx(ROSTER))
    assert response.status_code == 200
    assert response["HX-Redirect"] == f"{SIGN_IN}?next={ROSTER}"
    assert "Location" not in response
    assert response.content == b""


def test_a_tap_on_the_roster_leads_back_to_the_roster(client):
    response = client.post(f"{ROSTER}7/", {"portion-7": "day"}, headers=htmx(ROSTER))
    assert response["HX-Redirect"] == f"{SIGN_IN}?next={ROSTER}"


def test_a_fragment_asked_from_elsewhere_leads_back_to_the_home_page(client):
    response = client.get(ROSTER, headers={"HX-Request": "true", "HX-Current-URL": "https://ailleurs.test/piege/"})
    assert response["HX-Redirect"] == f"{SIGN_IN}?next=/"


def test_a_boosted_page_is_a_page(client):
    response = client.get(ROSTER, headers={**htmx("/"), "HX-Boosted": "true"})
    assert response.status_code == 302
    assert response["Location"] == f"{SIGN_IN}?next={ROSTER}"


@pytest.mark.parametrize(
    ("referer", "after"), [(f"http://testserver{ROSTER}", f"http%3A//testserver{ROSTER}"), ("https://x.test/", "/")]
)
def test_a_form_leads_back_to_its_page_never_to_its_own_address(client, referer, after):
    response = client.post("/rencontres/4/presences/tous/", headers={"Referer": referer})
    assert response["Location"] == f"{SIGN_IN}?next={after}"


def test_an_account_without_a_person_is_told_so_instead_of_turning_in_circles(client: Client):
    client.force_login(User.objects.create(email="compte@exemple.test"), backend=BACKEND)
    for address in (reverse("home:home"), reverse("meetings:list")):
        response = client.get(address)
        assert response.status_code == 403
        assert "n’est lié à aucune personne" in response.content.decode()


def htmx(page: str) -> dict[str, str]:
    return {"HX-Request": "true", "HX-Current-URL": f"http://testserver{page}"}
