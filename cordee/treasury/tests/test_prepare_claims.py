"""From what was marked to the drafts of a period, read from the database rule by rule."""

import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from cordee.communities.models import AnticipatedTerm, LimitExtension, ParticipationAgreement, Plan
from cordee.meetings.models import Cancellation
from cordee.people.models import Team
from cordee.reference.models import Edition, Revision
from cordee.toolkit import clock
from cordee.toolkit.refusals import Forbidden
from cordee.toolkit.testing.worlds import kept
from cordee.treasury.actions.runs import RuleMissing, UnknownPeriod, UnknownYear, start_run
from cordee.treasury.management.commands import prepare_claims
from cordee.treasury.models import Claim, ClaimLine, ClaimRun, RunPart
from cordee.treasury.tests.year_sample import (
    SAINT_HYACINTHE,
    SHERBROOKE,
    START,
    TODAY,
    UNIVERSITY,
    YEAR,
    attend,
    claim_of,
    clerk,
    edition,
    everything,
    group,
    hire,
    join,
    lines_of,
    meeting,
    organizations,
    person,
    prepare,
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


def decided() -> dict:
    return {"year": YEAR, "recorded_by": clerk(), "recorded_at": clock.now()}


def test_every_member_has_a_claim_even_with_nothing_in_it(priority):
    camille = person()
    join(camille, priority)
    attend(camille, meeting(priority, OCTOBER))
    prepare()
    assert {claim.organization.code: claim.total for claim in Claim.objects.all()} == {
        SAINT_HYACINTHE: Decimal("280.00"),
        SHERBROOKE: Decimal("0.00"),
    }


def test_a_line_says_where_its_dollars_come_from(priority):
    camille = person(category="teacher")
    join(camille, priority)
    held = meeting(priority, OCTOBER, half=True)
    attendance = attend(camille, held)
    prepare()
    line = ClaimLine.objects.get()
    assert (line.attendance_id, line.person_id, line.meeting_id) == (attendance.pk, camille.pk, held.pk)
    assert (line.group_id, line.date, line.category, line.portion) == (priority.pk, OCTOBER, "teacher", "half")
    assert (line.rule_key, line.revision, line.amount) == ("rate.teacher.half-day", 1, Decimal("130.00"))


def test_the_employer_and_the_category_are_those_of_the_date(priority):
    camille = person(employer="")
    hire(camille, SAINT_HYACINTHE, "professional", ends_on=date(2025, 1, 1))
    hire(camille, SHERBROOKE, "teacher", starts_on=date(2025, 1, 1))
    strategic = group("41-inclusion", "supported")
    join(camille, strategic)
    attend(camille, meeting(strategic, OCTOBER))
    attend(camille, meeting(strategic, MARCH))
    prepare()
    assert lines_of(SAINT_HYACINTHE) == [("", 280)]
    assert lines_of(SHERBROOKE) == [("", 260)]


def test_mid_year_leaves_the_spring_to_year_end(priority):
    camille = person()
    join(camille, priority)
    attend(camille, meeting(priority, date(2025, 1, 14)))
    attend(camille, meeting(priority, date(2025, 1, 15)))
    prepare("mid-year")
    assert lines_of(SAINT_HYACINTHE, "mid-year") == [("", 280)]


def test_priority_32_takes_the_monteregie_only(priority):
    camille = person(SHERBROOKE)
    join(camille, priority)
    attend(camille, meeting(priority, OCTOBER))
    prepare()
    assert lines_of(SHERBROOKE) == [("", 280), ("region", -280)]
    assert claim_of(SHERBROOKE).held == 0


def test_a_walk_in_is_held_until_the_membership_covers_the_day(priority):
    camille = person()
    attend(camille, meeting(priority, OCTOBER))
    prepare()
    assert lines_of(SAINT_HYACINTHE) == [("", 280), ("not-a-member", -280)]
    assert claim_of(SAINT_HYACINTHE).held == 280
    join(camille, priority, starts_on=OCTOBER)
    prepare()
    assert lines_of(SAINT_HYACINTHE) == [("", 280)]


def test_a_supported_community_is_paid_once_its_compensation_is_granted():
    camille, denied = person(), group("24-francais", "supported", granted=False)
    join(camille, denied)
    attend(camille, meeting(denied, OCTOBER))
    prepare()
    assert lines_of(SAINT_HYACINTHE) == [("", 280), ("not-granted", -280)]


def test_a_second_supported_community_needs_the_agreement_of_the_superior():
    camille, first, second = person(), group("24-francais", "supported"), group("40-ccq", "supported")
    join(camille, first, second)
    attend(camille, meeting(first, OCTOBER))
    attend(camille, meeting(second, OCTOBER + DAY))
    prepare()
    assert lines_of(SAINT_HYACINTHE) == [("", 280), ("", 280), ("second-supported", -280)]
    ParticipationAgreement.objects.create(person=camille, superior="D. Invention", agreed_on=OCTOBER, **decided())
    prepare()
    assert lines_of(SAINT_HYACINTHE) == [("", 280), ("", 280)]


def test_the_sixth_day_needs_a_decision_of_the_committee(priority):
    camille = person()
    join(camille, priority)
    for at in range(6):
        attend(camille, meeting(priority, OCTOBER + at * DAY))
    prepare()
    assert lines_of(SAINT_HYACINTHE)[-1] == ("yearly-limit", -280)
    LimitExtension.objects.create(
        community=priority.community, person=camille, half_days=1, decision="CE-9", decided_on=MARCH, **decided()
    )
    prepare()
    assert lines_of(SAINT_HYACINTHE)[-1] == ("yearly-limit", -140)


def test_a_strategic_project_pays_the_days_of_the_team():
    project = group("04-transitions")
    five, three = (Team.objects.create(group=project, name=name) for name in ("Cinq jours", "Trois jours"))
    plan = Plan.objects.create(community=project.community, year=YEAR, status="ongoing")
    AnticipatedTerm.objects.create(plan=plan, team=five, people=4, days=5)
    AnticipatedTerm.objects.create(plan=plan, team=three, people=4, days=3)
    camille, dominique, outside = person(), person(SHERBROOKE), person(UNIVERSITY)
    join(camille, project, team=five)
    join(dominique, project, team=three)
    for at in range(4):
        held = meeting(project, OCTOBER + at * DAY)
        for who in (camille, dominique, outside):
            attend(who, held)
    prepare()
    assert claim_of(SAINT_HYACINTHE).total == 4 * 280
    assert claim_of(SHERBROOKE).total == 3 * 280
    assert not Claim.objects.filter(organization__code=UNIVERSITY).exists()


def test_a_meeting_not_validated_is_a_notice_with_its_estimate(priority):
    camille = person()
    join(camille, priority)
    attend(camille, meeting(priority, OCTOBER, validated=False))
    prepare()
    claim = claim_of(SAINT_HYACINTHE)
    assert (claim.lines.count(), claim.total) == (0, 0)
    assert claim.notices == {"unvalidated": {"count": 1, "cents": 280_00}}
    assert claim.flags == {"unvalidated": 1}


def test_what_was_cancelled_or_is_to_come_is_not_held(priority):
    camille = person()
    join(camille, priority)
    cancelled = meeting(priority, OCTOBER)
    Cancellation.objects.create(meeting=cancelled, reason="neige", cancelled_by=clerk(), cancelled_at=clock.now())
    attend(camille, cancelled)
    attend(camille, meeting(priority, TODAY + DAY))
    prepare()
    assert claim_of(SAINT_HYACINTHE).flags == {"not-held": 2}


def test_an_unmarked_or_absent_person_leaves_nothing(priority):
    camille = person()
    join(camille, priority)
    attend(camille, meeting(priority, OCTOBER), "none")
    attend(camille, meeting(priority, OCTOBER + DAY), "")
    prepare()
    assert claim_of(SAINT_HYACINTHE).flags == {}


def test_preparing_twice_gives_the_same(priority):
    people = [person(code) for code in (SAINT_HYACINTHE, SHERBROOKE) for _ in range(3)]
    for at in range(7):
        held = meeting(priority, OCTOBER + at * DAY)
        for who in people:
            attend(who, held)
    prepare()
    before, figures = everything(), list(Claim.objects.order_by("pk").values_list("total", "flags"))
    run = prepare()
    assert everything() == before
    assert list(Claim.objects.order_by("pk").values_list("total", "flags")) == figures
    assert list(ClaimRun.objects.all()) == [run], "the previous run is swept"
    assert not ClaimLine.objects.exclude(run=run).exists()


def test_the_command_answers_in_json(priority, capsys):
    camille = person()
    attend(camille, meeting(priority, OCTOBER))
    attend(camille, meeting(priority, MARCH, validated=False))
    call_command("prepare_claims", YEAR, "mid-year", "--json")
    nothing = {"lines": 0, "claimed_cents": 0, "held_cents": 0, "total_cents": 0, "flags": {}}
    assert json.loads(capsys.readouterr().out) == {
        "year": YEAR,
        "period": "mid-year",
        "claimed_cents": 280_00,
        "held_cents": 280_00,
        "total_cents": 0,
        "claims": [
            {"organization": SHERBROOKE, **nothing},
            {
                "organization": SAINT_HYACINTHE,
                "lines": 2,
                "claimed_cents": 280_00,
                "held_cents": 280_00,
                "total_cents": 0,
                "flags": {"not-a-member": 1},
            },
        ],
    }


def test_the_command_says_the_total_in_words(priority, capsys):
    call_command("prepare_claims", YEAR, "mid-year")
    assert "Total admissible\u00a0: 0,00" in capsys.readouterr().out


def test_an_unknown_year_or_period_names_those_there_are():
    with pytest.raises(UnknownPeriod, match=r"mid-year \(Mi-année\), year-end \(Fin d’année\)"):
        start_run(year=YEAR, period="autumn", by=None, on=TODAY)
    with pytest.raises(UnknownYear, match=r"Années connues\u00a0: 2024-2025"):
        start_run(year="1999-2000", period="mid-year", by=None, on=TODAY)
    with pytest.raises(CommandError, match="n’est en vigueur"):
        call_command("prepare_claims", "cette année", "mid-year")
    assert not ClaimRun.objects.exists()


def test_a_locked_database_is_said_and_nothing_changes(monkeypatch):
    def locked(**_options):
        raise OperationalError("database is locked")

    monkeypatch.setattr(prepare_claims, "start_run", locked)
    with pytest.raises(CommandError, match="rien n’a changé"):
        call_command("prepare_claims", YEAR, "mid-year")


def test_only_the_secretary_and_the_treasurer_prepare():
    with pytest.raises(Forbidden):
        start_run(year=YEAR, period="mid-year", by=person(), on=TODAY)


class TestWithoutARate:
    """A category that the edition says is compensated, without its rate: nothing is guessed, nothing changes."""

    @pytest.fixture
    def camille(self, priority):
        camille = person()
        join(camille, priority)
        attend(camille, meeting(priority, OCTOBER))
        prepare()
        return camille

    @pytest.fixture
    def second_revision(self, camille):
        before = Revision.objects.get()
        after = Revision.objects.create(edition=Edition.objects.get(), number=2)
        for row in before.rules.exclude(key="rate.professional.day"):
            row.pk, row.revision = None, after
            row.save()
        after.effective_from = START
        after.save()

    def test_the_refusal_names_it_and_the_previous_drafts_stay(self, camille, second_revision):
        before = everything()
        with pytest.raises(RuleMissing, match=r"rate\.professional\.day"):
            prepare()
        assert everything() == before
        assert claim_of(SAINT_HYACINTHE).total == 280
        assert ClaimRun.objects.count() == 1
        assert RunPart.objects.count() == 1

    def test_the_command_says_so(self, camille, second_revision):
        with pytest.raises(CommandError, match=r"rien n’a changé.*rate\.professional\.day"):
            call_command("prepare_claims", YEAR, "year-end")
