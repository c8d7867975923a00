"""A scenario run over a year: by the rules of claims, beside what is in force, and nothing else moves."""

from dataclasses import replace
from datetime import date

import pytest

from cordee.charter.actions import simulations
from cordee.charter.actions.refusals import NoAnswer, ScenarioRemoved
from cordee.charter.actions.scenarios import change_scenario, remove_scenario
from cordee.charter.actions.simulations import advance_simulation, join_simulation
from cordee.charter.models import Simulation
from cordee.charter.models.sides import Ground
from cordee.charter.rules.simulation import Where, gathered, placed_in, whole
from cordee.charter.tests.ground import DAY, HALF, TODAY, lived, scenario, simulated
from cordee.meetings.models import Attendance
from cordee.reference.actions import put_in_force
from cordee.reference.models import Revision
from cordee.reference.rulebook import RulebookTimeline
from cordee.toolkit.access import Forbidden
from cordee.toolkit.testing.worlds import kept
from cordee.treasury.models import Claim, ClaimLine, ClaimRun
from cordee.treasury.tests import year_sample as sample
from cordee.treasury.tests.desks import someone
from cordee.treasury.tests.year_sample import SAINT_HYACINTHE
from cordee.values.school_year import SchoolYear

pytestmark = pytest.mark.django_db


year = kept(lived)


def total(run):
    return whole(run.read_cells().values())


class TestWhatItComesTo:
    def test_without_a_change_both_sides_are_what_the_claims_come_to(self, year):
        run = simulated(year, scenario(year))
        sample.prepare()
        paid = sum(claim.total for claim in Claim.objects.order_by("pk"))
        assert total(run).amount_before == total(run).amount_after == paid == 5 * 280 + 140 + 260

    def test_a_rate_moves_every_day_paid_at_it(self, year):
        run = simulated(year, scenario(year, **{DAY.replace(".", "_"): "290.00"}))
        assert total(run).gap == 50

    def test_a_higher_limit_pays_the_days_it_refused(self, year):
        run = simulated(year, scenario(year, type_supported_yearly__days="6"))
        assert total(run).gap == 280
        assert (total(run).days_before, total(run).days_after) == (6.5, 7.5)

    def test_a_type_no_longer_compensated_is_paid_nothing(self, year):
        run = simulated(year, scenario(year, type_supported_compensation="never"))
        by_group = gathered(run.read_cells(), lambda where: where.group)
        assert by_group[year.supported.pk].amount_after == 0
        assert by_group[year.project.pk].gap == 0

    def test_a_category_no_longer_compensated_is_paid_nothing(self, year):
        run = simulated(year, scenario(year, category_teacher_compensated="false"))
        assert run.read_cells()[Where(SAINT_HYACINTHE, year.project.pk, "teacher")].amount_after == 0
        assert total(run).gap == -260

    def test_a_longer_planned_day_makes_half_days_of_the_meetings_their_hours_made_days(self, year):
        run = simulated(year, scenario(year, threshold_planned__day="450"))
        assert total(run).amount_after == 7 * 140 + 140 + 130

    def test_a_portion_decided_apart_from_the_hours_keeps_it(self, year):
        """Seven hours planned as a half day: the threshold says nothing of it."""
        held = sample.meeting(year.project, date(2024, 12, 3))
        held.planned_portion = "half"
        held.save(update_fields=["planned_portion"])
        sample.attend(year.camille, held, "half")
        run = simulated(year, scenario(year, threshold_planned__day="450"))
        assert total(run).amount_after == 7 * 140 + 140 + 130 + 140

    def test_attendance_that_is_not_validated_counts_in_neither(self, year):
        sample.attend(year.camille, sample.meeting(year.project, date(2024, 12, 3), validated=False))
        run = simulated(year, scenario(year))
        assert total(run).amount_before == 5 * 280 + 140 + 260

    def test_one_scenario_is_held_against_another(self, year):
        low = scenario(year, "Bas", **{DAY.replace(".", "_"): "270.00"})
        high = scenario(year, "Haut", **{DAY.replace(".", "_"): "290.00"})
        assert total(simulated(year, high, against=low)).gap == 100


class TestItTouchesNothing:
    def test_claims_and_attendance_are_as_before(self, year):
        sample.prepare("mid-year")
        sample.submit(SAINT_HYACINTHE)
        tables = (Claim, ClaimLine, ClaimRun, Attendance, Revision)
        before = [list(table.objects.order_by("pk").values()) for table in tables]
        simulated(year, scenario(year, **{DAY.replace(".", "_"): "500.00"}))
        assert [list(table.objects.order_by("pk").values()) for table in tables] == before

    def test_what_was_submitted_is_counted_as_if_it_had_not_been(self, year):
        fresh = total(simulated(year, scenario(year, "Avant")))
        sample.prepare("mid-year")
        sample.submit(SAINT_HYACINTHE)
        assert total(simulated(year, scenario(year, "Après"))) == fresh


