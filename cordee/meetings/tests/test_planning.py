"""A meeting is planned, announced, changed, moved, cancelled: what each act does, and what it refuses."""

from datetime import date, time, timedelta

import pytest
from django.db import DatabaseError, transaction

from cordee.meetings import actions
from cordee.meetings.actions import Point, refusals, telling
from cordee.meetings.models import AgendaTemplate, Announcement, Meeting, MeetingState, Move, Validation
from cordee.meetings.rules.series import days_of
from cordee.meetings.tests import factory
from cordee.people.models import Membership, Person
from cordee.records.models import JournalEntry
from cordee.toolkit.contributions import meeting_holds
from cordee.toolkit.refusals import Forbidden
from cordee.values.verdict import no

pytestmark = pytest.mark.django_db
TODAY = factory.TODAY
SOON = date(2025, 3, 4)
MORNING = {"starts_at": time(9), "ends_at": time(12)}
DETAILS = {"planned_portion": "half", "modality": "virtual"}


@pytest.fixture
def told(monkeypatch):
    """What the members would be told, in order: (what, meeting, sequence)."""
    heard = []
    for name in ("announced", "changed", "cancelled"):
        monkeypatch.setattr(
            telling, name, lambda meeting, name=name, **_with: heard.append((name, meeting.pk, meeting.sequence))
        )
    return heard


def who(world):
    return {"by": world.alice, "on": TODAY}


def draft(world, day=SOON, **details):
    return actions.plan_meeting(group=world.group, day=day, **MORNING, **{**DETAILS, **details}, **who(world))


def announced(world, day=SOON):
    meeting = draft(world, day)
    actions.announce_meeting(meeting=meeting, **who(world))
    return Meeting.objects.get(pk=meeting.pk)


def series(world, *days, **details):
    return actions.plan_series(group=world.group, days=days, **MORNING, **{**DETAILS, **details}, **who(world))


def weekly(world, count=4):
    return series(world, *(SOON + timedelta(weeks=number) for number in range(count)))


def seen_by(person):
    return set(Meeting.objects.visible_to(Person.objects.get(pk=person.pk), on=TODAY).filter(date=SOON))


# Draft, then announced


def test_a_draft_is_known_to_those_who_run_the_group_and_keep_the_cooperative_only(world, told):
    meeting = draft(world)
    assert told == []
    assert seen_by(world.alice) == seen_by(world.secretary) == {meeting}
    assert seen_by(world.participants[0]) == seen_by(world.bob) == set()
    actions.announce_meeting(meeting=meeting, **who(world))
    assert seen_by(world.participants[0]) == seen_by(world.bob) == {meeting}


def test_a_meeting_that_was_held_without_being_announced_is_held_like_any_other(world):
    assert Meeting.objects.with_state(on=TODAY).get(pk=world.meeting.pk).state == MeetingState.TO_MARK


def test_members_are_told_once_when_a_draft_is_announced(world, told):
    meeting = draft(world)
    actions.announce_meeting(meeting=meeting, **who(world))
    assert told == [("announced", meeting.pk, 0)]
    with pytest.raises(refusals.AlreadyAnnounced):
        actions.announce_meeting(meeting=meeting, **who(world))
    assert Announcement.objects.count() == 1


def test_what_was_held_is_no_longer_announced(world):
    with pytest.raises(refusals.NothingToAnnounce, match="a déjà eu lieu"):
        actions.announce_meeting(meeting=world.meeting, **who(world))


def test_only_those_who_run_the_group_announce_change_or_move(world):
    meeting = draft(world)
    for act, typed in (
        (actions.announce_meeting, {}),
        (actions.edit_meeting, {"title": "Autre"}),
        (actions.move_meeting, {"day": SOON + timedelta(days=1), **MORNING}),
        (actions.write_agenda, {"points": [], "seen": ""}),
        (actions.save_agenda_template, {}),
    ):
        with pytest.raises(Forbidden):
            act(meeting=meeting, by=world.bob, on=TODAY, **typed)


# Changed and moved


def test_a_change_is_told_only_of_what_was_announced(world, told):
    meeting = draft(world)
    actions.edit_meeting(meeting=meeting, place="Longueuil", **who(world))
    assert told == []
    actions.announce_meeting(meeting=meeting, **who(world))
    actions.edit_meeting(meeting=meeting, place="Granby", link="https://exemple.test/salle", **who(world))
    assert told[1:] == [("changed", meeting.pk, 1)]
    assert actions.edit_meeting(meeting=meeting, place="Granby", **who(world)) == []
    assert len(told) == 2


