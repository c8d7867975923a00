"""A line of the logs is JSON, belongs to its request, and names nobody."""

import json
import logging

import pytest
from django.db import IntegrityError
from django.http import Http404
from django.test import RequestFactory, override_settings
from django.urls import include, path

from cordee.toolkit.access import public, requires
from cordee.toolkit.logs import JsonLines
from cordee.toolkit.middleware import RequestIdentifierFilter, RequestIdentifierMiddleware

NAME = "Delphine-Arête"


@requires(public)
def breaks(request, name):
    try:
        raise IntegrityError(f"Key (email)=({name}@exemple.test) already exists")
    except IntegrityError as error:
        raise ValueError(f"cannot keep {name}") from error


@requires(public)
def absent(request, name):
    raise Http404(name)


urlpatterns = [
    path("casse/<str:name>/", breaks, name="breaks"),
    path("absent/<str:name>/", absent, name="absent"),
    path("", include("config.urls")),  # the page that says so leads elsewhere
]


@pytest.fixture
def lines():
    """What the handler of a production writes, as objects."""
    written: list[str] = []

    class Kept(logging.Handler):
        def emit(self, record):
            written.append(self.format(record))

    handler, access = Kept(), logging.getLogger("cordee.access")
    handler.setFormatter(JsonLines())
    handler.addFilter(RequestIdentifierFilter())
    logging.getLogger().addHandler(handler)
    before = access.level
    access.setLevel(logging.INFO)
    yield lambda: [json.loads(line) for line in written]
    access.setLevel(before)
    logging.getLogger().removeHandler(handler)
    assert not [line for line in written if NAME in line or "email" in line]


@override_settings(ROOT_URLCONF=__name__)
def test_a_page_that_breaks_is_told_without_its_values(client, lines, db):
    client.raise_request_exception = False
    answer = client.get(f"/casse/{NAME}/?nom={NAME}", headers={"X-Request-Id": "essai-0001"})
    assert answer.status_code == 500
    broken, answered = lines()
    assert broken["exception"]["class"] == ["ValueError", "IntegrityError"]
    assert any("test_logs.py" in frame and frame.endswith(" breaks") for frame in broken["exception"]["frames"])
    assert broken["message"] == "Internal Server Error: breaks"
    assert {broken["request"], answered["request"]} == {"essai-0001"}
    assert {key: answered[key] for key in ("method", "route", "status")} == {
        "method": "GET",
        "route": "breaks",
        "status": 500,
    }


@override_settings(ROOT_URLCONF=__name__)
def test_an_address_that_is_not_there_is_told_by_its_route(client, lines, db):
    client.get(f"/absent/{NAME}/")
    client.get(f"/nulle-part/{NAME}/")
    assert [line["message"] for line in lines() if line["logger"] == "django.request"] == [
        "Not Found: absent",
        "Not Found: -",
    ]


def test_an_identifier_that_is_not_one_is_replaced(rf: RequestFactory):
    seen = RequestIdentifierMiddleware(lambda request: type("R", (dict,), {"status_code": 200})())
    given = seen(rf.get("/", headers={"X-Request-Id": 'x"}\n{"level": "forged'}))["X-Request-Id"]
    assert len(given) == 32 and given.isalnum()
