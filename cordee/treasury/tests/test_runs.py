"""What happens around a run: steps, claims already submitted, later changes, facts that move meanwhile."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from cordee.people.models import Affiliation, Organization, PersonMerge
from cordee.toolkit import clock
from cordee.toolkit.testing.worlds import kept
from cordee.treasury.actions import runs
from cordee.treasury.actions.runs import RunAbandoned, advance_run, start_run
from cordee.treasury.models import Claim, ClaimLine, ClaimRun, ClaimState
from cordee.treasury.models.summary import summary_of
from cordee.treasury.tests.year_sample import (
    SAINT_HYACINTHE,
    SHERBROOKE,
    TODAY,
    YEAR,
    attend,
    claim_of,
    clerk,
    correct,
    edition,
    everything,
    give_back,
    group,
    join,
    lines_of,
    meeting,
    organizations,
    person,
    prepare,
    submit,
    validate,
)

OCTOBER, MARCH = date(2024, 10, 8), date(2025, 3, 4)
DAY = timedelta(days=1)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("year")]


@kept
def year():
    edition()
    organizations()


@pytest.fixture
def priority():
    return group("32-priorite", "priority-32")


@pytest.fixture
def camille(priority):
    camille = person()
    join(camille, priority)
    return camille


def start(period: str = "year-end") -> ClaimRun:
    return start_run(year=YEAR, period=period, by=None, on=TODAY)


class TestStepByStep:
    @pytest.fixture(autouse=True)
    def several_parts(self, monkeypatch, priority):
        monkeypatch.setattr(runs, "PART_SIZE", 1)
        self.people = [person() for _ in range(4)]
        self.held = meeting(priority, OCTOBER)
        self.marks = [attend(who, self.held) for who in self.people]
        join(self.people[0], priority)
        for who in self.people[1:]:
            join(who, priority)

    def test_nothing_shows_before_the_run_is_current(self):
        run = start()
        assert not advance_run(run, seconds=0)
        assert (run.done, run.total) == (1, 4)
        assert not Claim.objects.exists()
        assert everything() == []
        assert advance_run(run)
        assert claim_of(SAINT_HYACINTHE).total == 4 * 280

    def test_it_goes_on_where_it_was_in_another_process(self):
        run = start()
        while not advance_run(ClaimRun.objects.get(pk=run.pk), seconds=0):
            pass
        assert claim_of(SAINT_HYACINTHE).total == 4 * 280
        assert advance_run(run), "it is done, and says so again"

    def test_what_changed_meanwhile_is_computed_again_and_said(self):
        run = start()
        advance_run(run, seconds=0)
        correct(self.marks[0], "half")
        assert advance_run(run)
        assert claim_of(SAINT_HYACINTHE).total == 3 * 280 + 140
        run.refresh_from_db()
        assert run.recomputed == 1

    @pytest.mark.parametrize("change", ["affiliation", "validation", "newcomer", "membership", "cancellation"])
    def test_any_fact_that_changes_meanwhile_counts(self, change, priority):
        run = start()
        advance_run(run, seconds=0)
        if change == "affiliation":
            Affiliation.objects.filter(person=self.people[0]).update(category="teacher")
        elif change == "validation":
            self.held.validation.delete()
        elif change == "membership":
            self.people[0].memberships.update(ends_on=date(2024, 9, 1))
        elif change == "cancellation":
            self.held.date = OCTOBER + DAY
            self.held.save()
        else:
            attend(person(), self.held)
        advance_run(run)
        found = everything()
        prepare()
        assert everything() == found

    def test_marks_not_validated_do_not_make_it_start_again(self, priority):
        run = start()
        advance_run(run, seconds=0)
        attend(self.people[0], meeting(priority, OCTOBER + DAY, validated=False))
        advance_run(run)
        run.refresh_from_db()
        assert run.recomputed == 0

    def test_facts_that_never_stop_changing_do_not_keep_it_for_ever(self):
        run = start()
        tries = 0
        while not advance_run(run, seconds=0):
            correct(self.marks[0], "half" if tries % 2 else "day")
            tries += 1
        run.refresh_from_db()
        assert run.is_unsettled
        assert tries < 50

    def test_a_claim_submitted_meanwhile_is_not_touched(self):
        prepare()
        run = start()
        advance_run(run, seconds=0)
        submit(SAINT_HYACINTHE, "year-end")
        advance_run(run)
        assert ClaimLine.objects.filter(submission=None).count() == 0
        assert claim_of(SAINT_HYACINTHE).total == 4 * 280
        assert not Claim.objects.filter(sequence=1).exists()

    def test_a_dead_run_is_swept_by_the_next_one_and_does_not_come_back(self):
        dead = start()
        advance_run(dead, seconds=0)
        ClaimRun.objects.filter(pk=dead.pk).update(touched_at=clock.now() - timedelta(hours=1))
        current = prepare()
        assert list(ClaimRun.objects.all()) == [current]
        assert set(ClaimLine.objects.values_list("run", flat=True)) == {current.pk}

    def test_a_run_that_is_alive_is_left_alone_and_the_last_to_finish_is_current(self):
        slow = start()
        advance_run(slow, seconds=0)
        prepare()
        before = everything()
        assert advance_run(slow)
        assert everything() == before
        assert list(ClaimRun.objects.filter(is_current=True)) == [slow]

    def test_an_abandoned_run_cannot_go_on(self):
        run = start()
        advance_run(run, seconds=0)
        run.finished_at = clock.now()
        run.save()
        with pytest.raises(RunAbandoned):
            advance_run(run)


class TestAfterSubmission:
    def test_a_submitted_claim_is_reported_as_submitted(self, camille, priority):
        attend(camille, meeting(priority, OCTOBER))
        prepare("mid-year")
        submit(SAINT_HYACINTHE)
        attend(camille, meeting(priority, OCTOBER + DAY))
        prepare("mid-year")
        entry = summary_of(YEAR, "mid-year")["claims"][1]
        assert (entry["lines"], entry["total_cents"]) == (1, 280_00)

    def test_what_is_validated_late_goes_to_year_end_at_its_own_date(self, camille, priority):
        attend(camille, meeting(priority, OCTOBER))
        late = meeting(priority, OCTOBER + DAY, validated=False)
        attend(camille, late)
        prepare("mid-year")
        submit(SAINT_HYACINTHE)
        validate(late)
        prepare()
        assert lines_of(SAINT_HYACINTHE) == [("", 280)]
        assert claim_of(SAINT_HYACINTHE).lines.get().date == OCTOBER + DAY

    def test_what_comes_after_year_end_goes_to_a_supplementary_claim(self, camille, priority):
        attend(camille, meeting(priority, OCTOBER))
        prepare()
        submit(SAINT_HYACINTHE, "year-end")
        prepare()
        assert not Claim.objects.filter(sequence=1).exists(), "there is nothing to put in it"
        attend(camille, meeting(priority, MARCH))
        prepare()
        assert lines_of(SAINT_HYACINTHE, sequence=1) == [("", 280)]
        entries = [
            entry for entry in summary_of(YEAR, "year-end")["claims"] if entry["organization"] == SAINT_HYACINTHE
        ]
        assert [(entry.get("sequence", 0), entry["total_cents"]) for entry in entries] == [(0, 280_00), (1, 280_00)]

    def test_a_returned_claim_is_a_draft_again(self, camille, priority):
        mark = attend(camille, meeting(priority, OCTOBER))
        prepare("mid-year")
        give_back(submit(SAINT_HYACINTHE))
        correct(mark, "half")
        prepare("mid-year")
        assert lines_of(SAINT_HYACINTHE, "mid-year") == [("", 140)]
        assert claim_of(SAINT_HYACINTHE, "mid-year").total == 140

    def test_frozen_lines_keep_their_place_in_the_limits(self, camille, priority):
        days = [meeting(priority, OCTOBER + at * DAY) for at in range(5)]
        for held in days[1:]:
            attend(camille, held)
        attend(camille, meeting(priority, date(2025, 1, 14)))
        prepare("mid-year")
        submit(SAINT_HYACINTHE)
        attend(camille, days[0])
        prepare()
        assert lines_of(SAINT_HYACINTHE) == [("", 280), ("yearly-limit", -280)]

    def test_a_portion_corrected_after_submission_is_an_adjustment_of_the_next_claim(self, camille, priority):
        mark = attend(camille, meeting(priority, OCTOBER))
        prepare("mid-year")
        submit(SAINT_HYACINTHE)
        correct(mark, "half")
        prepare()
        assert claim_of(SAINT_HYACINTHE).total == -140
        assert claim_of(SAINT_HYACINTHE, "mid-year").total == 280
        assert all(claim_of(SAINT_HYACINTHE).lines.values_list("adjusts", flat=True))

    def test_an_employer_corrected_is_a_minus_in_one_and_a_plus_in_the_other(self, camille):
        project = group("24-francais", "supported")
        join(camille, project)
        attend(camille, meeting(project, OCTOBER))
        prepare("mid-year")
        submit(SAINT_HYACINTHE)
        Affiliation.objects.update(organization=Organization.objects.get(code=SHERBROOKE))
        prepare()
        assert claim_of(SAINT_HYACINTHE).total == -280
        assert claim_of(SHERBROOKE).total == 280

    def test_an_adjustment_is_made_once(self, camille, priority):
        mark = attend(camille, meeting(priority, OCTOBER))
        prepare("mid-year")
        submit(SAINT_HYACINTHE)
        correct(mark, "half")
        prepare()
        submit(SAINT_HYACINTHE, "year-end")
        prepare()
        assert not Claim.objects.filter(sequence=1).exists()

    def test_a_merge_moves_no_money(self, camille, priority):
        kept = person(name="Kim")
        mark = attend(camille, meeting(priority, OCTOBER))
        prepare("mid-year")
        submit(SAINT_HYACINTHE)
        PersonMerge.objects.create(kept=kept, absorbed=camille, merged_by=clerk(), merged_at=clock.now())
        camille.memberships.update(person=kept)
        mark.person, mark.version = kept, 2
        mark.save()
        prepare()
        assert lines_of(SAINT_HYACINTHE) == []

    def test_a_negative_claim_once_approved_is_carried_to_the_next_by_one_line_that_names_it(self, camille, priority):
        mark = attend(camille, meeting(priority, OCTOBER))
        prepare("mid-year")
        submit(SAINT_HYACINTHE)
        correct(mark, "none")
        Claim.objects.filter(organization__code=SAINT_HYACINTHE).update(state=ClaimState.PAID, total=Decimal("-280.00"))
        correct(mark, "day")
        prepare()
        prepare()
        line = claim_of(SAINT_HYACINTHE).lines_that_count().get()
        owed = claim_of(SAINT_HYACINTHE, "mid-year")
        assert (line.code, line.amount) == ("carried-balance", Decimal("-280.00"))
        assert line.details == {"claim": owed.pk, "reference": owed.reference}
        assert claim_of(SAINT_HYACINTHE).total == -280
        submit(SAINT_HYACINTHE, "year-end", ClaimState.APPROVED)
        attend(camille, meeting(priority, MARCH))
        prepare()
        carried = claim_of(SAINT_HYACINTHE, sequence=1)
        assert sorted(lines_of(SAINT_HYACINTHE, sequence=1)) == [("", 280), ("carried-balance", -280)]
        assert carried.total == 0, "the balance already carried is not carried twice"

    def test_a_draft_whose_line_another_claim_submitted_is_known(self, camille, priority):
        attend(camille, meeting(priority, OCTOBER))
        prepare("mid-year")
        prepare("year-end")
        assert not ClaimLine.objects.held_elsewhere().exists()
        submit(SAINT_HYACINTHE, "mid-year")
        stale = ClaimLine.objects.held_elsewhere().get()
        assert stale.claim == claim_of(SAINT_HYACINTHE, "year-end")
        prepare("year-end")
        assert not ClaimLine.objects.held_elsewhere().exists()
