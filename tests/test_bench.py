"""The measures themselves: their arithmetic, the shape of their report, and each of them at a tiny scale."""

import json
from datetime import date
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.db import connection
from django.test import override_settings

from bench import figures, report, weight
from bench.in_process import Answer
from bench.volume import make_volume, multiply
from cordee.home.demo.personas import DOMAIN
from cordee.meetings.models import Attendance, AttendanceChange, CheckIn, Meeting
from cordee.people.models import Duty, DutyCode, Group, Person, User
from cordee.treasury.actions.runs import advance_run, start_run

TODAY = date(2025, 1, 20)
# What a whole run gives, one row of each.
PAGE = {"name": "home", "database": "sqlite", "scale": 1, "queries": 7, "bytes_br": 4100}
MARKING = {"database": "sqlite", "synchronous": "FULL", "during": "", "clients": 8, "per_second": 310.5, "errors": 0}
TIMES = {"median_ms": 9.5, "p95_ms": 12.0}
CLOSING = {"database": "sqlite", "attendances": 100_000, "seconds": 4.2, "peak_mb": 120, "ratio_to_bare_sql": 21.0}
MAIL = {"messages": 1000, "written_per_second": 4000.0, "per_second": 250.0, "lost": 0, "doubled": 0}
TEAMS = {"database": "sqlite", "participants": 500, "sessions": 2000, "read_ms": 90.5, "first_ms": 300.0}
FEED = {"meetings": 500, "first_ms": 140.0, "median_ms": 20.0, "p95_ms": 30.0}
REPORT = {
    "pages": [{**PAGE, **TIMES}, {**PAGE, **TIMES, "scale": 10, "queries": 8}],
    "marking": [{**MARKING, **TIMES}],
    "check_in": [{**MARKING, **TIMES}],
    "claims": [CLOSING],
    "simulation": [{"database": "sqlite", "attendances": 100_000, "seconds": 2.5, "steps": 2}],
    "mail": [{"database": "sqlite", **MAIL}],
    "feeds": [{"database": "sqlite", **FEED}],
    "teams": [{**TEAMS, **TIMES}],
    "first_load": [{"name": "home", "bytes": 31_470, "files": 9, "render_blocking": 1}],
    "startup_s": 1.2,
    "memory_mb": 160,
}


def test_a_percentile_is_a_value_that_was_seen():
    twenty = [float(number) for number in range(20, 0, -1)]
    assert figures.percentile(twenty, 50) == 10
    assert figures.percentile(twenty, 95) == 19
    assert figures.percentile(twenty, 100) == 20
    assert figures.percentile([7.0], 95) == 7


def test_the_spread_is_in_milliseconds():
    assert figures.spread_ms([0.0101, 0.0202, 0.03]) == {"median_ms": 20.2, "p95_ms": 30.0}


def test_a_whole_report_has_no_fault():
    assert figures.faults(REPORT) == []


def test_a_report_that_lacks_something_says_what():
    lacking = {**REPORT, "claims": [], "memory_mb": None, "marking": [{"database": "sqlite"}], "more": 1}
    assert figures.faults(lacking) == [
        "memory_mb is not a number",
        "claims is not there",
        "more is not known",
        "marking has ['database']",
    ]


def test_the_figures_replace_those_of_the_page_and_nothing_else():
    page = f"# Before\n\n{report.BEGIN}\nold\n{report.END}\n\nAfter\n"
    shown = report.replaced(page, report.written(REPORT))
    assert shown.startswith("# Before\n") and shown.endswith("\n\nAfter\n")
    assert "old" not in shown
    assert "| home | 9.5 / 12.0 | 9.5 / 12.0 | 7–8 | 4.1 |" in shown
    assert "| sqlite | 100 000 | 4.2 | 120 | 21.0 |" in shown


def test_the_page_of_figures_can_be_written_again():
    page = report.PAGE.read_text(encoding="utf-8")
    assert report.replaced(page, "new").count("new") >= 1


def test_a_first_load_counts_every_file_once_and_what_holds_back_the_drawing(monkeypatch):
    served = {
        "/static/one.css": b"@font-face { src: url(fonts/one.woff2) } a { background: url('data:image/png;base64,') }",
        "/static/fonts/one.woff2": b"f" * 1000,
        "/static/a.js": b'import "./b.js";\n',
        "/static/b.js": b"b",
        "/static/old.js": b"o",
        "/static/icons.svg": b"<svg/>",
    }
    monkeypatch.setattr(weight, "get", lambda file: Answer(200, {}, served[file], 0.0))
    page = b"""<link rel="stylesheet" href="/static/one.css"><script type="module" src="/static/a.js"></script>
        <script defer src="/static/b.js"></script><script src="/static/old.js"></script>
        <use href="/static/icons.svg#a"/><use href="/static/icons.svg#b"/><use href="#here"/>"""
    loaded = weight.first_load(Answer(200, {}, page, 0.0))
    assert (loaded["files"], loaded["render_blocking"]) == (6, 2)
    assert loaded["bytes"] == len(page) + sum(map(len, served.values()))


