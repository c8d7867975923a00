"""What is held about oneself: all of it, nothing of others, as data and to read; the register and the policy."""

import io
import json

import pikepdf
import pytest
from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import override

from cordee.meetings.actions.marking import Mark, mark_attendance
from cordee.meetings.tests import factory
from cordee.people.models import Alias
from cordee.privacy.holdings import SECRET, about, acts_of, columns
from cordee.privacy.register import files
from cordee.privacy.wording import FIELDS
from cordee.toolkit.personal_data import everything_held
from cordee.toolkit.testing.worlds import kept

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


world = kept(factory.world, clock=factory.TODAY)


@pytest.fixture
def paule(world):
    meeting = factory.meeting(world.group)
    paule = world.participants[0]
    mark_attendance(meeting=meeting, mark=Mark(paule.pk, "day", None), by=world.alice, on=factory.TODAY)
    Alias.objects.create(person=paule, kind="name", value="P. Piolet (invitée)")
    return paule


@pytest.fixture
def sign_in(client):
    def enter(person):
        client.force_login(person.user, backend=BACKEND)
        return client

    return enter


def rows_of(person, model):
    return [row for one in about(person) if one.held.model == model for row in one.rows]


def test_everything_that_names_the_person_is_there(paule, world):
    held = {one.held.model for one in about(paule)}
    wanted = {"Person", "User", "Affiliation", "Membership", "Alias"}
    assert {f"people.{name}" for name in wanted} | {"meetings.Attendance"} <= held
    (attendance,) = rows_of(paule, "meetings.Attendance")
    assert attendance.raw["portion"] == "day"
    assert attendance.raw["meeting.group.name"] == "TC-TRP"
    shown = {item.label: item.value for item in attendance.shown}
    assert shown["portion"] == "Journée"
    assert shown["rencontre"] == "TC-TRP, 14 janvier 2025"
    (alias,) = rows_of(paule, "people.Alias")
    assert ("valeur", "P. Piolet (invitée)", "fr") in alias.shown


def test_what_one_did_is_counted_and_belongs_to_who_did_it(paule, world):
    assert {held.model: count for held, count in acts_of(world.alice)}["meetings.Attendance"] == 1
    assert "meetings.Attendance" not in {held.model for held, _count in acts_of(paule)}


def test_nothing_of_others_and_no_key_that_opens_a_door(paule, world):
    for other in world.participants[1:]:
        said = json.dumps([row.raw for one in about(paule) for row in one.rows], ensure_ascii=False)
        assert other.email not in said
        assert other.last_name + "01" not in said
    for held in everything_held():
        assert SECRET.isdisjoint(columns(held.model))


def test_it_costs_two_queries_whatever_there_is(paule, django_assert_num_queries):
    with django_assert_num_queries(2):
        about(paule)
        acts_of(paule)


def test_the_page_shows_it_and_the_copies_hold_all_of_it(sign_in, paule):
    client = sign_in(paule)
    page = client.get("/mes-renseignements/").content.decode()
    assert "P. Piolet (invitée)" in page
    assert "Compenser l’employeur d’après les présences" in page
    for number in range(30):
        Alias.objects.create(person=paule, kind="name", value=f"Autre nom {number:02}")
    assert "Les 20 premières sur 31" in client.get("/mes-renseignements/").content.decode()
    copy = json.loads(client.get("/mes-renseignements/copie.json").content)
    aliases = next(table for table in copy["tables"] if table["table"] == "people.Alias")
    assert len(aliases["rows"]) == 31
    document = client.get("/mes-renseignements/copie.pdf")
    assert document["Content-Type"] == "application/pdf"
    with pikepdf.open(io.BytesIO(document.content)) as made:
        assert made.docinfo["/Title"] == "Renseignements détenus"
        assert str(made.Root.Lang).startswith("fr")


def test_every_field_of_the_register_is_named_in_words(db):
    for held in everything_held():
        model = apps.get_model(held.model)
        for name in held.fields:
            known = isinstance(getattr(model._meta.get_field(name), "verbose_name", ""), Promise)
            assert known or name in FIELDS or name.endswith(("_by", "_by_id")), f"{held.model}.{name}"


def test_the_register_has_a_line_for_each_declaration(sign_in, world):
    lines = [line for file in files() for line in file.lines]
    assert len(lines) == len(list(everything_held()))
    page = sign_in(world.participants[0]).get("/confidentialite/registre/").content.decode()
    for line in lines:
        assert line.purpose in page or line.purpose.capitalize()[:20] in page


def test_the_register_is_translated(db):
    with override("en"):
        assert "Recognize who takes part".lower() in {line.purpose for file in files() for line in file.lines}


def test_the_policy_is_for_everyone_and_says_who_answers(client, db, settings):
    page = client.get("/confidentialite/").content.decode()
    assert "restent à préciser" in page
    settings.PRIVACY_BODY, settings.PRIVACY_OFFICER = "Centre de services inventé", "Mme Inventée Responsable"
    settings.PRIVACY_CONTACT, settings.PRIVACY_HOSTING = "vie.privee@exemple.test", "Montréal"
    page = client.get("/confidentialite/").content.decode()
    assert "Mme Inventée Responsable" in page
    assert "Montréal" in page
    assert "Compenser l’employeur d’après les présences" in page