class TestStepByStep:
    def test_it_goes_on_where_it_was_left(self, year, monkeypatch):
        monkeypatch.setattr(simulations, "PART_SIZE", 1)
        run = join_simulation(scenario=scenario(year), against=None, by=year.coordinator, on=TODAY)
        assert advance_simulation(run, seconds=0) is False
        assert 0 < run.done < run.total
        assert advance_simulation(run)
        assert run.done == run.total == 9
        assert total(run).amount_before == 1800

    def test_whoever_asks_meanwhile_goes_on_with_the_same_one(self, year, monkeypatch):
        monkeypatch.setattr(simulations, "PART_SIZE", 1)
        asked = {"scenario": scenario(year), "against": None, "on": TODAY}
        first = join_simulation(by=year.coordinator, **asked)
        advance_simulation(first, seconds=0)
        second = join_simulation(by=year.treasurer, **asked)
        assert second.pk == first.pk
        assert second.done == first.done
        assert advance_simulation(second)
        assert advance_simulation(first)
        assert total(first).amount_before == 1800

    def test_a_step_that_comes_second_is_left_out(self, year, monkeypatch):
        """The other one has counted the same people while this one did."""
        monkeypatch.setattr(simulations, "PART_SIZE", 1)
        run = join_simulation(scenario=scenario(year), against=None, by=year.coordinator, on=TODAY)
        late = Simulation.objects.get(pk=run.pk)
        work = simulations._Work.of(run.scenario, None, TODAY)
        advance_simulation(run, seconds=0)
        simulations._step(late, work, 0.0)
        assert late.done == run.done

    def test_attendance_that_changes_meanwhile_starts_it_anew(self, year, monkeypatch):
        monkeypatch.setattr(simulations, "PART_SIZE", 1)
        run = join_simulation(scenario=scenario(year), against=None, by=year.coordinator, on=TODAY)
        advance_simulation(run, seconds=0)
        sample.attend(year.camille, sample.meeting(year.project, date(2024, 12, 3)))
        assert advance_simulation(run)
        assert (run.round, run.is_unsettled, total(run).amount_before) == (2, False, 2080)

    def test_rules_that_change_meanwhile_start_it_anew(self, year, monkeypatch):
        monkeypatch.setattr(simulations, "PART_SIZE", 1)
        made = scenario(year)
        run = join_simulation(scenario=made, against=None, by=year.coordinator, on=TODAY)
        advance_simulation(run, seconds=0)
        values = {DAY: "290.00"}
        change_scenario(scenario=made, name="Essai", values=values, seen=1, by=year.coordinator, on=TODAY)
        assert advance_simulation(run)
        assert total(run).gap == 50

    def test_asking_again_replaces_the_last_one(self, year):
        made = scenario(year)
        simulated(year, made)
        simulated(year, made)
        assert made.simulations.count() == 1


class TestRefused:
    def test_a_scenario_that_was_removed(self, year):
        made = scenario(year)
        remove_scenario(scenario=made, by=year.coordinator, on=TODAY)
        made.refresh_from_db()
        with pytest.raises(ScenarioRemoved):
            join_simulation(scenario=made, against=None, by=year.coordinator, on=TODAY)

    def test_someone_without_a_duty(self, year):
        with pytest.raises(Forbidden, match="comité exécutif"):
            join_simulation(scenario=scenario(year), against=None, by=someone("Nadine"), on=TODAY)

    def test_rules_that_cannot_answer_are_named_and_what_was_known_stays(self, year):
        made = scenario(year)
        known = simulated(year, made).finished_at
        year.draft.rules.filter(key="rate.professional.half-day").delete()
        with pytest.raises(NoAnswer, match=r"rate\.professional\.half-day"):
            advance_simulation(join_simulation(scenario=made, against=None, by=year.coordinator, on=TODAY))
        assert known is not None


class TestWhichRulesWhen:
    def test_a_correction_changes_only_what_comes_after_its_date(self, year):
        """Facts are judged by the revision of their date: October stays as it was."""
        standing = Ground.of(year.draft).in_force.timeline
        correction = replace(standing.rulebooks[0], revision=2, effective_from=date(2024, 11, 1))
        lived_under = placed_in(SchoolYear(2024), correction, standing)
        assert lived_under.on(date(2024, 10, 31)).revision == 1
        assert lived_under.on(date(2024, 11, 1)).revision == 2

    def test_rules_of_another_year_are_lived_all_year(self, year):
        ground = Ground.of(year.draft)
        book = placed_in(ground.year, ground.book, RulebookTimeline(())).on(date(2024, 7, 1))
        assert book.find(HALF) == ground.book.find(HALF)

    def test_a_revision_in_force_is_its_own_ground(self, year):
        revision = put_in_force(revision=year.draft, effective_from=date(2025, 7, 1), by=None, on=date(2025, 6, 12))
        assert Ground.of(revision).year == SchoolYear(2025)
