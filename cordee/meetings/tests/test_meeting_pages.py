from datetime import date, time, timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse

from cordee.meetings import actions
from cordee.meetings.actions import Mark, refusals
from cordee.meetings.models import Attendance, Cancellation, Meeting, MeetingState, tally_of
from cordee.meetings.tests import factory
from cordee.meetings.todo import attendance_to_finish
from cordee.people.models import Affiliation, Membership, Person
from cordee.toolkit.contributions import search
from cordee.toolkit.refusals import Forbidden

pytestmark = [pytest.mark.django_db, pytest.mark.above_the_database]
TODAY = factory.TODAY
LIST = "/rencontres/"


def states(world):
    return dict(Meeting.objects.with_state(on=TODAY).values_list("pk", "state"))


def test_the_state_of_a_meeting_follows_what_was_done(world):
    pk = world.meeting.pk
    coming = factory.meeting(world.group, date(2025, 2, 3))
    assert states(world) == {pk: MeetingState.TO_MARK, coming.pk: MeetingState.DRAFT}
    actions.announce_meeting(meeting=coming, by=world.alice, on=TODAY)
    assert states(world)[coming.pk] == MeetingState.UPCOMING
    actions.mark_everyone_present(meeting=world.meeting, by=world.alice, on=TODAY)
    assert states(world)[pk] == MeetingState.TO_VALIDATE
    actions.validate_meeting(meeting=world.meeting, by=world.alice, on=TODAY)
    assert states(world)[pk] == MeetingState.VALIDATED
    actions.cancel_meeting(meeting=coming, reason="Tempête", by=world.alice, on=TODAY)
    assert states(world)[coming.pk] == MeetingState.CANCELLED


def test_progress_counts_the_expected_and_the_walk_ins(world):
    actions.mark_attendance(
        meeting=world.meeting, mark=Mark(world.participants[0].pk, "day", 0), by=world.alice, on=TODAY
    )
    actions.add_walk_in(meeting=world.meeting, person=world.charlie, by=world.alice, on=TODAY)
    meeting = Meeting.objects.with_progress().get()
    assert (meeting.marked, meeting.expected) == (2, 5)
    tally = tally_of(world.meeting)
    assert (tally.marked, tally.expected, tally.present, tally.absent, tally.unmarked) == (2, 5, 2, 0, 3)


def test_tasks_await_who_runs_the_group_and_are_late_the_day_after(world):
    (task,) = attendance_to_finish(world.alice, on=TODAY)
    assert "Présences à terminer, 18-TC-TRP" in task.title
    assert "0 saisies sur 4" in task.context
    assert task.is_late(TODAY)
    assert not task.is_late(factory.DAY)
    actions.mark_everyone_present(meeting=world.meeting, by=world.alice, on=TODAY)
    assert next(attendance_to_finish(world.alice, on=TODAY)).action == "Valider"
    actions.validate_meeting(meeting=world.meeting, by=world.alice, on=TODAY)
    assert list(attendance_to_finish(world.alice, on=TODAY)) == []
    assert list(attendance_to_finish(world.participants[0], on=TODAY)) == []


def test_the_list_shows_what_one_may_see(world, sign_in):
    assert "18-TC-TRP" in sign_in(world.participants[0]).get(LIST).content.decode()
    assert "18-TC-TRP" not in sign_in(world.charlie).get(LIST).content.decode()
    assert "18-TC-TRP" not in sign_in(world.officer).get(LIST).content.decode()
    actions.mark_everyone_present(meeting=world.meeting, by=world.alice, on=TODAY)
    assert "18-TC-TRP" in sign_in(world.officer).get(LIST).content.decode()


def test_a_former_employer_does_not_see_what_came_after(world, sign_in):
    who = world.participants[0]
    actions.mark_attendance(meeting=world.meeting, mark=Mark(who.pk, "day", 0), by=world.alice, on=TODAY)
    other = factory.organization("863000", "CSS Autre")
    Affiliation.objects.filter(person=who).update(ends_on=factory.DAY)
    Affiliation.objects.create(person=who, organization=other, category="teacher", starts_on=factory.DAY)
    assert not Attendance.objects.visible_to(world.officer, on=TODAY).exists()
    assert not Meeting.objects.visible_to(world.officer, on=TODAY).exists()


