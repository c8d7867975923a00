"""A cadre that comes into force has its document frozen: the same bytes for ever, and what they were made from."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from cordee.charter.actions.document import NotInForce, content_of, freeze
from cordee.charter.exports import sources_of
from cordee.charter.models import FrozenDocument
from cordee.charter.tasks import freeze_document
from cordee.charter.tests import world
from cordee.communities.models import Plan
from cordee.records import files, journal
from cordee.reference.tests.drafts import person, signed_in
from cordee.toolkit.refusals import Forbidden
from cordee.toolkit.testing.worlds import kept

pytestmark = pytest.mark.django_db


@kept(clock=world.MARCH)
def revision():
    world.live_data()
    return world.in_force()


@kept
def frozen(revision):
    freeze_document.call(revision.pk)
    return [*FrozenDocument.objects.of(revision)]


def address(revision, name="document", *more):
    return reverse(f"charter:{name}", args=[revision.edition.year, revision.number, *more])


def test_the_adoption_asks_for_it_in_its_own_transaction(revision):
    asked = DBTaskResult.objects.ready().get(task_path=freeze_document.module_path)
    assert asked.args_kwargs["args"] == [revision.pk]


def test_each_language_is_kept_with_its_digest_and_the_snapshot_that_makes_the_same_bytes(frozen, revision):
    assert [one.language for one in frozen] == ["fr", "en"]
    for one in frozen:
        assert one.source.pdf() == files.content_of(one.file)
    assert [entry.act for entry in journal.history(revision)][-2:] == ["document.frozen"] * 2


def test_what_becomes_of_the_data_changes_nothing_of_it(frozen, revision):
    before = content_of(frozen[0])
    Plan.objects.filter(year="2024-2025").update(status="upcoming")
    assert content_of(frozen[0]) == before
    assert sources_of(revision, on=world.MARCH)["fr"].pdf() != before


def test_frozen_twice_is_frozen_once(frozen, revision):
    freeze_document.call(revision.pk)
    assert FrozenDocument.objects.count() == 2


def test_a_file_the_store_lost_is_made_again_from_its_snapshot(frozen, monkeypatch):
    kept = content_of(frozen[0])

    def lost(file):
        raise files.Altered

    monkeypatch.setattr(files, "content_of", lost)
    assert content_of(frozen[0]) == kept
    frozen[0].snapshot["at"] = "2020-01-01T00:00:00+00:00"
    with pytest.raises(files.Altered):
        content_of(frozen[0])


@pytest.mark.parametrize("act", ["update", "delete"])
def test_the_database_refuses_that_it_changes(frozen, act):
    row = FrozenDocument.objects.filter(pk=frozen[0].pk)
    with pytest.raises(IntegrityError, match="frozen_document"), transaction.atomic():
        row.update(typst_version="9") if act == "update" else row.delete()


def test_a_draft_is_not_frozen(revision):
    keeper = world.secretary()
    draft = world.draft(keeper)
    with pytest.raises(NotInForce, match="Adoptez-le d’abord"):
        freeze(revision=draft, sources={}, by=keeper, on=world.MARCH)


def test_only_who_writes_the_cadre_freezes_it_by_hand(client, revision):
    with pytest.raises(Forbidden):
        freeze(revision=revision, sources={}, by=person("Delphine"), on=world.MARCH)
    assert client.post(address(revision, "freezing")).status_code == 302  # to the sign-in page
    answer = signed_in(client, world.secretary()).post(address(revision, "freezing"), follow=True)
    assert "Le document est figé, avec les données dont il est fait." in answer.content.decode()
    assert FrozenDocument.objects.filter(revision=revision).count() == 2


def test_a_missing_font_is_said_and_nothing_is_kept(client, revision, monkeypatch):
    def without(revision, *, on):
        sources = sources_of(revision, on=on)
        for source in sources.values():
            source.files["charter/typst/cadre.typ"] = source.files["charter/typst/cadre.typ"].replace(
                "Libertinus Serif", "Absente"
            )
        return sources

    monkeypatch.setattr("cordee.charter.views.document.sources_of", without)
    answer = signed_in(client, world.secretary()).post(address(revision, "freezing"))
    assert answer.status_code == 503
    assert "la police «\u00a0absente\u00a0» manque à cette installation" in answer.content.decode()
    assert not FrozenDocument.objects.exists()


def test_the_page_gives_the_digest_and_the_proof_that_nothing_changed(client, frozen, revision):
    reader = signed_in(client, person("Delphine"))
    page = reader.get(address(revision)).content.decode()
    assert frozen[0].file.sha256 in page
    assert "Figer maintenant" not in page
    answer = reader.post(address(revision, "verification", "fr"), follow=True)
    assert "la même empreinte\u00a0: rien n’y a changé" in answer.content.decode()


def test_the_proof_says_when_another_typst_set_the_document(client, frozen, revision, monkeypatch):
    monkeypatch.setattr("cordee.charter.views.document.typst_version", lambda: "0.99.0")
    monkeypatch.setattr("cordee.toolkit.documents.Source.pdf", lambda self: b"other")
    answer = signed_in(client, person("Delphine")).post(address(revision, "verification", "fr"), follow=True)
    assert f"Typst {frozen[0].typst_version}; Typst 0.99.0 le compose autrement" in answer.content.decode()


def test_the_file_given_is_the_frozen_one_in_the_language_of_who_reads(client, frozen, revision):
    reader = signed_in(client, person("Delphine"))
    assert reader.get(address(revision, "document_pdf")).content == content_of(frozen[0])
    english = reader.get(address(revision, "document_pdf"), headers={"accept-language": "en"})
    assert english.content == content_of(frozen[1])
    assert reader.get(address(revision, "frozen_pdf", "en")).content == content_of(frozen[1])
    assert reader.get(address(revision, "frozen_source", "fr")).json() == frozen[0].snapshot
    assert reader.get(address(revision, "frozen_pdf", "de")).status_code == 404


def test_a_draft_gives_its_document_as_it_stands_with_marks_on_request(client, revision):
    draft = world.draft(world.secretary(), rate__professional__day="290.00")
    reader = signed_in(client, person("Delphine"))
    page = reader.get(address(draft)).content.decode()
    assert "Changements marqués" in page
    plain = reader.get(address(draft, "document_pdf"))
    marked = reader.get(address(draft, "document_pdf"), {"marques": "oui"})
    assert plain["Content-Type"] == marked["Content-Type"] == "application/pdf"
    assert plain.content != marked.content
    assert reader.get(address(draft, "frozen_pdf", "fr")).status_code == 404
