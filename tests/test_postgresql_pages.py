"""Every page and file, asked of PostgreSQL: a question that it refuses, or answers otherwise than SQLite, is seen here.

What they say is tried on SQLite, by the tests of each app that are marked `above_the_database`.
"""

import pytest
from django.test import Client

from cordee.home.demo import loading
from cordee.home.demo.personas import personas
from cordee.home.demo.year import TODAY
from cordee.toolkit.documents import Source
from tests.browser.examples import examples
from tests.browser.places import NOBODY, Visit, unreached

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]
# Who between them reach everything.
ASKERS = ("coordonnatrice", "secretaire", "responsable", "tresorier", "facturation", "participante")


def test_every_page_and_file_is_one_that_postgresql_answers(clock, monkeypatch):
    monkeypatch.setattr(Source, "pdf", lambda source: source.data.encode())  # what it is made of was asked by then
    clock(TODAY)
    loading.load()
    starts = examples()
    visits = [Visit(NOBODY, Client())]
    for persona in personas():
        if persona.key in ASKERS:
            visits.append(Visit(persona.key, Client()))
            visits[-1].client.force_login(persona.person.user)
    for visit in visits:
        visit.explore(*starts.get(visit.visitor, ()))
    assert [broken for visit in visits for broken in visit.broken] == []
    assert unreached(visits) == []