def test_the_filters_of_the_list_are_in_the_address(world, sign_in):
    other = factory.group("36-x", "36", "Mentorat")
    factory.meeting(other, date(2024, 10, 2), place="Longueuil")
    client = sign_in(world.secretary)

    def rows(query):
        return client.get(f"{LIST}?{query}").content.decode().split("<tbody")[-1]

    assert "Mentorat" in rows("q=longueuil")
    assert "18-TC-TRP" not in rows("q=longueuil")
    assert "18-TC-TRP" not in rows(f"group={other.pk}")
    assert "Mentorat" not in rows("month=2025-01")
    assert "Aucune rencontre ne correspond" in rows("state=validated")
    assert "Mentorat" in rows("state=to-mark&sort=group")
    assert "Mentorat" in rows("state=nonsense&month=99&group=x&page=zz&sort=zz")


def test_what_awaits_me_comes_first(world, sign_in):
    newer = factory.group("36-x", "36", "Mentorat")
    factory.membership(world.alice, newer, "participant")
    factory.meeting(newer, date(2025, 1, 17))
    body = sign_in(world.alice).get(LIST).content.decode().split("<tbody")[-1]
    assert body.index("18-TC-TRP") < body.index("36-Mentorat")


def test_then_comes_what_is_to_come_the_soonest_first_and_the_past(world, sign_in):
    for day in (date(2025, 5, 6), date(2025, 2, 4), date(2024, 9, 10), date(2024, 11, 12)):
        factory.meeting(world.group, day)
    for earlier in Meeting.objects.filter(date__lt=date(2025, 1, 1)):
        actions.validate_meeting(meeting=earlier, by=world.alice, on=TODAY, absent_for_unmarked=True)
    body = sign_in(world.secretary).get(LIST).content.decode().split("<tbody")[-1]
    days = ("14 janv. 2025", "4 févr. 2025", "6 mai 2025", "12 nov. 2024", "10 sept. 2024")
    places = [body.index(f">{day}<") for day in days]
    assert places == sorted(places)


def test_the_list_costs_the_same_for_one_meeting_and_for_forty(world, sign_in, django_assert_max_num_queries):
    client = sign_in(world.secretary)
    with django_assert_max_num_queries(12) as few:
        client.get(LIST)
    for n in range(40):
        factory.meeting(world.group, date(2024, 9, 2) + timedelta(days=n))
    with django_assert_max_num_queries(12) as many:
        client.get(LIST)
    assert len(few) == len(many)


def detail(client, world):
    return client.get(reverse("meetings:detail", args=[world.meeting.pk]))


def test_a_participant_sees_the_meeting_and_only_their_own_mark(world, sign_in):
    actions.mark_everyone_present(meeting=world.meeting, by=world.alice, on=TODAY)
    first, second = world.participants[:2]
    page = detail(sign_in(first), world).content.decode()
    table = page.split("<tbody")[-1]
    assert first.full_name in table
    assert second.full_name not in table
    assert "Prendre les présences" not in page


def test_who_sees_one_meeting(world, sign_in):
    for who, status in (("alice", 200), ("bob", 200), ("secretary", 200), ("charlie", 404), ("officer", 404)):
        assert detail(sign_in(getattr(world, who)), world).status_code == status


def test_a_meeting_is_cancelled_with_a_reason_and_restored(world, sign_in):
    client = sign_in(world.alice)
    url = reverse("meetings:cancellation", args=[world.meeting.pk])
    assert client.post(url, {"reason": ""}).status_code == 422
    assert client.post(url, {"reason": "Tempête"}).status_code == 302
    assert Cancellation.objects.get().reason == "Tempête"
    page = detail(client, world).content.decode()
    assert "Tempête" in page
    client.post(reverse("meetings:restoration", args=[world.meeting.pk]))
    assert not Cancellation.objects.exists()