@pytest.fixture
def year(transactional_db, clock):
    """A small year with a secretary, who takes any meeting's attendance."""
    clock(TODAY)
    make_volume(1000)
    secretary = Person.objects.create(
        first_name="Blandine", last_name="Cordelette", email=f"blandine.cordelette@crdp{DOMAIN}"
    )
    Duty.objects.create(person=secretary, code=DutyCode.SECRETARY, starts_on=date(2024, 7, 1))
    User.objects.create_user(secretary.email, person=secretary)
    advance_run(start_run(year="2024-2025", period="mid-year", by=None, on=TODAY))


def test_every_main_page_is_measured(year, monkeypatch):
    from bench import pages

    monkeypatch.setattr(weight, "get", lambda file: Answer(200, {}, b"", 0.0))
    found = pages.measure("sqlite", 1, 1)
    assert len(found["pages"]) == 15
    assert figures.faults({**REPORT, **found}) == []
    assert all(row["queries"] > 0 for row in found["pages"])


def test_people_at_once_mark_without_an_error_and_each_tap_is_kept(year, live_server):
    from bench.crowded import row
    from bench.taps import tapping

    crowd = tapping(live_server.url, 2)
    crowd.start()
    crowd.stop()
    assert crowd.errors == []
    assert figures.faults({**REPORT, "marking": [row(crowd, "sqlite", "FULL")]}) == []
    taps = sum(len(tapper.seconds) for tapper in crowd.callers)
    assert AttendanceChange.objects.count() >= taps > 0


def test_telephones_at_once_declare_arrivals_without_an_error(year, live_server, monkeypatch):
    from bench.arrivals import arriving
    from bench.crowded import row

    monkeypatch.setattr("bench.arrivals.MOST", 20)
    for person in Person.objects.filter(email=None):
        person.email = f"personne{person.pk}@{DOMAIN.strip('.')}"
        person.save(update_fields=["email"])
    crowd = arriving(live_server.url, 2)
    crowd.start()
    crowd.stop()
    assert crowd.errors == []
    assert figures.faults({**REPORT, "check_in": [row(crowd, "sqlite", "FULL")]}) == []
    assert CheckIn.objects.count() >= sum(len(caller.seconds) for caller in crowd.callers) > 0


def test_the_bare_statement_leaves_nothing_behind(year):
    from bench.claims import bare_sql

    assert bare_sql() > 0
    assert "bench_totals" not in connection.introspection.table_names()


def test_a_feed_of_five_hundred_meetings_is_measured(year):
    from bench.feeds import measure

    assert figures.faults({**REPORT, "feeds": [measure("sqlite", 2)]}) == []


def test_the_largest_report_of_teams_is_measured(year):
    from bench.teams import measure

    assert figures.faults({**REPORT, "teams": [measure("sqlite", 1)]}) == []


def test_a_scenario_over_the_year_is_measured(year):
    from bench.simulation import measure
    from cordee.reference.actions import start_next_edition
    from cordee.values.school_year import SchoolYear

    start_next_edition(year=SchoolYear(2024), by=Person.objects.get(last_name="Cordelette"), on=TODAY)
    row = measure("sqlite")
    assert figures.faults({**REPORT, "simulation": [row]}) == []
    assert row["attendances"] == 1000


def test_reminders_are_counted_one_by_one(year, monkeypatch):
    """The processes that hand them over are real in `bin/bench`; here they share the database of the test."""
    from bench import mail
    from cordee.records.outbox import deliver

    def here(server):
        settings.MAILERS = server.mailers()
        deliver.call()
        return SimpleNamespace(wait=lambda: 0, poll=lambda: 0, kill=lambda: None)

    monkeypatch.setattr(mail, "hand_over", here)
    with override_settings():
        found = mail.measure("sqlite", 5)
    assert figures.faults({**REPORT, "mail": [found]}) == []
    assert (found["lost"], found["doubled"]) == (0, 0)


def test_ten_times_the_year_is_ten_times_of_everything_people_made(year):
    before = [model.objects.count() for model in (Attendance, Group, Meeting)]
    multiply(3, until=TODAY)
    assert [model.objects.count() for model in (Attendance, Group, Meeting)] == [3 * count for count in before]
    assert not Meeting.objects.filter(date__gte=TODAY, pk__gt=before[2]).exists()


def test_a_report_is_plain_json():
    assert json.loads(json.dumps(REPORT)) == REPORT
