"""Keeping a scenario: its name, its values, who may, and two people at once."""

import pytest

from cordee.charter.actions.refusals import FaultyRules, NameTaken, NoName, ScenarioRemoved, StaleScenario
from cordee.charter.actions.scenarios import change_scenario, remove_scenario, restore_scenario, start_scenario
from cordee.charter.models import Scenario
from cordee.charter.rules.levers import is_lever, levers_of
from cordee.charter.tests.ground import DAY, HALF, TODAY, lived, scenario
from cordee.people.models import Duty
from cordee.records import journal
from cordee.toolkit.access import Forbidden
from cordee.toolkit.testing.worlds import kept
from cordee.treasury.tests.desks import someone

pytestmark = pytest.mark.django_db


year = kept(lived)


def start(year, name="Essai", values=None, by=None):
    return start_scenario(base=year.draft, name=name, values=values or {}, by=by or year.coordinator, on=TODAY)


def change(made, year, seen=1, name="Essai", **values):
    said = {"values": values.pop("values", {}), "seen": seen, "by": year.coordinator, "on": TODAY}
    return change_scenario(scenario=made, name=name, **said)


class TestStarting:
    def test_only_what_differs_from_the_base_is_kept(self, year):
        made = start(year, values={DAY: "290.00", HALF: "140.00"})
        assert made.values == {DAY: "290.00"}

    def test_the_journal_says_who_and_what(self, year):
        entry = journal.history(start(year, values={DAY: "290.00"})).get()
        assert (entry.act, entry.actor_id) == ("scenario.started", year.coordinator.pk)
        assert entry.detail.payload == {"name": "Essai", "values": {DAY: "290.00"}}

    @pytest.mark.parametrize("name", ["", "   ", "x" * 81])
    def test_a_name_is_needed_and_not_too_long(self, year, name):
        with pytest.raises(NoName):
            start(year, name=name)

    def test_a_name_serves_once_whatever_its_case(self, year):
        start(year, name="Hausse")
        with pytest.raises(NameTaken, match="hausse"):
            start(year, name=" hausse ")
        assert Scenario.objects.count() == 1

    def test_a_half_day_above_the_day_is_refused_with_its_rule(self, year):
        with pytest.raises(FaultyRules) as refused:
            start(year, values={DAY: "100.00"})
        assert list(refused.value.faults) == [HALF]
        assert not Scenario.objects.exists()

    @pytest.mark.parametrize("value", ["-1.00", "beaucoup", ""])
    def test_a_value_that_is_no_amount_is_refused(self, year, value):
        with pytest.raises(FaultyRules) as refused:
            start(year, values={DAY: value})
        assert DAY in refused.value.faults

    @pytest.mark.parametrize("key", ["period.mid-year.due", "rate.member-resource.day", "no.such.rule"])
    def test_a_rule_no_amount_is_computed_from_is_none_of_its_rules(self, year, key):
        with pytest.raises(FaultyRules):
            start(year, values={key: "1.00"})

    @pytest.mark.parametrize("duty", ["executive-committee", "coordinator", "secretary", "treasurer"])
    def test_those_who_write_the_cadre_and_the_treasurer_may(self, year, duty):
        assert start(year, by=someone("Autre", duty)).pk

    @pytest.mark.parametrize("duty", ["", "billing-officer", "director-general"])
    def test_others_may_not(self, year, duty):
        with pytest.raises(Forbidden, match="trésorerie"):
            start(year, by=someone("Autre", duty))

    def test_someone_whose_duty_ended_yesterday_may_not(self, year):
        Duty.objects.filter(person=year.treasurer).update(ends_on=TODAY)
        with pytest.raises(Forbidden):
            start(year, by=year.treasurer)


class TestChanging:
    def test_what_is_not_said_any_more_goes_back_to_the_base(self, year):
        made = scenario(year, **{DAY.replace(".", "_"): "290.00"})
        again = change(made, year, name="Autre", values={HALF: "145.00"})
        assert (again.name, again.version) == ("Autre", 2)
        assert Scenario.objects.get().values == {HALF: "145.00"}

    def test_saying_the_same_changes_nothing(self, year):
        made = scenario(year, **{DAY.replace(".", "_"): "290.00"})
        assert change(made, year, values={DAY: "290.00"}).version == 1
        assert journal.history(made).count() == 1

    def test_of_two_at_once_the_second_is_told_and_nothing_is_replaced(self, year):
        made = scenario(year)
        change(made, year, values={DAY: "290.00"})
        with pytest.raises(StaleScenario):
            change(made, year, values={DAY: "300.00"})
        assert Scenario.objects.get().values == {DAY: "290.00"}

    def test_a_removed_one_is_not_changed(self, year):
        made = scenario(year)
        remove_scenario(scenario=made, by=year.coordinator, on=TODAY)
        with pytest.raises(ScenarioRemoved):
            change(made, year, values={DAY: "290.00"})


class TestRemoving:
    def test_it_comes_back_as_it_was(self, year):
        made = scenario(year, **{DAY.replace(".", "_"): "290.00"})
        remove_scenario(scenario=made, by=year.coordinator, on=TODAY)
        restore_scenario(scenario=made, by=year.coordinator, on=TODAY)
        made.refresh_from_db()
        assert (made.removed_at, made.values) == (None, {DAY: "290.00"})

    def test_its_name_is_free_meanwhile_and_then_in_the_way(self, year):
        made = scenario(year)
        remove_scenario(scenario=made, by=year.coordinator, on=TODAY)
        scenario(year)
        with pytest.raises(NameTaken):
            restore_scenario(scenario=made, by=year.coordinator, on=TODAY)


class TestWhatOneMayMove:
    def test_rates_types_and_limits_but_no_deadline(self, year):
        groups = {group.name: [rule.key for rule in group.rules] for group in levers_of(year.draft.rulebook())}
        assert {DAY, HALF, "category.teacher.compensated"} <= set(groups["rates"])
        assert {"type.supported.yearly-days", "type.networking.compensation"} <= set(groups["types"])
        assert groups["limits"] == ["cap.one-day-per-date", "threshold.planned-day"]

    def test_what_is_moved_is_what_an_amount_is_computed_from(self, year):
        moved = [rule.key for rule in year.draft.rulebook().rules if is_lever(rule)]
        assert not [key for key in moved if key.startswith(("period.", "prose.", "cap.outside", "rate.member"))]
