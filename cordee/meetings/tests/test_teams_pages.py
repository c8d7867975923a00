"""Three beats on the meeting: drop the file, check, confirm; as plain forms, in at most four interactions."""

import re
from datetime import datetime, time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cordee.meetings import actions
from cordee.meetings.actions import Mark
from cordee.meetings.models import Attendance
from cordee.meetings.tests import factory
from cordee.meetings.tests.teams_files import DIALECTS, Connection, report_file
from cordee.people.models import Alias
from cordee.records.models import ImportBatch
from cordee.toolkit.tabular.reading import MOST_BYTES
from cordee.toolkit.testing.worlds import kept

pytestmark = [pytest.mark.django_db, pytest.mark.above_the_database]


@kept
def world():
    made = factory.world(participants=15)
    factory.thresholds()
    return made


def to(name, world, *more):
    return reverse(f"meetings:teams_{name}", args=[world.meeting.pk, *more])


def connection(name, email="", left=(15, 30)):
    def at(hour, minute):
        return datetime.combine(factory.DAY, time(hour, minute))

    return Connection(name, at(9, 0), at(*left), email)


def report(world, *names):
    """Thirteen of fifteen under their address, then these."""
    known = [connection(each.full_name, each.email) for each in world.participants[:13]]
    return report_file(DIALECTS["v3-french"], [*known, *map(connection, names)])


def send(client, world, *contents, name="Rapport de présence.csv"):
    files = [SimpleUploadedFile(name, content) for content in contents]
    return client.post(to("new", world), {"file": files})


def words(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def field(page, label):
    """The name of the radio buttons of the question about this label."""
    return re.search(rf'id="(p-[0-9a-f]{{12}})-act"[^>]*>\s*<legend>{re.escape(label)}', page)[1] + "-act"


def test_fifteen_people_two_of_them_unknown_take_four_interactions(world, sign_in):
    client = sign_in(world.alice)
    sent = send(client, world, report(world, "rosalie (Invité)", "iPad-Salle-B204"))  # 1: the file goes by itself
    page = client.get(sent["Location"]).content.decode()
    rosalie = world.participants[13]
    answers = {
        field(page, "rosalie (Invité)"): str(rosalie.pk),  # 2: offered, being expected and in no report
        field(page, "iPad-Salle-B204"): "skip",  # 3
    }
    assert f'value="{rosalie.pk}"' in page
    batch = ImportBatch.objects.get()
    done = client.post(to("confirm", world, batch.pk), answers, follow=True)  # 4
    assert "14 présences inscrites." in words(done)
    assert Attendance.objects.filter(portion="day", source="teams").count() == 14
    assert Alias.objects.get().person == rosalie
    assert words(done).count("Teams") >= 14
    client.post(to("undo", world, batch.pk))
    assert not Attendance.objects.exclude(portion="").exists()


def test_the_preview_says_to_whom_why_how_long_and_by_which_threshold(world, sign_in):
    client = sign_in(world.alice)
    paule = world.participants[0]
    actions.mark_attendance(meeting=world.meeting, mark=Mark(paule.pk, "half", 0), by=world.alice, on=factory.TODAY)
    page = words(client.get(send(client, world, report(world, "rosalie"))["Location"]))
    for said in (
        "12 présences à inscrire",
        "1 à rattacher, 1 sans changement, 3 dans aucun rapport",
        "Reconnue par son courriel",
        "9 h – 15 h 30 6 h 30 dans la rencontre",
        "une journée à partir de 4 h 30",
        "Garder : Demi-journée",
        "N’est dans aucun rapport.",
        "Inconnu",
    ):
        assert said in page, said


def test_every_button_keeps_what_was_typed_and_someone_else_may_be_meant(world, sign_in):
    client = sign_in(world.alice)
    guest = f"{world.participants[14].full_name} (Invité)"
    address = send(client, world, report(world, "rosalie", guest))["Location"]
    page = client.get(address).content.decode()
    contested = re.search(r'name="(p-[0-9a-f]{12}-act)" value="ask"', page)[1]
    client.post(address, {field(page, "rosalie"): "skip", contested: "ask"})
    page = client.get(address).content.decode()
    assert re.search(r'value="skip" checked', page)
    assert len(set(re.findall(r'<fieldset class="ask" id="(p-[0-9a-f]{12})', page))) == 2


def test_a_validated_meeting_asks_why_beside_the_field(world, sign_in):
    client = sign_in(world.alice)
    actions.validate_meeting(meeting=world.meeting, by=world.alice, on=factory.TODAY, absent_for_unmarked=True)
    address = send(client, world, report(world))["Location"]
    batch = ImportBatch.objects.get()
    refused = client.post(to("confirm", world, batch.pk), {"all": "replace"})
    assert refused.status_code == 422
    assert "Un motif est nécessaire" in words(refused)
    client.post(to("confirm", world, batch.pk), {"reason": "Rapport reçu plus tard"})
    assert Attendance.objects.filter(portion="day").count() == 13
    assert client.get(address)["Location"] == to("new", world)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Ce fichier est vide"),
        (b"x" * (MOST_BYTES + 1), "Ce fichier dépasse 10 Mo"),
        (b"%PDF-1.7 ", "n’est pas un rapport de présence de Teams"),
        (b"First Name,Last Name,Email,Registration Time,Registration Status\na,b,c,d,e", "inscriptions à un webinaire"),
    ],
)
def test_what_is_no_report_is_refused_beside_the_field(world, sign_in, content, said):
    refused = send(sign_in(world.alice), world, content)
    assert refused.status_code == 422
    assert said in words(refused)
    assert not ImportBatch.objects.exists()