def test_a_draft_takes_another_day_without_a_word(world, told):
    meeting = draft(world)
    actions.move_meeting(meeting=meeting, day=SOON + timedelta(days=2), **MORNING, **who(world))
    assert not Move.objects.exists()
    assert told == []


def test_an_announced_meeting_moves_with_a_reason_that_is_kept(world, told):
    meeting = announced(world)
    to = {"day": SOON + timedelta(days=2), "starts_at": time(13), "ends_at": time(16)}
    with pytest.raises(refusals.ReasonMissing):
        actions.move_meeting(meeting=meeting, **to, **who(world))
    actions.move_meeting(meeting=meeting, reason="Salle  occupée", **to, **who(world))
    move = Move.objects.get()
    assert (move.date_before, move.date_after, move.reason) == (SOON, to["day"], "Salle occupée")
    assert told[-1] == ("changed", meeting.pk, 1)
    assert JournalEntry.objects.filter(act="meeting.moved").count() == 1


def test_where_a_meeting_was_is_never_rewritten(world):
    meeting = announced(world)
    actions.move_meeting(meeting=meeting, day=SOON + timedelta(days=1), **MORNING, reason="x", **who(world))
    with pytest.raises(DatabaseError), transaction.atomic():
        Move.objects.update(reason="y")


def test_a_meeting_does_not_move_where_another_of_its_group_stands_nor_to_where_it_is(world):
    meeting, other = draft(world), draft(world, SOON + timedelta(days=7))
    with pytest.raises(refusals.AlreadyPlanned, match="11 mars 2025"):
        actions.move_meeting(meeting=meeting, day=other.date, **MORNING, **who(world))
    with pytest.raises(refusals.SameTime):
        actions.move_meeting(meeting=meeting, day=SOON, **MORNING, **who(world))


def test_attendance_that_was_taken_moves_with_the_meeting_when_a_reason_is_given(world):
    actions.mark_everyone_present(meeting=world.meeting, **who(world))
    to = {"meeting": world.meeting, "day": date(2025, 1, 13), "starts_at": time(9), "ends_at": time(15, 30)}
    with pytest.raises(refusals.ReasonMissing):
        actions.move_meeting(**to, **who(world))
    actions.move_meeting(**to, reason="Inscrite au mauvais jour", **who(world))
    assert Meeting.objects.get(pk=world.meeting.pk).date == date(2025, 1, 13)
    assert world.meeting.attendances.exclude(portion="").count() == 4


def test_a_meeting_people_were_at_does_not_move_to_a_day_to_come(world):
    actions.mark_everyone_present(meeting=world.meeting, **who(world))
    with pytest.raises(refusals.MarkedAlready, match="effacez d’abord"):
        actions.move_meeting(meeting=world.meeting, day=SOON, **MORNING, reason="x", **who(world))


def test_a_meeting_a_submitted_claim_rests_on_keeps_its_date_and_its_length(world, monkeypatch):
    actions.mark_everyone_present(meeting=world.meeting, **who(world))
    monkeypatch.setattr(meeting_holds, "_functions", [lambda meeting: [no("Une réclamation soumise la tient.")]])
    with pytest.raises(refusals.ChangeHeld, match=r"ne changent plus\. Une réclamation soumise"):
        actions.move_meeting(meeting=world.meeting, day=date(2025, 1, 13), **MORNING, reason="x", **who(world))
    world.meeting.attendances.update(portion="half")
    with pytest.raises(refusals.ChangeHeld):
        actions.edit_meeting(meeting=world.meeting, planned_portion="half", **who(world))
    actions.edit_meeting(meeting=world.meeting, place="Granby", **who(world))


def test_a_day_does_not_become_a_half_day_while_someone_is_marked_for_a_day(world):
    actions.mark_everyone_present(meeting=world.meeting, **who(world))
    with pytest.raises(refusals.MarkedLonger):
        actions.edit_meeting(meeting=world.meeting, planned_portion="half", **who(world))


def test_who_is_removed_from_the_group_after_being_there_keeps_their_attendance(world):
    gone = world.participants[0]
    actions.mark_everyone_present(meeting=world.meeting, **who(world))
    Membership.objects.filter(person=gone).update(ends_on=factory.DAY)
    actions.validate_meeting(meeting=world.meeting, **who(world))
    assert world.meeting.attendances.get(person=gone).portion == "day"


# Cancelled and restored


