"""The invented year is what it says it is: complete, the same at every load, and irregular where it says so."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.db.models import F, Q, Sum

from cordee.communities.models import AnticipatedTerm, Community, Objective, Plan, StrategicProject
from cordee.home.demo import loading
from cordee.home.demo.irregularities import IRREGULARITIES
from cordee.home.demo.personas import personas
from cordee.home.demo.year import TODAY
from cordee.meetings.models import Attendance, AttendanceChange, Meeting
from cordee.people.models import Affiliation, Duty, Group, Membership, Organization, Person, StaffCategory

pytestmark = pytest.mark.django_db
HOLIDAYS = {date(2024, 9, 2), date(2024, 10, 14), date(2025, 4, 18), date(2025, 4, 21), date(2025, 5, 19)}


@pytest.fixture(scope="module")
def year(django_db_setup, django_db_blocker):
    """The year, loaded once for the module and taken back after it."""
    with django_db_blocker.unblock():
        loaded = loading.load_year()
        yield loaded
        loading.erase()


def mark(year, seat):
    return year.attendances[seat]


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
            assert meeting.validation.validated_at >= max(a.marked_at for a in meeting.attendances.all())


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


def test_projects_have_two_managers_and_supported_communities_one(year):
    leads = Membership.objects.filter(role="responsible-manager").current(TODAY)
    for group in Group.objects.filter(kind__in=["strategic-project", "supported"]):
        assert leads.filter(group=group).count() == (2 if group.kind == "strategic-project" else 1), group
        assert group.memberships.filter(role="liaison").exists(), group


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
        assert mark(year, seat).portion, seat


def test_a_sixth_day_follows_five_others(year):
    days = Attendance.objects.filter(person=year.people["ines.falaise"], meeting__group__slug="07-dau", portion="day")
    assert days.count() == 6


def test_two_half_days_share_a_date_and_not_an_hour(year):
    morning, afternoon = (mark(year, seat).meeting for seat in year.evidence["two_half_days"])
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
