"""The invented year is what it says it is: complete, the same at every load, and irregular where it says so."""

from collections import Counter
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.db.models import F, Q, Sum

from cordee.communities.models import AnticipatedTerm, Community, Objective, Plan, StrategicProject
from cordee.home.demo.irregularities import IRREGULARITIES
from cordee.home.demo.personas import personas
from cordee.home.demo.year import TODAY, YEAR
from cordee.meetings.models import Attendance, AttendanceChange, Meeting
from cordee.people.imports import load_organizations
from cordee.people.models import (
    Affiliation,
    Duty,
    Group,
    Membership,
    Organization,
    OrganizationMembership,
    Person,
    StaffCategory,
)
from cordee.reference.models import rules_on
from cordee.treasury.actions.runs import advance_run, start_run
from cordee.treasury.models import BudgetLine, BudgetRemark, Claim, ClaimLine, Submission

pytestmark = pytest.mark.django_db
HOLIDAYS = {date(2024, 9, 2), date(2024, 10, 14), date(2025, 4, 18), date(2025, 4, 21), date(2025, 5, 19)}


def lines_of(year, seat):
    """The lines that count now of one attendance."""
    return ClaimLine.objects.counted().filter(attendance=year.attendances[seat])


def flags_of(year, seat):
    return set(lines_of(year, seat).exclude(code="").values_list("code", flat=True))


def total_of(year, seats):
    return sum(line.amount for seat in seats for line in lines_of(year, seat))


def test_the_year_has_the_size_of_a_real_one(year):
    assert 400 <= Person.objects.count() <= 440
    assert 170 <= Meeting.objects.count() <= 190
    assert Attendance.objects.count() > 1000
    assert set(StaffCategory) <= set(Affiliation.objects.values_list("category", flat=True))


def test_fifteen_organizations_are_members_as_an_interpretation(year):
    members = Organization.objects.members_on(TODAY)
    assert members.count() == 15
    assert members.filter(language="en").count() == 3
    assert not members.filter(memberships__is_interpretation=False).exists()
    estrie = members.filter(crdp_region="Estrie")
    assert set(estrie.values_list("memberships__starts_on", flat=True)) == {date(2021, 7, 1)}
    assert members.get(code="866000").crdp_region == "Montérégie"
    assert members.get(code="866000").admin_region.startswith("Estrie")


def test_organizations_already_known_are_left_as_they_are(year):
    Organization.objects.filter(code="862000").update(short_name="CSS Saint-Hyacinthe")
    load_organizations()
    assert Organization.objects.get(code="862000").short_name == "CSS Saint-Hyacinthe"
    assert OrganizationMembership.objects.count() == 15


def test_before_2021_no_organization_of_estrie_is_a_member(year):
    assert not Organization.objects.members_on(date(2021, 6, 30)).filter(crdp_region="Estrie").exists()


@pytest.mark.parametrize(
    ("kind", "count"), [("strategic-project", 7), ("priority-32", 6), ("supported", 8), ("networking", 16), ("body", 4)]
)
def test_every_group_that_meets_is_there(year, kind, count):
    assert Group.objects.filter(kind=kind).count() == count
    assert Community.objects.filter(group__kind=kind).count() == (0 if kind == "body" else count)


def test_numbers_collide_and_budget_lines_are_not_groups(year):
    assert set(Group.objects.filter(number="04").values_list("kind", flat=True)) == {"strategic-project", "priority-32"}
    assert [group.slug for group in Group.objects.filter(number="41")] == ["41-inclusion"]
    assert not Group.objects.filter(number__in=["36", "39", "29", "23"]).exists()
    assert set(Group.objects.filter(name__startswith="PFAE").values_list("kind", flat=True)) == {
        "supported",
        "networking",
    }


def test_only_ccq_is_ongoing_among_the_supported(year):
    supported = Plan.objects.filter(community__group__kind="supported")
    assert [plan.community.group.slug for plan in supported.filter(status="ongoing")] == ["40-ccq"]
    assert not Plan.objects.filter(community__group__kind="networking").exclude(status="ongoing").exists()