def test_a_cancellation_and_its_withdrawal_are_told_each_once(world, told):
    meeting = announced(world)
    actions.cancel_meeting(meeting=meeting, reason="Tempête", **who(world))
    actions.restore_meeting(meeting=meeting, **who(world))
    assert told == [("announced", meeting.pk, 0), ("cancelled", meeting.pk, 1), ("announced", meeting.pk, 2)]


def test_a_cancellation_stays_once_another_meeting_has_its_hour(world, told):
    meeting = announced(world)
    actions.cancel_meeting(meeting=meeting, reason="Tempête", **who(world))
    other = announced(world)
    with pytest.raises(refusals.AlreadyPlanned):
        actions.restore_meeting(meeting=meeting, **who(world))
    assert Meeting.objects.get(pk=meeting.pk).is_cancelled
    actions.move_meeting(meeting=other, day=SOON + timedelta(days=1), reason="Salle prise", **MORNING, **who(world))
    actions.restore_meeting(meeting=meeting, **who(world))
    assert not Meeting.objects.get(pk=meeting.pk).is_cancelled


def test_nobody_is_told_that_a_draft_or_a_past_meeting_is_cancelled(world, told):
    for meeting in (draft(world), world.meeting):
        actions.cancel_meeting(meeting=meeting, reason="Tempête", **who(world))
    assert told == []


def test_a_cancelled_meeting_is_restored_before_it_changes(world):
    meeting = announced(world)
    actions.cancel_meeting(meeting=meeting, reason="Tempête", **who(world))
    for act, typed in (
        (actions.edit_meeting, {"title": "Autre"}),
        (actions.move_meeting, {"day": SOON + timedelta(days=1), **MORNING, "reason": "x"}),
        (actions.announce_meeting, {}),
        (actions.write_agenda, {"points": [], "seen": ""}),
    ):
        with pytest.raises(refusals.CancelledStays, match="Rétablissez-la"):
            act(meeting=meeting, **typed, **who(world))


# A series


@pytest.mark.parametrize(
    ("every", "until", "expected"),
    [
        ("weekly", date(2025, 3, 18), ["03-04", "03-11", "03-18"]),
        ("biweekly", date(2025, 4, 2), ["03-04", "03-18", "04-01"]),
        ("monthly", date(2025, 6, 30), ["03-04", "04-01", "05-06", "06-03"]),
        ("weekly", date(2025, 3, 1), ["03-04"]),
    ],
)
def test_a_series_repeats_until_its_last_day(every, until, expected):
    assert [f"{day:%m-%d}" for day in days_of(SOON, until, every)] == expected


def test_a_fifth_thursday_becomes_the_last_one_of_months_that_have_four():
    days = days_of(date(2025, 1, 30), date(2025, 5, 31), "monthly")
    assert [f"{day:%m-%d}" for day in days] == ["01-30", "02-27", "03-27", "04-24", "05-29"]


def test_a_series_crosses_the_new_year():
    assert days_of(date(2024, 11, 12), date(2025, 2, 28), "monthly")[-1] == date(2025, 2, 11)


def test_a_series_is_planned_whole_or_not_at_all(world):
    draft(world, SOON + timedelta(weeks=2))
    with pytest.raises(refusals.AlreadyPlanned, match="18 mars 2025"):
        weekly(world)
    assert Meeting.objects.filter(date__gte=SOON).count() == 1
    with pytest.raises(refusals.OutsideYear):
        series(world, SOON, date(2025, 9, 2))
    with pytest.raises(refusals.SeriesTooLong):
        series(world, *(SOON + timedelta(days=number) for number in range(61)))
    assert Meeting.objects.filter(date__gte=SOON).count() == 1


def test_one_of_a_series_changes_alone_or_with_those_that_follow(world):
    first, second, third, fourth = weekly(world)
    actions.edit_meeting(meeting=second, place="Granby", **who(world))
    assert places(first, second, third, fourth) == ["", "Granby", "", ""]
    actions.edit_meeting(meeting=third, place="Longueuil", following=True, **who(world))
    assert places(first, second, third, fourth) == ["", "Granby", "Longueuil", "Longueuil"]


def places(*meetings):
    return [Meeting.objects.get(pk=meeting.pk).place for meeting in meetings]


def test_those_that_follow_move_by_as_many_days_even_onto_each_other(world):
    first, *rest = weekly(world)
    actions.move_meeting(meeting=rest[0], day=rest[1].date, **MORNING, following=True, **who(world))
    days = Meeting.objects.filter(series__isnull=False).order_by("pk").values_list("date", flat=True)
    assert list(days) == [first.date, *(meeting.date + timedelta(weeks=1) for meeting in rest)]


