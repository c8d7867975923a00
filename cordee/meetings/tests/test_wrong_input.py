"""What cannot be recorded is refused with a sentence that says what to do, and changes nothing."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from cordee.meetings import actions
from cordee.meetings.actions import Mark
from cordee.meetings.models import Attendance, AttendanceChange, Meeting
from cordee.meetings.tests import factory
from cordee.people.models import Affiliation
from cordee.records.models import JournalEntry
from cordee.toolkit.refusals import Refusal

pytestmark = pytest.mark.django_db
TODAY = factory.TODAY


@pytest.fixture
def refused():
    """Run an act that must be refused: the sentence, when nothing was written."""

    def run(act, **arguments):
        counted = [Attendance, AttendanceChange, JournalEntry, Meeting]
        before = [model.objects.count() for model in counted]
        with pytest.raises(Refusal) as refusal:
            act(on=TODAY, **arguments)
        assert [model.objects.count() for model in counted] == before
        return str(refusal.value)

    return run


def test_attendance_outside_any_year(world, refused):
    old = factory.meeting(world.group, date(2021, 5, 4))
    mark = Mark(world.participants[0].pk, "day", 0)
    said = "Le 4 mai 2021 est hors de toute année ouverte : aucun cadre n’existe pour 2020-2021. Vérifiez la date."
    assert refused(actions.mark_attendance, meeting=old, mark=mark, by=world.secretary) == said
    assert refused(actions.mark_everyone_present, meeting=old, by=world.secretary) == said
    assert refused(actions.validate_meeting, meeting=old, by=world.secretary, absent_for_unmarked=True) == said


def test_attendance_of_someone_not_affiliated_that_day(world, refused):
    who = world.participants[0]
    Affiliation.objects.filter(person=who).update(ends_on=factory.DAY)
    said = refused(actions.mark_attendance, meeting=world.meeting, mark=Mark(who.pk, "day", 0), by=world.alice)
    assert said == (
        "Paule00 Piolet n’a pas d’employeur inscrit le 14 janvier 2025. Inscrivez son affiliation à cette date, puis"
        " réessayez."
    )


def test_a_walk_in_not_affiliated_that_day(world, refused):
    someone = factory.person("Inès", "Falaise", starts_on=date(2025, 1, 15))
    said = refused(actions.add_walk_in, meeting=world.meeting, person=someone, by=world.alice)
    assert said.startswith("Inès Falaise n’a pas d’employeur inscrit le 14 janvier 2025.")


def test_one_person_twice_at_one_meeting(world, refused):
    actions.add_walk_in(meeting=world.meeting, person=world.charlie, by=world.alice, on=TODAY)
    said = refused(actions.add_walk_in, meeting=world.meeting, person=world.charlie, by=world.secretary)
    assert said == "Charlie Test est déjà sur la feuille de présences. Modifiez sa ligne."
    row = Attendance.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.objects.create(meeting=row.meeting, person=row.person, marked_at=row.marked_at)


def test_the_same_mark_sent_twice_writes_once(world):
    mark = Mark(world.participants[0].pk, "day", 0)
    for _again in range(2):
        actions.mark_attendance(meeting=world.meeting, mark=mark, by=world.alice, on=TODAY)
    assert (Attendance.objects.count(), AttendanceChange.objects.count()) == (1, 1)


PLAN = {"starts_at": "9:00", "ends_at": "15 h 30", "modality": "virtual", "planned_portion": "day"}


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("12 octembre 2024", "Écrivez une date comme 2024-09-12 ou 12 septembre 2024."),
        ("31/02/2025", "Écrivez une date comme 2024-09-12 ou 12 septembre 2024."),
        ("4 mars 2032", "Le 4 mars 2032 est hors de toute année ouverte"),
        ("", "Ce champ est obligatoire."),
    ],
)
def test_a_date_that_cannot_be_is_said_and_what_was_typed_is_kept(world, sign_in, day, sentence):
    fields = {**PLAN, "group": world.group.pk, "day": day, "place": "Salle des cordages"}
    response = sign_in(world.alice).post(reverse("meetings:new"), fields)
    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert "Salle des cordages" in page
    assert f'value="{day}"' in page or not day
    assert Meeting.objects.count() == 1


@pytest.mark.parametrize("day", ["12 mars 2025", "2025-03-12", "12/03/2025", "mercredi 12 mars 2025", "Mar 12, 2025"])
def test_a_date_is_read_as_people_write_it(world, sign_in, day):
    response = sign_in(world.alice).post(reverse("meetings:new"), {**PLAN, "group": world.group.pk, "day": day})
    assert response.status_code == 302
    assert Meeting.objects.get(date=date(2025, 3, 12)).minutes == 390
