"""Loads the year in order, takes it away again, and says whether it is there."""

from datetime import date
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

from cordee.home.demo import (
    attendance,
    bodies,
    budget,
    claims,
    codes,
    decisions,
    document,
    groups,
    invitations,
    irregularities,
    meetings,
    minutes,
    next_edition,
    people,
    planning,
)
from cordee.home.demo.files import DATA
from cordee.home.demo.year import YEAR, Year, at
from cordee.people.imports import load_organizations
from cordee.people.models import Person
from cordee.reference.actions import load_edition
from cordee.reference.models import read_once
from cordee.toolkit import clock, triggers
from cordee.toolkit.contributions import demonstrations

FIRST_DRAFT = date(2024, 3, 1)


def is_loaded() -> bool:
    """One person of the invented year is enough: it is loaded all or nothing."""
    return Person.objects.filter(email="solene.belleprise@crdp.exemple.test").exists()


def load_year() -> Year:
    """What happened in the groups, up to the money."""
    year = Year()
    with clock.standing_at(at(FIRST_DRAFT, 15)):
        load_draft()
        load_organizations()
        year.organizations = load_organizations(DATA / "partenaires.csv")
        people.load_people(year)
        groups.load_groups(year)
    groups.load_memberships(year)
    meetings.load_meetings(year)
    bodies.adopt(year)
    bodies.fill_seats(year)
    bodies.decide(year)
    planning.plan(year)
    attendance.mark_ordinary_year(year)
    irregularities.make_irregularities(year)
    attendance.write_attendance(year)
    codes.scan_codes(year)
    decisions.decide(year)
    invitations.load(year)
    return year


@transaction.atomic
def load() -> Year:
    """The whole demonstration, all or nothing: the year, its budget, then the claims and what happened to them."""
    year = load_year()
    budget.load(year)
    claims.play(year)
    minutes.load(year)
    next_edition.load(year)
    document.load()
    with read_once():  # they write no rule, and ask for them at each act
        demonstrations.collect(year.people)
    invitations.hand_over(year)
    count_rows()
    return year


def count_rows() -> None:
    """PostgreSQL plans as if tables were empty until it has counted what one transaction brought: minutes a query."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def load_draft() -> None:
    """The cadre 2024-2025, to be adopted (see `bodies`)."""
    file = Path(apps.get_app_config("reference").path) / "editions" / f"{YEAR}.toml"
    load_edition(file.read_text(encoding="utf-8"), by=None, on=FIRST_DRAFT)


def is_erasable() -> bool:
    """Never in production: there, nothing empties a database."""
    return settings.MODE in {"demo", "development", "test"}


def erase() -> None:
    """Empty every table. What the database holds frozen is set free for that moment only."""
    if connection.vendor == "postgresql":
        call_command("flush", interactive=False, verbosity=0)  # TRUNCATE passes by the row triggers
        return
    with transaction.atomic(), triggers.set_aside():
        call_command("flush", interactive=False, verbosity=0)