def test_the_reports_received_are_listed_with_who_and_can_be_undone(world, sign_in):
    client = sign_in(world.alice)
    send(client, world, report(world))
    client.post(to("confirm", world, ImportBatch.objects.get().pk))
    send(client, world, report(world, "rosalie"))
    page = words(client.get(to("new", world)))
    assert "Importée" in page
    assert "Aperçu à confirmer" in page
    assert "Alice Test" in page


def test_the_pages_of_the_meeting_lead_to_the_import(world, sign_in):
    client = sign_in(world.alice)
    assert to("new", world) in client.get(reverse("meetings:roster", args=[world.meeting.pk])).content.decode()
    detail = client.get(reverse("meetings:detail", args=[world.meeting.pk])).content.decode()
    assert f'action="{to("new", world)}"' in detail
    assert reverse("home:guide", args=["importer-teams"]) in detail
    stranger = sign_in(world.participants[0])
    assert to("new", world) not in stranger.get(reverse("meetings:detail", args=[world.meeting.pk])).content.decode()


def test_only_who_takes_the_attendance_sees_its_reports(world, sign_in):
    send(sign_in(world.alice), world, report(world))
    batch = ImportBatch.objects.get()
    other = factory.meeting(factory.group("07-dau", "07", "DAU"))
    assert sign_in(world.secretary).get(to("preview", world, batch.pk)).status_code == 200
    assert sign_in(world.participants[0]).get(to("preview", world, batch.pk)).status_code == 403
    assert sign_in(world.charlie).get(to("preview", world, batch.pk)).status_code == 404
    client = sign_in(world.secretary)
    assert client.get(reverse("meetings:teams_preview", args=[other.pk, batch.pk])).status_code == 404


def test_names_typed_by_guests_are_only_text(world, sign_in):
    client = sign_in(world.alice)
    page = client.get(send(client, world, report(world, "<b>=cmd|'x'!A1</b>"))["Location"]).content.decode()
    assert "<b>=cmd" not in page
    assert "&lt;b&gt;=cmd" in page


def test_the_number_of_people_in_a_report_adds_no_query(world, sign_in, count_queries):
    client = sign_in(world.alice)
    few = send(client, world, report(world))["Location"]
    many = send(client, world, report(world, *(f"Invité {n}" for n in range(60))))["Location"]
    assert count_queries(client, few) == count_queries(client, many)


@pytest.fixture
def count_queries(django_assert_max_num_queries):
    def counted(client, address):
        client.get(address)
        with django_assert_max_num_queries(60) as captured:
            client.get(address)
        return len(captured)

    return counted


def test_the_same_file_dropped_again_leads_back_to_its_preview_and_answers(world, sign_in):
    client = sign_in(world.alice)
    address = send(client, world, report(world, "rosalie"))["Location"]
    page = client.get(address).content.decode()
    client.post(address, {field(page, "rosalie"): "skip"})
    assert send(client, world, report(world, "rosalie"))["Location"] == address
    assert "checked" in client.get(address).content.decode()
