"""Who may open what: `access.json` is the reviewed table, and what is not one's own does not exist."""

import importlib
import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import clear_url_caches, get_resolver, reverse

from cordee.home import urls as home_urls
from cordee.toolkit.access import public
from tests.access import table
from tests.access.objects import Route, routes

pytestmark = [pytest.mark.django_db, pytest.mark.above_the_database]
ROUTES = list(routes())
OURS = [route for route in ROUTES if route.is_ours]
HOW = """
If that is what you mean, run `python -m pytest tests/test_access.py tests/test_query_counts.py --rewrite`, and read the
difference of tests/access.json before you commit it: a line says who may open what. The columns are coo sec tre bil riv
man lia par dir non out; the head of the file says who they are."""


def named(route: Route) -> str:
    return route.name


@pytest.mark.parametrize("name", sorted({route.name for route in ROUTES}))
def test_an_address_answers_each_role_as_the_reviewed_table_says(name, answered):
    found, reviewed = answered.get(name, {}), table.committed().get(name, {})
    gone = [f"- {key:24} {reviewed[key]}" for key in reviewed if found.get(key) != reviewed[key]]
    new = [f"+ {key:24} {found[key]}" for key in found if reviewed.get(key) != found[key]]
    assert not (gone or new), "\n".join([f"{name} is not as tests/access.json says:", *gone, *new, HOW])


def test_the_reviewed_table_has_no_address_that_is_gone():
    gone = set(table.committed()) - {route.name for route in ROUTES}
    assert not gone, f"gone, and still in tests/access.json: {sorted(gone)}. {HOW}"


def test_what_is_not_ones_own_answers_as_if_it_did_not_exist(house):
    assert house.holes == [], "\n".join(
        ["Fetch it with `visible_to`, so that it is a 404 for whom it does not concern:", *house.holes]
    )


def test_no_answer_holds_the_name_or_the_money_of_others(house):
    assert house.leaks == [], "\n".join(
        [
            "« Canari » is a person one may not see, odd cents another centre’s (tests/access/canaries.py):",
            *house.leaks,
        ]
    )


@pytest.mark.parametrize("route", OURS, ids=named)
def test_a_view_refuses_a_method_it_does_not_know_whoever_asks(route):
    for method in ("PUT", "PATCH", "DELETE", "TRACE"):
        assert call(route, method).status_code == 405, (
            f"{route.name} takes {method}: put require_safe, require_POST or require_form above `requires` of its view."
        )


@pytest.mark.parametrize("route", OURS, ids=named)
def test_a_page_also_answers_a_request_for_its_head(route):
    allowed = call(route, "TRACE").get("Allow", "")
    assert ("GET" in allowed) == ("HEAD" in allowed), f"{route.name}: use require_safe or require_form"


def call(route: Route, method: str) -> HttpResponse:
    """The answer to a stranger; 500 when the view went on without knowing the method."""
    request = RequestFactory().generic(method, "/")
    request.person, request.user = None, AnonymousUser()
    try:
        return route.view(request)
    except (TypeError, AttributeError) as error:
        return HttpResponse(str(error), status=500)


def test_the_addresses_of_the_demonstration_exist_there_only(settings):
    ordinary = {route.name for route in routes()}
    settings.DEMO = True
    try:
        reload_addresses()
        added = [route for route in routes() if route.name not in ordinary]
        assert {route.name for route in added} == {"home:personas", "home:become", "home:teams_report"}
        assert all(route.view.policy is public for route in added)
        assert [call(route, "PUT").status_code for route in added] == [405, 405, 405]
    finally:
        settings.DEMO = False
        reload_addresses()
    assert {route.name for route in routes()} == ordinary


def reload_addresses() -> None:
    importlib.reload(home_urls)
    importlib.reload(get_resolver().urlconf_module)
    clear_url_caches()


@pytest.mark.parametrize("route", [route for route in OURS if route.view.policy is not public], ids=named)
def test_no_address_swaps_the_sign_in_page_into_a_fragment(route, client):
    path = reverse(route.name, kwargs=dict.fromkeys(re.findall(r"<(?:\w+:)?(\w+)>", route.pattern), 1))
    for method in ("GET", "POST"):
        response = client.generic(method, path, headers={"HX-Request": "true"})
        assert response.status_code == 405 or response["HX-Redirect"].startswith(reverse("account_login"))
        assert response.content == b""
