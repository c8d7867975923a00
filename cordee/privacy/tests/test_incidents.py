"""The register of incidents: its eight fields, its corrections, how long it is kept, who reads it."""

import io
from datetime import date, timedelta

import pikepdf
import pytest
from django.db import IntegrityError, transaction

from cordee.privacy.actions import correct_incident, record_incident, remove_incident
from cordee.privacy.actions import refusals as why
from cordee.privacy.models import FIELDS, Incident, IncidentCorrection
from cordee.privacy.tests.registers import INCIDENT, TODAY, world_with_rules
from cordee.privacy.todo import registers_to_keep
from cordee.records import journal
from cordee.toolkit.testing.worlds import kept

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


world = kept(world_with_rules, clock=TODAY)


@pytest.fixture
def desk(client, world):
    client.force_login(world.secretary.user, backend=BACKEND)
    return client


@pytest.fixture
def record(world):
    def write(on=TODAY, **said):
        return record_incident(said={**INCIDENT, **said}, by=world.secretary, on=on)

    return write


def typed(**said):
    values = {**INCIDENT, **said}
    ticks = {name: "on" for name in ("happened_about", "people_about") if values.pop(name)}
    return {name: "" if value is None else str(value) for name, value in values.items()} | ticks


def test_the_fields_are_those_of_the_regulation():
    assert list(FIELDS) == [1, 2, 3, 4, 5, 6, 7, 8]
    assert {name for names in FIELDS.values() for name in names} == set(INCIDENT)


def test_an_incident_is_written_down_and_kept_five_years(desk):
    page = desk.post("/confidentialite/incidents/nouveau/", typed(), follow=True).content.decode()
    assert "IC 2024-2025-01" in page
    assert "16 janvier 2030" in page
    assert "Pourriels." in page
    assert journal.history(Incident.objects.get()).get().act == "incident.recorded"


def test_what_the_database_refuses_is_said_in_words(desk):
    for said, sentence in (
        ({"data": ""}, "Décrivez les renseignements"),
        ({"aware_on": date(2025, 1, 3)}, "Un incident se connaît"),
        ({"happened_until": date(2025, 1, 3)}, "La fin de la période"),
        ({"public_notice_on": date(2025, 1, 17)}, "avis public"),
        ({"aware_on": date(2026, 1, 3)}, "est à venir"),
        ({"told_commission_on": date(2025, 1, 17)}, "suppose un risque"),
    ):
        answer = desk.post("/confidentialite/incidents/nouveau/", typed(**said))
        assert answer.status_code == 422, said
        assert sentence in answer.content.decode(), said


def test_a_serious_risk_asks_to_tell_until_both_are_told(world, record):
    incident = record(is_serious=True, sensitivity="high", likelihood="high")
    (task,) = registers_to_keep(world.coordinator, on=TODAY)
    assert task.title == "Aviser d’un incident, IC 2024-2025-01"
    said = {**INCIDENT, "is_serious": True, "sensitivity": "high", "likelihood": "high"}
    who = {"by": world.secretary, "on": TODAY}
    told = said | {"told_commission_on": TODAY}
    incident = correct_incident(incident=incident, said=told, reason="Avis envoyé", seen=1, **who)
    assert incident.untold == ["persons"]
    assert len(list(registers_to_keep(world.secretary, on=TODAY))) == 1
    told |= {"told_persons_on": TODAY}
    assert correct_incident(incident=incident, said=told, reason="Lettres parties", seen=2, **who).untold == []
    assert list(registers_to_keep(world.secretary, on=TODAY)) == []


def test_a_correction_keeps_what_was_said_before(desk, record):
    incident = record()
    address = f"/confidentialite/incidents/{incident.pk}/correction/"
    changed = typed(people_count=14) | {"seen": "1"}
    assert desk.post(address, changed).status_code == 422
    page = desk.post(address, changed | {"reason": "Deux de plus"}, follow=True).content.decode()
    assert "<del>12</del> <ins>14</ins>" in page
    assert "Deux de plus" in page
    assert "pendant que vous écriviez" in desk.post(address, changed | {"reason": "Encore"}).content.decode()
    with pytest.raises(IntegrityError, match="incident_correction_unchanged"), transaction.atomic():
        IncidentCorrection.objects.update(reason="Autre")


def test_it_leaves_only_when_the_law_lets_it_whoever_asks(world, record):
    kept = record()
    with pytest.raises(why.StillKept, match="16 janvier 2030"):
        remove_incident(incident=kept, by=world.secretary, on=date(2030, 1, 15))
    with pytest.raises(IntegrityError, match="incident_kept"), transaction.atomic():
        remove_incident(incident=kept, by=world.secretary, on=date(2030, 1, 16))
    old = record(happened_on=date(2018, 3, 1), aware_on=date(2018, 3, 2), on=TODAY)
    said = {**INCIDENT, "happened_on": date(2018, 3, 1), "aware_on": date(2018, 3, 2), "measures": "Aucune."}
    correct_incident(incident=old, said=said, reason="Relu", seen=1, by=world.secretary, on=TODAY)
    remove_incident(incident=old, by=world.secretary, on=TODAY)
    assert list(Incident.objects.all()) == [kept]


def test_the_copy_for_the_commission_has_all_eight_fields(desk, record):
    incident = record()
    document = desk.get(f"/confidentialite/incidents/{incident.pk}/copie.pdf")
    with pikepdf.open(io.BytesIO(document.content)) as made:
        assert str(made.docinfo["/Title"]).replace("\u00a0", " ") == "Incident de confidentialité IC 2024-2025-01"
        assert made.Root.MarkInfo.Marked
    file = desk.get("/confidentialite/incidents/?file=csv").content.decode("utf-8-sig")
    assert "Destruction confirmée" in file
    assert "Une seule destinataire" in file


def test_only_who_keeps_it_reads_it(client, world, record):
    incident = record()
    for reader in (world.bob, world.alice, world.charlie):
        client.force_login(reader.user, backend=BACKEND)
        assert client.get("/confidentialite/incidents/").status_code == 403
        assert client.get(f"/confidentialite/incidents/{incident.pk}/").status_code == 403
        assert client.get(f"/journal/privacy.incident/{incident.pk}/").status_code == 404


def test_the_register_filters(desk, record):
    record()
    record(circumstances="Portable perdu", kind="loss", aware_on=TODAY - timedelta(days=1))
    assert "Portable" not in desk.get("/confidentialite/incidents/?kind=release").content.decode()
    assert (
        "Portable" in desk.get("/confidentialite/incidents/?q=portable&serious=no&sort=-people_count").content.decode()
    )
    assert "Rien ne correspond" in desk.get("/confidentialite/incidents/?serious=yes").content.decode()
