"""The timeline as tasks: whose they are on the day, done by the act or by hand, and the next edition’s by itself."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from cordee.charter.actions.refusals import DoneAlready, DoneLater, NotDone, NoteMissing, SeenByTheProduct
from cordee.charter.actions.ticks import take_back, tick
from cordee.charter.models import Tick
from cordee.charter.models.dated import YearTasks, holders, tasks_about
from cordee.charter.rules.timeline import State
from cordee.charter.tests.dated_world import CLAIMS, FORECAST, JANUARY, PLANNING, REVIEW, YEAR, World
from cordee.charter.todo import late_rows, rows_to_do
from cordee.governance.models import AdoptionStep, Body, Decision
from cordee.people.models import Group
from cordee.records import journal
from cordee.reference.actions import put_in_force, start_next_edition
from cordee.toolkit import clock
from cordee.toolkit.access import Forbidden
from cordee.toolkit.testing.worlds import kept
from cordee.treasury.models import Claim
from cordee.treasury.tests import year_sample as sample
from cordee.treasury.tests.desks import someone
from cordee.treasury.tests.year_sample import SAINT_HYACINTHE, SHERBROOKE

pytestmark = pytest.mark.django_db
SENT = date(2024, 9, 20)


world = kept(World)


def ticked(world, key, place=None, by=None, on=JANUARY, **said):
    given = {"done_on": SENT, "note": "Formulaire remis.", **said}
    return tick(task=world.task(key, place, on), by=by or world.secretary, on=on, **given)


def titles(tasks):
    return [task.title for task in tasks]


class TestWhose:
    def test_a_row_of_the_billing_officers_is_a_task_of_each_centre(self, world):
        year = YearTasks.of(YEAR, on=JANUARY)
        row = next(row for row in year.rows if row.key == FORECAST)
        assert [task.where for task in year.tasks_of(row)] == [SHERBROOKE, SAINT_HYACINTHE]

    def test_it_is_of_whoever_holds_the_role_that_day(self, world):
        next_one = someone("Ophélie")
        world.succeed(world.oscar, next_one, JANUARY)
        task = world.task(FORECAST, SHERBROOKE)
        assert holders([task], on=JANUARY - timedelta(days=1))[task.identity] == [world.oscar]
        assert holders([task], on=JANUARY)[task.identity] == [next_one]
        assert titles(rows_to_do(world.oscar, on=JANUARY)) == []
        assert f"Dépenses prévisionnelles, {SHERBROOKE}" in titles(rows_to_do(next_one, on=JANUARY))

    def test_a_review_is_of_the_manager_of_each_community_that_owes_one(self, world):
        assert "Bilans de mi-année, projet" in titles(rows_to_do(world.manager, on=JANUARY))
        orphan = world.task(REVIEW, world.supported)
        assert holders([orphan], on=JANUARY)[orphan.identity] == []

    def test_a_networking_community_owes_none(self, world):
        sample.group("reseau", "networking")
        year = YearTasks.of(YEAR, on=JANUARY)
        assert {task.group for task in year.all if task.group} == {world.project.pk, world.supported.pk}

    def test_who_holds_no_role_is_asked_nothing(self, world, django_assert_num_queries):
        world.passerby.standing(JANUARY)
        with django_assert_num_queries(0):
            assert list(rows_to_do(world.passerby, on=JANUARY)) == []

    def test_it_stands_on_the_list_from_two_months_before(self, world):
        report = "Bilan de mi-année de la coopérative"
        assert report not in titles(rows_to_do(world.treasurer, on=date(2024, 12, 1)))
        assert report in titles(rows_to_do(world.treasurer, on=date(2024, 12, 2)))

    def test_the_coordination_is_told_in_one_line_what_others_are_late_with(self, world):
        (task,) = late_rows(world.coordinator, on=JANUARY)
        assert task.title == "4 échéances en retard"
        assert task.is_late(JANUARY)


class TestByHand:
    def test_it_is_done_until_it_is_taken_back(self, world):
        made = ticked(world, FORECAST, SHERBROOKE, by=world.oscar)
        assert world.task(FORECAST, SHERBROOKE).done_on == SENT
        assert world.task(FORECAST, SAINT_HYACINTHE).state is State.LATE
        take_back(task=world.task(FORECAST, SHERBROOKE), by=world.oscar, on=JANUARY)
        assert world.task(FORECAST, SHERBROOKE).state is State.LATE
        assert [entry.act for entry in journal.history(made)] == ["timeline.ticked", "timeline.tick_taken_back"]
        assert Tick.objects.get(note="Formulaire remis.").taken_back_by == world.oscar

    def test_done_after_its_day_it_was_late(self, world):
        ticked(world, PLANNING, done_on=date(2024, 10, 1))
        assert world.task(PLANNING).was_late

    def test_the_officer_of_another_centre_does_not_say_so(self, world):
        with pytest.raises(Forbidden, match="Responsable de la facturation"):
            ticked(world, FORECAST, SHERBROOKE, by=world.odile)

    def test_it_is_said_once(self, world):
        ticked(world, FORECAST, SHERBROOKE)
        with pytest.raises(DoneAlready):
            ticked(world, FORECAST, SHERBROOKE)

    @pytest.mark.parametrize(
        ("said", "refusal"), [({"note": "  "}, NoteMissing), ({"done_on": date(2025, 1, 21)}, DoneLater)]
    )
    def test_what_is_said_has_a_note_and_a_day_that_is_past(self, world, said, refusal):
        with pytest.raises(refusal):
            ticked(world, PLANNING, **said)
        assert not Tick.objects.exists()

    def test_what_the_product_sees_is_not_ticked(self, world):
        with pytest.raises(SeenByTheProduct):
            ticked(world, CLAIMS, SHERBROOKE)

    def test_what_is_not_done_cannot_be_taken_back(self, world):
        with pytest.raises(NotDone):
            take_back(task=world.task(PLANNING), by=world.secretary, on=JANUARY)

    def test_the_database_refuses_a_second_one_and_an_empty_note(self, world):
        made = {"year": str(YEAR), "key": PLANNING, "done_on": SENT, "ticked_by": world.secretary}
        Tick.objects.create(**made, note="Fait.", ticked_at=clock.now())
        for note in ("Encore.", ""):
            with pytest.raises(IntegrityError), transaction.atomic():
                Tick.objects.create(**made | {"key": PLANNING if note else REVIEW}, note=note, ticked_at=clock.now())


class TestByTheAct:
    def test_a_claim_that_is_submitted_does_it_and_returned_undoes_it(self, world):
        sample.prepare("mid-year")
        assert world.task(CLAIMS, SHERBROOKE).done_on is None
        claim = sample.submit(SHERBROOKE)
        assert world.task(CLAIMS, SHERBROOKE).done_on == clock.today()
        assert world.task(CLAIMS, SAINT_HYACINTHE).done_on is None
        sample.give_back(claim)
        assert world.task(CLAIMS, SHERBROOKE).done_on is None

    def test_a_claim_that_is_being_prepared_stands_on_the_list_by_itself(self, world):
        line = f"Réclamations de mi-année, {SHERBROOKE}"
        assert line in titles(rows_to_do(world.oscar, on=JANUARY))
        sample.prepare("mid-year")
        assert Claim.objects.filter(organization__code=SHERBROOKE).exists()
        assert line not in titles(rows_to_do(world.oscar, on=JANUARY))

    def test_the_next_framework_is_revised_once_its_first_step_is_taken(self, world):
        draft = start_next_edition(year=YEAR, by=world.secretary, on=JANUARY)
        assert world.task("timeline.4").done_on is None
        step = drafted(world, draft)
        assert world.task("timeline.4").done_on == JANUARY
        step.delete()
        assert world.task("timeline.4").done_on is None

    def test_and_presented_once_it_is_in_force(self, world):
        draft = start_next_edition(year=YEAR, by=world.secretary, on=JANUARY)
        assert world.task("timeline.6").done_on is None
        put_in_force(revision=draft, effective_from=date(2025, 7, 1), by=None, on=date(2025, 6, 12))
        assert world.task("timeline.6").state is State.DONE

    def test_attendance_is_done_when_every_meeting_up_to_the_day_is_validated(self, world):
        held = sample.meeting(world.project, date(2024, 10, 8), validated=False)
        task = with_act(REVIEW, "attendance-validated", world.project)
        assert task.done_on is None
        sample.validate(held)
        assert with_act(REVIEW, "attendance-validated", world.project).done_on == clock.today()


def with_act(key, act, group):
    """The task as it would be, had the edition named another act."""

    year = YearTasks.of(YEAR, on=JANUARY)
    rows = tuple(replace(row, done_by=act) if row.key == key else row for row in year.rows)
    return YearTasks(year.book, rows, JANUARY).find(key, f"g{group.pk}")


def drafted(world, draft):
    body = Body.objects.create(group=Group.objects.create(slug="ce", name="CE", kind="body"), key="executive")
    recorded = {"recorded_by": world.secretary, "recorded_at": clock.now()}
    said = {"subject": "Révision", "outcome": "adopted", "language": "fr", "decided_on": JANUARY}
    decision = Decision.objects.create(body=body, year=str(YEAR), number=1, **said, **recorded)
    taken = {"taken_by": world.secretary, "taken_at": clock.now()}
    return AdoptionStep.objects.create(revision=draft, number=1, act="draft", decision=decision, **taken)


class TestFromYearToYear:
    def test_the_next_edition_brings_its_own_by_itself(self, world):
        ticked(world, PLANNING)
        draft = start_next_edition(year=YEAR, by=world.secretary, on=JANUARY)
        september = date(2025, 9, 10)
        assert YearTasks.of(YEAR.next(), on=september) is None
        put_in_force(revision=draft, effective_from=date(2025, 7, 1), by=None, on=date(2025, 6, 12))
        task = YearTasks.of(YEAR.next(), on=september).find(PLANNING, "c")
        assert (task.deadline.last, task.done_on) == (date(2025, 9, 30), None)

    def test_what_is_late_on_30_june_still_is_in_july(self, world):
        july = date(2025, 7, 2)
        late = [task.deadline.key for task in tasks_about(july) if task.is_late]
        assert "timeline.7" in late and PLANNING not in late
        assert tasks_about(date(2025, 9, 10)) == []

    def test_before_any_edition_there_is_nothing(self):
        assert tasks_about(date(2023, 9, 10)) == []

    @pytest.mark.parametrize("asked", [date(2025, 1, 29), date(2025, 6, 30)])
    def test_when_it_was_done_never_depends_on_the_day_one_asks(self, world, asked):
        ticked(world, PLANNING)
        assert world.task(PLANNING, on=asked).done_on == SENT
