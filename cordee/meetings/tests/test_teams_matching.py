"""Whom a report speaks of: known for sure, asked, remembered, contested."""

from datetime import date, datetime, time

import pytest

from cordee.meetings.actions.teams import undo_reports
from cordee.meetings.tests import factory
from cordee.meetings.tests.teams_acts import (
    TODAY,
    act,
    again,
    confirm,
    connection,
    content,
    lines,
    marks,
    preview,
    statuses,
)
from cordee.meetings.tests.teams_files import DIALECTS, Connection, report_file
from cordee.people.models import Alias, Person
from cordee.toolkit.testing.worlds import kept

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@kept
def world():
    made = factory.world()
    factory.thresholds()
    return made


def test_an_account_and_a_guest_of_one_name_are_one_person(world):
    paule = world.participants[0]
    made = preview(
        world,
        content(connection(paule), connection(paule, joined=(10, 0), email="", name=f"{paule.full_name} (Guest)")),
    )
    assert lines(made)[paule.full_name].presence.minutes == 390


def test_an_unknown_guest_is_attached_and_recognised_the_next_time(world):
    paule, anne, _marc = world.participants
    guest = connection(paule, email="", name="ppiolet00 (Invité)")
    made = preview(world, content(guest, connection(anne)))
    assert statuses(made)["ppiolet00 (Invité)"] == "ask"
    made = again(made, **{act(made, "ppiolet00 (Invité)"): str(paule.pk)})
    batch = confirm(made, world.alice)
    assert Alias.objects.get().value == "ppiolet00"
    later = factory.meeting(world.group, date(2025, 1, 16))
    line = lines(preview(world, _on(later, "ppiolet00 (Invité)"), meeting=later))[paule.full_name]
    assert (line.why, line.portion) == ("alias", "day")
    undo_reports(meeting=world.meeting, batch=batch, by=world.alice, on=TODAY)
    assert not Alias.objects.exists()


def _on(meeting, name, email=""):
    day = meeting.date
    hours = (datetime.combine(day, time(9)), datetime.combine(day, time(15, 30)))
    return report_file(DIALECTS["v3-english"], [Connection(name, *hours, email)])


def test_a_remembered_name_is_only_proposed_where_its_person_is_not_expected(world):
    paule = world.participants[0]
    Alias.objects.create(person=paule, kind="name", value="ppiolet")
    Alias.objects.create(person=paule, kind="email", value="maison@exemple.test")
    other = factory.meeting(factory.group("07-dau", "07", "DAU"), factory.DAY)
    made = preview(world, _on(other, "ppiolet"), meeting=other)
    assert statuses(made) == {"ppiolet": "ask"}
    assert made.questions[0].candidates == [paule.pk]
    assert statuses(preview(world, _on(other, "x", "Maison@exemple.test"), meeting=other)) == {paule.full_name: "new"}


def test_two_people_of_one_name_are_asked(world):
    twin = Person.objects.create(first_name="Paule00", last_name="Piolet")
    made = preview(world, content(connection(world.participants[0], email="")))
    assert [line.status for line in made.lines if line.presence] == ["ask"]
    [question] = [q for q in made.questions if q.kind == "person"]
    assert question.candidates[:2] == [world.participants[0].pk, twin.pk]


def test_what_seems_sure_may_be_contested(world):
    paule, anne, _marc = world.participants
    made = preview(world, content(connection(paule, email="")))
    contested = lines(made)[paule.full_name].contested.replace("-", "_")
    made = again(made, **{f"{contested}_act": "ask"})
    assert [q.label for q in made.questions if not q.answered] == [paule.full_name]
    made = again(made, **{f"{contested}_act": str(anne.pk)})
    confirm(made, world.alice)
    assert marks(world) == {"Paule01": "day"}


def test_an_unknown_guest_is_added_as_a_new_person(world):
    made = preview(world, content(connection(world.participants[0], email="", name="Colette Névasse")))
    key = act(made, "Colette Névasse").removesuffix("_act")
    made = again(
        made,
        **{
            f"{key}_act": "create",
            f"{key}_organization": str(factory.organization().pk),
            f"{key}_category": "professional",
        },
    )
    confirm(made, world.alice)
    colette = Person.objects.get(last_name="Névasse")
    assert colette.attendances.get().portion == "day"
    assert colette.affiliations.get().starts_on == date(2024, 7, 1)
    assert not Alias.objects.exists()


def test_a_device_of_the_room_is_set_aside(world):
    made = preview(
        world, content(connection(world.participants[0]), connection(world.participants[1], name="iPad-B204", email=""))
    )
    made = again(made, **{act(made, "iPad-B204"): "skip"})
    assert statuses(made)["iPad-B204"] == "left"
    confirm(made, world.alice)
    assert marks(world) == {"Paule00": "day"}


def test_who_has_no_employer_that_day_is_refused_by_name(world):
    external = factory.person("Ursule", "Talus", account=False, employed=False)
    factory.membership(external, world.group)
    made = preview(world, content(connection(external)))
    assert statuses(made)["Ursule Talus"] == "refused"
    assert "n’a pas d’employeur" in lines(made)["Ursule Talus"].problem