def test_a_meeting_where_someone_was_is_not_cancelled(world):
    actions.mark_everyone_present(meeting=world.meeting, by=world.alice, on=TODAY)
    with pytest.raises(refusals.SomeonePresent):
        actions.cancel_meeting(meeting=world.meeting, reason="x", by=world.alice, on=TODAY)
    actions.validate_meeting(meeting=world.meeting, by=world.alice, on=TODAY)
    with pytest.raises(refusals.AlreadyValidated):
        actions.cancel_meeting(meeting=world.meeting, reason="x", by=world.alice, on=TODAY)


def test_the_page_of_a_meeting_says_where_it_stands_what_happened_and_what_is_next(world, sign_in):
    client = sign_in(world.alice)
    assert "Prendre les présences" in detail(client, world).content.decode()
    actions.mark_everyone_present(meeting=world.meeting, by=world.alice, on=TODAY)
    assert "Valider les présences" in detail(client, world).content.decode()
    actions.validate_meeting(meeting=world.meeting, by=world.secretary, on=TODAY)
    attendance = Attendance.objects.order_by("pk").first()
    actions.correct_attendance(
        attendance=attendance, portion="none", reason="Malade", version=1, by=world.alice, on=TODAY
    )
    page = detail(client, world).content.decode()
    assert "a validé les présences" in page
    assert "Journée → Absence, Malade" in page
    assert "a saisi 3 personnes" in page
    assert "Prendre les présences" not in page
    participant = sign_in(world.participants[0])
    assert "Historique" not in detail(participant, world).content.decode()


def test_the_page_of_a_meeting_costs_few_queries(world, sign_in, django_assert_max_num_queries):
    actions.mark_everyone_present(meeting=world.meeting, by=world.alice, on=TODAY)
    actions.validate_meeting(meeting=world.meeting, by=world.alice, on=TODAY)
    client = sign_in(world.secretary)
    with django_assert_max_num_queries(12):
        detail(client, world)


def plan(world, **changes):
    fields = {
        "group": world.group,
        "day": date(2025, 3, 4),
        "starts_at": time(9),
        "ends_at": time(12),
        "planned_portion": "half",
        "modality": "virtual",
        "by": world.secretary,
        "on": TODAY,
    }
    return actions.plan_meeting(**{**fields, **changes})


def test_a_meeting_is_planned_once_in_an_open_year_by_who_may(world):
    plan(world)
    with pytest.raises(refusals.AlreadyPlanned):
        plan(world)
    with pytest.raises(refusals.OutsideYear, match="2031-2032"):
        plan(world, day=date(2032, 3, 4))
    with pytest.raises(Forbidden):
        plan(world, by=world.bob, day=date(2025, 3, 5))
    assert Meeting.objects.filter(date=date(2025, 3, 4)).count() == 1


@pytest.mark.parametrize(("ends_at", "portion"), [(time(13), "half"), (time(13, 1), "day")])
def test_hours_decide_the_planned_portion_by_the_rules_of_the_day(world, ends_at, portion):
    call_command("load_edition", "2024-2025", "--in-force")
    assert plan(world, planned_portion="", ends_at=ends_at).planned_portion == portion


def test_without_rules_the_page_asks_for_the_planned_portion(world, sign_in):
    fields = {"group": world.group.pk, "day": "2025-03-04", "starts_at": "9:00", "ends_at": "12:00"}
    response = sign_in(world.alice).post("/rencontres/nouvelle/", {**fields, "modality": "virtual"})
    assert response.status_code == 422
    assert not Meeting.objects.filter(date=date(2025, 3, 4)).exists()


