"""A run over the invented year, eight years later: money to the cent, names nowhere, the journal’s chain whole."""

from datetime import UTC, date, datetime
from io import BytesIO
from types import SimpleNamespace

import pytest
from django.test import Client
from openpyxl import load_workbook

from cordee.charter.models import FrozenDocument
from cordee.home.demo import loading
from cordee.people.actions.merging import merge_persons
from cordee.people.models import Person, PersonMerge, User
from cordee.privacy.actions.carrying_out import advance
from cordee.privacy.actions.retention import confirm, prepare
from cordee.privacy.due import Due
from cordee.privacy.models import PrivacyRequest
from cordee.privacy.models.money import frozen_money
from cordee.privacy.tests.leaving import leave, name_everywhere, places_of, rename
from cordee.records import sealing
from cordee.records.models import JournalEntry
from cordee.toolkit import clock
from cordee.toolkit.testing.worlds import kept
from cordee.treasury.models import Claim, ClaimLine

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
THEN, NOW = datetime(2025, 3, 3, 15, tzinfo=UTC), datetime(2033, 1, 15, 15, tzinfo=UTC)
TODAY = date(2033, 1, 15)
WHO = ("delphine.arete", "fiona.crag", "pascale.tetras", "helene.surplomb")


year = kept(loading.load, shared=True)


@kept(shared=True)
def story(year):
    """What was before, the run, and what is after."""
    people = [year.people[key] for key in WHO]
    leave(*people)
    with clock.standing_at(THEN):
        twin = lived(people, by=year.secretary)
    sealing.seal.func()
    said = [*(one.full_name for one in [*people, twin]), *(one.email for one in [*people, twin])]
    with clock.standing_at(NOW):
        places, before = places_of(*said), figures(year.secretary)
        run = prepare(by=year.secretary, on=TODAY)
        confirm(run=run, typed=run.reference, by=year.secretary, on=TODAY)
        assert advance(run)
        run.refresh_from_db()
        after = figures(year.secretary)
    return SimpleNamespace(people=people, twin=twin, run=run, said=said, places=places, before=before, after=after)


def lived(people, *, by):
    for person in people:
        name_everywhere(person, by=by, at=THEN)
    rename(people[0], "Autrefois", by=by, on=THEN.date())
    twin = Person.objects.create(first_name="Delphine", last_name="Arête-Jumelle", email="jumelle@exemple.test")
    merge_persons(kept=people[0], absorbed=twin, by=by, on=THEN.date())
    return twin


def figures(reader):
    """Every amount of every claim, as the database has it and as its files say it, but for names."""
    client = Client()
    client.force_login(reader.user, backend=BACKEND)
    claims = list(Claim.objects.order_by("pk"))
    lines = ClaimLine.objects.counted().order_by("pk")
    pages = [f"/tresorerie/reclamations/{claim.pk}/reclamation.xlsx" for claim in claims[:2]]
    pages += [f"/tresorerie/periodes/{year}/{period}.xlsx" for year, period in {(c.year, c.period) for c in claims}]
    return {
        "claims": [(c.pk, c.state, c.claimed, c.held, c.total) for c in claims],
        "lines": list(lines.values_list("pk", "claim", "person_id", "code", "category", "halves", "amount")),
        "files": {page: figures_of(client.get(page)) for page in sorted(pages)},
        "documents": list(FrozenDocument.objects.order_by("pk").values_list("file__sha256", "snapshot")),
        "money": frozen_money(),
    }


def figures_of(answer):
    """What a workbook says in figures and days, row by row: the order of names may change."""
    assert answer.status_code == 200
    book = load_workbook(BytesIO(answer.content))
    rows = [[cell for cell in row if not isinstance(cell, str)] for sheet in book for row in sheet.values]
    return sorted(map(str, rows))


def test_every_amount_of_every_claim_is_the_same_to_the_cent(story):
    assert any(claim[1] == "paid" for claim in story.before["claims"])
    assert any(line[2] in {person.pk for person in story.people} for line in story.before["lines"])
    for what, before in story.before.items():
        assert story.after[what] == before, what
    assert story.run.before == story.run.after == story.before["money"]
    assert story.run.holds


def test_no_table_names_anyone_who_was_made_anonymous(story):
    """Those without a model too, and those that are not written yet: what a new table holds is found here."""
    wanted = {"minutessection.text", "minutescorrection.text", "followup.what", "attendance.reason", "answer.word"}
    wanted = {f"meetings_{place}" for place in wanted}
    wanted |= {"people_person.email", "people_alias.value", "people_digestitem.text", "people_user.email"}
    wanted |= {"records_journaldetail.payload", "records_message.text", "records_importbatch.proposal"}
    assert wanted - story.places == set()
    assert places_of(*story.said) == set()


def test_what_is_left_of_them_is_a_number_drawn_by_lot(story):
    retired = Person.objects.exclude(retired_as=None).order_by("pk")
    assert {person.pk for person in [*story.people, story.twin]} <= {person.pk for person in retired}
    assert {person.retired_as for person in retired} == set(range(1, story.run.people.count() + 1))
    assert not retired.filter(retention_holds__lifted_at=None, retention_holds__isnull=False).exists()
    for person in retired:
        assert person.full_name == f"Personne retirée {person.retired_as:04d}"
        assert (person.email, person.language) == (None, "")
    twin = Person.objects.get(pk=story.twin.pk)
    assert twin.retired_as == twin.merged_into.retired_as
    assert PersonMerge.objects.get(absorbed=twin).moved == {}
    assert not User.objects.filter(person__in=retired).exists()


def test_the_chain_of_the_journal_holds_and_says_what_was_emptied(story):
    sealing.seal.func()
    found = sealing.verify()
    assert found.faults == []
    assert found.erased >= story.run.counts["entries"] > 0
    assert story.run.faults == []
    acts = set(JournalEntry.objects.filter(subject_kind="privacy.retentionrun").values_list("act", flat=True))
    assert acts >= {"retention.prepared", "retention.confirmed", "retention.done", "journal.erased"}
    assert JournalEntry.objects.filter(act="person.retired").count() == story.run.people.count()
    assert JournalEntry.objects.filter(act="minutes.redacted").exists()


def test_the_report_counts_what_the_plan_foresaw(story):
    assert story.run.counts["people"] == story.run.people.count() > len(WHO)
    assert story.run.foreseen["passages"] == story.run.counts["masked"] > 0
    assert "left" not in story.run.counts
    tables = list(story.run.tables.order_by("pk"))
    assert sum(table.done for table in tables) > 0
    for table in tables:
        assert table.finished_at, table.declared
        assert table.done <= table.planned, "what its person did not take with them already"


def test_nothing_is_due_any_more_but_of_who_is_held(story):
    with clock.standing_at(NOW):
        due = Due.today(TODAY)
    assert (due.people, due.rows) == ({}, 0)
    waiting = PrivacyRequest.objects.open().exclude(person=None).values_list("person", flat=True).order_by("pk")
    assert len(due.kept) == 1 + len({*waiting}), "the one kept for the archives, and who asked and still waits"