@pytest.mark.parametrize(("kind", "days"), [("strategic-project", 383), ("priority-32", 245), ("supported", 260)])
def test_anticipated_terms_are_those_of_annexe_3(year, kind, days):
    terms = AnticipatedTerm.objects.filter(plan__community__group__kind=kind)
    assert terms.aggregate(days=Sum(F("people") * F("days")))["days"] == days
    assert set(terms.values_list("is_interpretation", flat=True)) == {kind == "supported"}


def test_transitions_has_a_team_of_five_days_and_one_of_three(year):
    terms = AnticipatedTerm.objects.filter(plan__community__group__slug="04-transitions")
    assert {term.team.name: (term.people, term.days) for term in terms} == {"Transitions": (8, 5), "TEVA": (8, 3)}


def test_eight_strategic_projects_with_their_objectives(year):
    assert StrategicProject.objects.count() == 8
    assert StrategicProject.objects.get(number=8).community is None
    assert Objective.objects.filter(kind="smart").count() == 24
    assert set(Objective.objects.filter(due=None).values_list("project__number", flat=True)) == {5}
    assert Objective.objects.filter(due=None).count() == 3
    assert not Objective.objects.filter(Q(text="") | Q(text_en="")).exists()


def test_meetings_are_on_school_days_and_last_what_they_plan(year):
    for meeting in Meeting.objects.all():
        assert meeting.date.weekday() < 5, meeting
        assert meeting.date not in HOLIDAYS, meeting
        assert not date(2024, 12, 21) <= meeting.date <= date(2025, 1, 6), meeting
        assert meeting.planned_portion == ("day" if meeting.minutes > 240 else "half"), meeting


def test_meetings_are_held_cancelled_and_to_come_in_every_modality(year):
    assert Meeting.objects.filter(cancellation__isnull=False).count() == 6
    assert Meeting.objects.filter(date__gt=TODAY).count() > 60
    assert set(Meeting.objects.values_list("modality", flat=True)) == {"in-person", "virtual", "hybrid"}
    assert not Attendance.objects.filter(Q(meeting__cancellation__isnull=False) | Q(meeting__date__gt=TODAY)).exists()


def test_everyone_expected_is_marked_where_attendance_was_validated(year):
    for key, meeting in year.held():
        if key not in year.unvalidated and key not in year.late:
            marked = {person for meeting_key, person in year.marks if meeting_key == key}
            assert {person for person, _membership in year.expected(key)} <= marked, key
            assert meeting.validation.validated_at >= max(
                first.changed_at for first in AttendanceChange.objects.filter(attendance__meeting=meeting, before="")
            )


def test_nobody_is_present_for_longer_than_planned_nor_without_an_employer(year):
    present = Attendance.objects.filter(portion__in=["half", "day"])
    assert not present.filter(portion="day", meeting__planned_portion="half").exists()
    employed = Affiliation.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=F("person__attendances__meeting__date")),
        starts_on__lte=F("person__attendances__meeting__date"),
        person__attendances__portion__in=["half", "day"],
    )
    assert employed.count() == present.count()


def test_every_mark_has_its_line_of_history(year):
    assert AttendanceChange.objects.values("attendance").distinct().count() == Attendance.objects.count()


def test_every_centre_has_its_billing_officer_and_its_directors(year):
    for code in ("billing-officer", "director-general", "educational-director"):
        assert Duty.objects.filter(code=code).values("organization").distinct().count() == 15


def test_each_community_has_the_managers_its_type_asks_for(year):
    rules = rules_on(TODAY)
    leads = Membership.objects.filter(role="responsible-manager").current(TODAY)
    for group in Group.objects.filter(kind__in=["strategic-project", "supported", "priority-32"]):
        assert leads.filter(group=group).count() == rules.count(f"type.{group.kind}.managers-min"), group
        assert group.memberships.filter(role="liaison").exists(), group