def test_those_that_follow_are_announced_and_cancelled_together_but_not_the_past_nor_what_is_cancelled(world, told):
    meetings = weekly(world)
    actions.cancel_meeting(meeting=meetings[2], reason="Congé", **who(world))
    actions.announce_meeting(meeting=meetings[1], following=True, **who(world))
    assert [pk for _what, pk, _sequence in told] == [meetings[1].pk, meetings[3].pk]
    actions.cancel_meeting(meeting=meetings[1], reason="Fin du projet", following=True, **who(world))
    assert [what for what, *_ in told[2:]] == ["cancelled", "cancelled"]
    assert not Meeting.objects.get(pk=meetings[0].pk).is_cancelled


# Hours that do not exist


def test_a_meeting_past_midnight_is_refused_with_what_to_do(world):
    with pytest.raises(refusals.PastMidnight, match="ajoutez-en une le lendemain"):
        actions.plan_meeting(
            group=world.group, day=SOON, starts_at=time(22), ends_at=time(0, 30), **DETAILS, **who(world)
        )


def test_an_hour_the_clock_skips_is_refused_and_one_it_says_twice_is_not(world):
    night = {"starts_at": time(1, 30), "ends_at": time(2, 30)}
    with pytest.raises(refusals.NoSuchHour, match="l’horloge avance"):
        actions.plan_meeting(group=world.group, day=date(2025, 3, 9), **night, **DETAILS, **who(world))
    actions.plan_meeting(group=world.group, day=date(2024, 11, 3), **night, **DETAILS, **who(world))


def test_a_meeting_lasts_what_a_watch_says_the_nights_the_clock_changes():
    hours = {"starts_at": time(0, 30), "ends_at": time(4)}
    assert Meeting(date=date(2025, 3, 8), **hours).minutes == 210
    assert Meeting(date=date(2025, 3, 9), **hours).minutes == 150
    assert Meeting(date=date(2024, 11, 3), **hours).minutes == 270


# The agenda


def written(meeting):
    return [(item.title, item.owner, item.minutes) for item in meeting.agenda.order_by("position")]


def write(world, meeting, *points):
    seen = actions.state_of(list(meeting.agenda.order_by("position")))
    actions.write_agenda(meeting=meeting, points=points, seen=seen, **who(world))


def test_the_agenda_keeps_its_order_and_its_rows_when_it_is_rewritten(world):
    meeting = draft(world)
    write(world, meeting, Point("Accueil", minutes=10), Point("Bilan", world.alice, 60))
    welcome, review = meeting.agenda.order_by("position")
    write(world, meeting, Point("Bilan", world.alice, 45, review.pk), Point("Suites"), Point("Mot", item=welcome.pk))
    assert written(meeting) == [("Bilan", world.alice, 45), ("Suites", None, None), ("Mot", None, None)]
    assert meeting.agenda.get(position=1).pk == review.pk


def test_two_people_who_write_the_agenda_at_once_are_told(world):
    meeting = draft(world)
    write(world, meeting, Point("Accueil"))
    with pytest.raises(refusals.AgendaChanged, match="Rien n’a été remplacé"):
        actions.write_agenda(meeting=meeting, points=[Point("Autre")], seen=actions.state_of([]), **who(world))
    assert written(meeting) == [("Accueil", None, None)]


def test_a_new_meeting_starts_from_the_agenda_the_group_keeps(world):
    meeting = draft(world)
    with pytest.raises(refusals.NoAgenda):
        actions.save_agenda_template(meeting=meeting, **who(world))
    write(world, meeting, Point("Accueil", world.alice, 10), Point("Tour de table"))
    actions.save_agenda_template(meeting=meeting, **who(world))
    assert written(draft(world, SOON + timedelta(days=1))) == [("Accueil", None, 10), ("Tour de table", None, None)]
    write(world, meeting, Point("Seul"))
    actions.save_agenda_template(meeting=meeting, **who(world))
    assert written(draft(world, SOON + timedelta(days=2))) == [("Seul", None, None)]
    assert AgendaTemplate.objects.count() == 1


def test_a_validated_meeting_moves_with_its_validation(world):
    actions.mark_everyone_present(meeting=world.meeting, **who(world))
    actions.validate_meeting(meeting=world.meeting, **who(world))
    actions.move_meeting(meeting=world.meeting, day=date(2025, 1, 13), **MORNING, reason="Mauvaise date", **who(world))
    assert Validation.objects.filter(meeting=world.meeting).exists()
