"""The traps catch what they are set for: each is sprung here once, on purpose."""

import json
import os
import socket
import subprocess
import sys
from datetime import UTC, date, datetime

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.template import Context, Template

from cordee.people.models import Affiliation, Organization, Person
from cordee.toolkit.testing.traps import check_html

SPEAKS_OR_NOT = """import pytest
@pytest.mark.django_db
def test_by_its_mark(): pass
def test_by_its_fixture(transactional_db): pass
@pytest.mark.postgresql
def test_of_the_server(): pass
@pytest.mark.django_db
@pytest.mark.above_the_database
def test_of_pages(): pass
def test_of_none(): pass
def test_late(request): request.getfixturevalue("db")
"""
GOOD_FORM = '<form method="post"><input name="csrfmiddlewaretoken" value="x"></form>'


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        '<a onclick="go()">x</a>',
        '<p style="color:red">x</p>',
        "<style>p{}</style>",
        '<form method="post"><button>x</button></form>',
        '<img src="https://elsewhere.test/x.png">',
        "<p>{{ person }}</p>",
        '<main><a hx-get="/">x</a></main>',
        '<script src="/ui/js/later.js"></script><main><details data-htmx="/h.js"></details><a hx-get="/">x</a></main>',
    ],
)
def test_a_page_may_not_hold(html):
    with pytest.raises(AssertionError):
        check_html(html)


def test_what_brings_htmx_as_it_opens_may_want_it():
    check_html('<main><details data-htmx="/h.js"><a hx-get="/">x</a></details></main>')


def test_a_plain_page_passes():
    check_html(f'<script src="/static/x.js"></script>{GOOD_FORM}<a href="/personnes/">x</a>')


def test_an_undefined_template_variable_fails():
    template = Template("{{ nobody }}")
    with pytest.raises(AssertionError, match="nobody"):
        template.render(Context({}))


def test_an_undefined_variable_in_a_condition_or_with_a_default_passes():
    assert Template("{% if nobody %}x{% endif %}{{ nobody|default:'-' }}").render(Context({})) == "-"


@pytest.mark.django_db
def test_rows_nobody_ordered_come_shuffled():
    Organization.objects.bulk_create(Organization(code=str(n), short_name=f"O{n:03}", kind="css") for n in range(60))
    rows = [organization.pk for organization in Organization.objects.order_by()]
    assert rows != sorted(rows)
    ordered = [organization.pk for organization in Organization.objects.order_by("pk")]
    assert ordered == sorted(ordered)


@pytest.mark.django_db
def test_an_instant_given_as_a_day_fails():
    person = Person.objects.create(first_name="Alice", last_name="Arête")
    organization = Organization.objects.create(code="1", short_name="Un", kind="css")
    with pytest.raises(AssertionError, match="datetime"), transaction.atomic():
        Affiliation.objects.create(person=person, organization=organization, starts_on=datetime(2025, 1, 1, tzinfo=UTC))
    Affiliation.objects.create(person=person, organization=organization, starts_on=date(2025, 1, 1))


@pytest.mark.django_db
def test_a_lock_over_joined_rows_must_say_which():
    with pytest.raises(AssertionError, match="of="):
        list(Affiliation.objects.select_related("person").select_for_update())


def test_the_network_is_closed():
    with socket.socket() as caller, pytest.raises(AssertionError, match="network"):
        caller.connect(("192.0.2.1", 80))


def pytest_of(tmp_path, *options, **variables):
    """What pytest says of SPEAKS_OR_NOT with the plugin of the house alone."""
    (tmp_path / "test_small.py").write_text(SPEAKS_OR_NOT)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "cordee.toolkit.testing.plugin", f"--rootdir={tmp_path}"]
    command += ["-c", os.devnull, "-p", "no:cacheprovider", *options, str(tmp_path / "test_small.py")]
    env = {**os.environ, "CORDEE_DATA": str(tmp_path), **variables}
    return subprocess.run(command, env=env, cwd=settings.BASE_DIR, capture_output=True, text=True).stdout


def test_postgresql_tries_all_that_speaks_to_a_database(tmp_path):
    said = pytest_of(tmp_path, "--collect-only", DATABASE_URL="postgresql://nobody@/none?host=/nowhere")
    kept = [line.partition("::")[2] for line in said.splitlines() if "::" in line]
    assert sorted(kept) == ["test_by_its_fixture", "test_by_its_mark", "test_of_the_server"]


def test_a_database_asked_for_late_is_an_error(tmp_path):
    said = pytest_of(tmp_path, "-k", "test_late or test_of_none", DATABASE_URL="sqlite://")
    assert "a database asked for late" in said and "2 passed" in said and "1 error" in said


def test_who_asks_for_no_database_reaches_none():
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        connection.ensure_connection()


def test_calls_have_room_at_any_depth():
    """Else one depth in a hundred or so asks the system for memory at each call."""
    resource = pytest.importorskip("resource")

    def asked_at(depth):
        if depth:
            return asked_at(depth - 1)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
        for _time in range(1000):
            json.dumps("any call")
        return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before

    assert max(asked_at(depth) for depth in range(250)) < 500