@pytest.mark.parametrize(
    ("slug", "body", "often"),
    [
        ("27-comite-executif", "executive", "meetings-max"),
        ("grand-groupe", "managers", "meetings"),
        ("cgscas", "cgscas", "meetings"),
    ],
)
def test_a_body_meets_as_often_and_as_long_as_the_cadre_says(year, slug, body, often):
    rules = rules_on(TODAY)
    meetings = Meeting.objects.filter(group__slug=slug)
    assert meetings.count() == rules.count(f"body.{body}.{often}")
    assert {meeting.minutes for meeting in meetings} == {rules.minutes(f"body.{body}.meeting-minutes")}
    if rules.has(f"body.{body}.modality"):
        assert {meeting.modality for meeting in meetings} == {rules.choice(f"body.{body}.modality")}


def test_only_dau_plans_more_days_than_its_type_meets(year):
    rules = rules_on(TODAY)
    over = set()
    for group in Group.objects.filter(kind__in=["supported", "networking", "priority-32"]):
        halves = sum(2 if meeting.planned_portion == "day" else 1 for meeting in group.meetings.all())
        if halves > 2 * rules.days(f"type.{group.kind}.frequency-days"):
            over.add(group.slug)
    assert over == {"07-dau"}


def test_the_personas_hold_what_their_label_says(year):
    known = {persona.key: persona.person for persona in personas()}
    assert len(known) == 9
    assert known["coordonnatrice"].holds("coordinator", on=TODAY)
    assert known["secretaire"].holds("secretary", on=TODAY)
    assert known["tresorier"].holds("treasurer", on=TODAY)
    assert known["facturation"].holds("billing-officer", on=TODAY)
    english = known["facturation-riverside"].standing(TODAY).organizations("billing-officer")
    assert Organization.objects.get(pk__in=english).language == "en"
    assert known["responsable"].standing(TODAY).groups("responsible-manager")
    assert known["repondante"].standing(TODAY).groups("liaison")
    assert known["participante"].standing(TODAY).groups("participant")
    assert known["direction"].holds("director-general", on=TODAY)
    assert all(person.user.is_active and not person.user.has_usable_password() for person in known.values())


def test_demo_people_names_them(year):
    out = StringIO()
    call_command("demo_people", stdout=out)
    assert "Solène Belleprise – Coordonnatrice de la coopérative" in out.getvalue().splitlines()


@pytest.mark.parametrize("name", [name for name in IRREGULARITIES if name != "still_to_mark"])
def test_every_irregularity_exists(year, name):
    assert year.evidence[name], IRREGULARITIES[name].sentence
    for seat in year.evidence[name]:
        assert year.attendances[seat].portion, seat


WITHOUT_A_LINE = {"unvalidated", "not-a-member-organization"}


@pytest.mark.parametrize(
    "name", [name for name, case in IRREGULARITIES.items() if case.flag and case.flag not in WITHOUT_A_LINE]
)
def test_the_claims_flag_an_irregularity_by_its_rule(year, name):
    assert {code for seat in year.evidence[name] for code in flags_of(year, seat)} == {IRREGULARITIES[name].flag}


@pytest.mark.parametrize(
    "name",
    [
        "changed_category",
        "changed_employer",
        "manager",
        "second_supported_with_agreement",
        "sixth_day_granted",
        "two_half_days",
        "walk_in_confirmed",
    ],
)
def test_the_claims_pay_what_only_looks_irregular(year, name):
    for seat in year.evidence[name]:
        assert lines_of(year, seat).exists(), seat
        assert flags_of(year, seat) == set(), seat


def test_of_two_whole_days_on_one_date_one_is_paid(year):
    flags = [flags_of(year, seat) for seat in year.evidence["two_communities_same_day"]]
    assert sorted(flags, key=len) == [set(), {"day-cap"}]
    assert total_of(year, year.evidence["two_communities_same_day"]) == 280


def test_two_half_days_pay_the_day_rate(year):
    assert total_of(year, year.evidence["two_half_days"]) == 280


def test_a_manager_has_lines_of_nothing(year):
    assert total_of(year, year.evidence["manager"]) == 0


def test_a_new_category_has_its_own_rate(year):
    before, after = year.evidence["changed_category"]
    assert (total_of(year, [before]), total_of(year, [after])) == (260, 280)


def test_a_new_employer_has_its_own_claim(year):
    codes = [lines_of(year, seat).get().claim.organization.code for seat in year.evidence["changed_employer"]]
    assert codes == ["869000", "869000", "868000"]