def test_the_form_reads_dates_and_hours_as_people_write_them(world, sign_in):
    client = sign_in(world.alice)
    fields = {
        "group": world.group.pk,
        "day": "4 mars 2025",
        "starts_at": "13 h 30",
        "ends_at": "16h",
        "planned_portion": "half",
        "modality": "virtual",
    }
    assert client.get("/rencontres/nouvelle/").status_code == 200
    assert client.post("/rencontres/nouvelle/", {**fields, "ends_at": "midi"}).status_code == 422
    assert client.post("/rencontres/nouvelle/", {**fields, "ends_at": "12:00"}).status_code == 422
    assert client.post("/rencontres/nouvelle/", fields).status_code == 302
    made = Meeting.objects.get(date=date(2025, 3, 4))
    assert (made.starts_at, made.ends_at) == (time(13, 30), time(16))
    assert sign_in(world.charlie).get("/rencontres/nouvelle/").status_code == 403


def test_a_walk_in_is_found_without_accents_and_added(world, sign_in):
    helene = factory.person("Hélène", "Dièdre", account=False)
    client, url = sign_in(world.alice), reverse("meetings:walk_in", args=[world.meeting.pk])
    assert "Hélène Dièdre" in client.get(url, {"q": "diedre HELENE"}).content.decode()
    part = client.get(url, {"q": "diedre"}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert client.post(url, {"person": helene.pk}).status_code == 302
    assert "sur place" in client.get(reverse("meetings:roster", args=[world.meeting.pk])).content.decode()
    assert client.post(url, {"person": helene.pk}).status_code == 409
    assert client.post(url, {"person": "x"}).status_code == 422
    assert sign_in(world.bob).get(url).status_code == 403


def test_a_walk_in_nobody_knew_is_recorded_with_an_employer(world, sign_in):
    client, url = sign_in(world.alice), reverse("meetings:new_walk_in", args=[world.meeting.pk])
    fields = {
        "first_name": "Nadia",
        "last_name": "Névé",
        "organization": factory.organization().pk,
        "category": "teacher",
    }
    assert client.post(url, {**fields, "category": ""}).status_code == 422
    assert client.post(url, fields).status_code == 302
    nadia = Person.objects.get(first_name="Nadia")
    assert Affiliation.objects.get(person=nadia).starts_on == factory.DAY
    assert Attendance.objects.get(person=nadia).portion == "day"
    again = client.post(url, {**fields, "first_name": "nadia"})
    assert again.status_code == 409
    assert "Une fiche porte déjà ce nom" in again.content.decode()
    assert client.post(url, {**fields, "namesake": "on"}).status_code == 302
    assert Person.objects.filter(last_name="Névé").count() == 2


def test_an_address_that_is_taken_creates_nothing(world, sign_in):
    url = reverse("meetings:new_walk_in", args=[world.meeting.pk])
    fields = {"first_name": "Nadia", "last_name": "Névé", "organization": factory.organization().pk}
    fields |= {"category": "teacher", "email": world.charlie.email.upper()}
    response = sign_in(world.alice).post(url, fields)
    assert response.status_code == 409
    assert "déjà celle d’une autre personne" in response.content.decode()
    assert not Person.objects.filter(first_name="Nadia").exists()
    assert not Attendance.objects.exists()


def test_search_finds_a_meeting_by_its_group_or_its_date(world):
    for words in ("tc-trp", "14 janvier 2025", "2025-01-14"):
        labels = [found.label for found in search.collect(world.alice, on=TODAY, words=words)]
        assert "18-TC-TRP, 14 janvier 2025" in labels
    assert not any("TC-TRP" in found.label for found in search.collect(world.charlie, on=TODAY, words="tc-trp"))


def test_every_page_speaks_english_when_asked(world, sign_in):
    client = sign_in(world.alice)
    client.cookies["langue"] = "en"
    for name in ("roster", "detail", "validation", "walk_in", "cancellation"):
        page = client.get(reverse(f"meetings:{name}", args=[world.meeting.pk]))
        assert page.status_code == 200
        assert 'lang="en-CA"' in page.content.decode()


def test_who_left_the_group_no_longer_runs_it(world, sign_in):
    Membership.objects.filter(person=world.alice).update(ends_on=date(2025, 1, 16))
    with pytest.raises(Forbidden):
        actions.mark_everyone_present(meeting=world.meeting, by=Person.objects.get(pk=world.alice.pk), on=TODAY)