def test_an_external_person_is_in_no_claim(year):
    for seat in year.evidence["external_person"]:
        assert not lines_of(year, seat).exists()


def test_a_meeting_nobody_validated_is_a_notice(year):
    for seat in year.evidence["never_validated"]:
        assert not lines_of(year, seat).exists()
    assert Claim.objects.get(organization__code="865000").notices["unvalidated"]["count"] == 2


def test_late_entries_are_in_the_drafts_and_not_in_what_was_submitted(year):
    claims = {line.claim.state for seat in year.evidence["late_entries"] for line in lines_of(year, seat)}
    assert claims == {"draft"}


def test_year_end_takes_back_the_half_day_corrected_after_submission(year):
    advance_run(start_run(year=YEAR, period="year-end", by=None, on=TODAY))
    (seat,) = year.evidence["corrected_after_submission"]
    adjustments = lines_of(year, seat).filter(claim__period="year-end")
    assert sum(line.amount for line in adjustments) == -140


def test_fifteen_claims_stand_at_every_step(year):
    states = Counter(Claim.objects.filter(period="mid-year").values_list("state", flat=True))
    assert states == {"draft": 6, "submitted": 4, "verified": 2, "approved": 1, "paid": 1, "returned": 1}
    assert Submission.objects.filter(on_behalf=True).count() == 1
    for claim in Claim.objects.all():
        assert claim.total == sum(line.amount for line in claim.lines_that_count()), claim


def test_the_budget_ties_each_line_to_its_group_and_keeps_its_remarks(year):
    expenses = BudgetLine.objects.filter(table="expense")
    assert expenses.count() == 24
    assert set(expenses.filter(group=None).values_list("number", "key")) == {
        ("36", "36-cours-dete"),
        ("39", "39-developpement-professionnel"),
        ("29", "29-site-web-et-base-de-donnees"),
        ("41", "41-cdpvd-tableaux-de-bord"),
        ("23", "23-conseilance-pedagogique"),
    }
    assert all(line.group.number == line.number for line in expenses.exclude(group=None))
    assert list(BudgetRemark.objects.values_list("code", flat=True)) == ["F1", "F2", "F3", "F4", "F5", "F6"]


def test_a_sixth_day_follows_five_others(year):
    days = Attendance.objects.filter(person=year.people["ines.falaise"], meeting__group__slug="07-dau", portion="day")
    assert days.count() == 6


def test_two_half_days_share_a_date_and_not_an_hour(year):
    morning, afternoon = (year.meetings[seat[0]] for seat in year.evidence["two_half_days"])
    assert morning.date == afternoon.date
    assert morning.ends_at <= afternoon.starts_at
    assert morning.group != afternoon.group


def test_the_walk_in_who_was_confirmed_belongs_and_the_other_does_not(year):
    (confirmed,), (other,) = year.evidence["walk_in_confirmed"], year.evidence["walk_in_unconfirmed"]
    for seat, belongs in ((confirmed, True), (other, False)):
        meeting = year.meetings[seat[0]]
        found = Membership.objects.filter(person=year.people[seat[1]], group=meeting.group).current(meeting.date)
        assert found.exists() is belongs


def test_six_days_late_thirteen_of_fifteen_are_marked(year):
    meeting = year.meetings["18-tc-trp/3"]
    assert (TODAY - meeting.date).days == 6
    assert len(year.expected("18-tc-trp/3")) == 15
    assert meeting.attendances.exclude(portion="").count() == 13
    assert not hasattr(Meeting.objects.get(pk=meeting.pk), "validation")


def test_today_a_meeting_waits_for_its_first_mark(year):
    meeting = year.meetings["41-inclusion/4"]
    assert meeting.date == TODAY
    assert not meeting.attendances.exists()


def test_some_changed_category_and_some_changed_employer_during_the_year(year):
    several = Person.objects.filter(affiliations__ends_on__gt=date(2024, 7, 1))
    employers = {
        person: list(person.affiliations.order_by("starts_on").values_list("organization", "category"))
        for person in several
    }
    assert sum(before[0] != after[0] for before, after in employers.values()) >= 3
    assert sum(before[1] != after[1] for before, after in employers.values()) >= 3
