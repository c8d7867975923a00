"""A plan is read, confirmed, carried out once whatever happens; who is held or takes part again stays."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from cordee.meetings.models import Answer, Attendance, AttendanceChange, MinutesCorrection, MinutesSection
from cordee.meetings.tests import factory
from cordee.people.actions.merging import merge_persons
from cordee.people.actions.persons import correct_person
from cordee.people.actions.retiring import AlreadyRetired
from cordee.people.models import Affiliation, DigestItem, Person, User
from cordee.privacy.actions import carrying_out, holds, retention
from cordee.privacy.actions.carrying_out import advance, carry_out_retention
from cordee.privacy.models import RetentionRun, RunState
from cordee.privacy.tasks import keep_nothing_longer
from cordee.privacy.tests.leaving import in_minutes, leave, places_of
from cordee.records.models import JournalEntry, Redaction
from cordee.toolkit.refusals import Forbidden
from cordee.toolkit.testing.worlds import kept

THEN, TODAY = datetime(2025, 3, 3, 15, tzinfo=UTC), date(2033, 1, 15)


@kept(clock=TODAY)
def world():
    """Paule00 to Paule02 left in 2025; everyone else is still there, in 2033."""
    made = factory.world()
    leave(*made.participants)
    return made


@pytest.fixture
def who(world):
    return {"by": world.secretary, "on": TODAY}


@pytest.fixture
def confirmed(who):
    def make():
        run = retention.prepare(**who)
        retention.confirm(run=run, typed=f" {run.reference.lower()} ", **who)
        run.refresh_from_db()
        return run

    return make


def outcomes(run):
    planned = run.people.order_by("person_id")
    return {one.person_id: "done" if one.done_at else one.left_out for one in planned}


def test_a_plan_lists_what_is_due_and_nothing_goes(world, who):
    run = retention.prepare(**who)
    assert run.state is RunState.PREPARED
    assert outcomes(run) == {person.pk: "" for person in world.participants}
    assert Person.objects.filter(retired_as=None).count() == Person.objects.count()
    advance(run)
    assert User.objects.filter(person=world.participants[0]).exists()


def test_one_plan_at_a_time(who):
    run = retention.prepare(**who)
    with pytest.raises(retention.PlanWaits):
        retention.prepare(**who)
    retention.abandon(run=run, **who)
    assert retention.prepare(**who).pk != run.pk


def test_nothing_due_is_said(world, who):
    Affiliation.objects.filter(person__in=world.participants).update(ends_on=None)
    with pytest.raises(retention.NothingDue):
        retention.prepare(**who)


@pytest.mark.parametrize("someone", ["alice", "bob", "officer"])
def test_only_who_keeps_it_prepares_confirms_and_holds(world, who, someone):
    run = retention.prepare(**who)
    other = {"by": getattr(world, someone), "on": TODAY}
    for act in (
        lambda: retention.prepare(**other),
        lambda: retention.confirm(run=run, typed=run.reference, **other),
        lambda: retention.abandon(run=run, **other),
        lambda: holds.hold(person=world.participants[0], why="other", note="", **other),
    ):
        with pytest.raises(Forbidden):
            act()


def test_confirming_wants_the_number_copied(who):
    run = retention.prepare(**who)
    with pytest.raises(retention.WrongReference, match=run.reference):
        retention.confirm(run=run, typed="C-9999", **who)
    assert not DBTaskResult.objects.exists()


def test_what_is_decided_is_not_decided_again(who, confirmed):
    run = confirmed()
    for act in (
        lambda: retention.confirm(run=run, typed=run.reference, **who),
        lambda: retention.abandon(run=run, **who),
    ):
        with pytest.raises(retention.PlanDecided):
            act()
    assert DBTaskResult.objects.filter(task_path=carry_out_retention.module_path).count() == 1


def test_a_plan_read_long_ago_is_prepared_anew(who):
    run = retention.prepare(**who)
    with pytest.raises(retention.PlanTooOld):
        retention.confirm(run=run, typed=run.reference, by=who["by"], on=TODAY + timedelta(days=31))


def test_who_is_held_is_not_even_planned(world, who):
    kept = world.participants[0]
    hold = holds.hold(person=kept, why="litigation", note="Dossier 12", **who)
    run = retention.prepare(**who)
    assert kept.pk not in outcomes(run)
    retention.abandon(run=run, **who)
    holds.lift(hold=hold, **who)
    holds.lift(hold=hold, **who)
    assert kept.pk in outcomes(retention.prepare(**who))
    assert JournalEntry.objects.filter(act="retention.lifted").count() == 1


def test_holding_twice_is_refused(world, who):
    holds.hold(person=world.participants[0], why="other", note="", **who)
    with pytest.raises(holds.AlreadyHeld):
        holds.hold(person=world.participants[0], why="archives", note="", **who)


def test_who_is_held_or_takes_part_again_after_the_plan_is_left_out(world, who, confirmed):
    held, back, gone = world.participants
    run = confirmed()
    holds.hold(person=held, why="request", note="", **who)
    Affiliation.objects.create(
        person=back, organization=factory.organization(), category="teacher", starts_on=date(2032, 7, 1)
    )
    assert advance(run)
    found = outcomes(run)
    assert found[gone.pk] == "done"
    assert found[held.pk].startswith("Une demande d’accès")
    assert found[back.pk].startswith("Participe de nouveau")
    assert set(Person.objects.exclude(retired_as=None)) == {gone}
    assert User.objects.filter(person__in=[held, back]).count() == 2


def test_a_run_that_is_killed_goes_on_where_it_stood(world, confirmed, monkeypatch):
    monkeypatch.setattr(carrying_out, "PEOPLE_AT_ONCE", 1)
    run, retire, calls = confirmed(), carrying_out.retire_person, []

    def killed_at_the_second(**given):
        calls.append(given["person"].pk)
        number = retire(**given)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return number

    monkeypatch.setattr(carrying_out, "retire_person", killed_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        advance(run)
    assert Person.objects.exclude(retired_as=None).count() == 1
    assert sorted(outcomes(run).values()) == ["", "", "done"]
    assert not Redaction.objects.exists()
    assert advance(run)
    assert sorted(Person.objects.exclude(retired_as=None).values_list("retired_as", flat=True)) == [1, 2, 3]
    assert JournalEntry.objects.filter(act="person.retired").count() == 3
    run.refresh_from_db()
    assert (run.counts["people"], run.holds, run.is_open) == (3, True, False)


def test_a_run_that_is_started_twice_does_nothing_twice(confirmed):
    run = confirmed()
    carry_out_retention.func(run.pk)
    run.refresh_from_db()
    before = (run.counts, run.finished_at, JournalEntry.objects.count())
    carry_out_retention.func(run.pk)
    run.refresh_from_db()
    assert (run.counts, run.finished_at, JournalEntry.objects.count()) == before


def test_a_long_run_lets_the_worker_turn_to_others(confirmed, monkeypatch):
    monkeypatch.setattr(carrying_out, "SECONDS", -1.0)
    run = confirmed()
    DBTaskResult.objects.all().delete()
    carry_out_retention.func(run.pk)
    assert DBTaskResult.objects.filter(task_path=carry_out_retention.module_path).count() == 1
    run.refresh_from_db()
    assert run.finished_at is None


def test_who_was_made_anonymous_has_no_way_in_and_no_way_back(world, who, confirmed, client):
    paule = world.participants[0]
    client.force_login(paule.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/mes-renseignements/").status_code == 200
    leave(paule)
    assert advance(confirmed())
    assert client.get("/mes-renseignements/").status_code == 302
    paule = Person.objects.get(pk=paule.pk)
    fields = {"first_name": "Paule", "last_name": "Piolet", "email": "", "language": ""}
    with pytest.raises(AlreadyRetired):
        correct_person(person=paule, **fields, **who)
    with pytest.raises(AlreadyRetired):
        merge_persons(kept=world.charlie, absorbed=paule, **who)
    with pytest.raises(AlreadyRetired):
        holds.hold(person=paule, why="other", note="", **who)
    with pytest.raises(IntegrityError, match="person_retired_is_nobody"), transaction.atomic():
        Person.objects.filter(pk=paule.pk).update(email="paule@exemple.test")


def test_a_name_that_someone_else_bears_stays_where_it_is_written(world, confirmed):
    gone = world.participants[0]
    Person.objects.create(first_name=gone.first_name, last_name=gone.last_name)
    in_minutes(world.meeting, f"{gone.full_name} ({gone.email}) présente.", by=world.alice, at=THEN)
    assert advance(confirmed())
    text = MinutesSection.objects.get().text
    assert text.startswith("Paule00 Piolet (Personne retirée 000")
    assert gone.email not in text


def test_approved_minutes_lose_a_name_and_nothing_else(world, confirmed):
    gone = world.participants[0]
    in_minutes(world.meeting, f"Mené par PIOLET, {gone.first_name}, puis clos.", by=world.alice, at=THEN)
    before = MinutesSection.objects.values().get()
    with pytest.raises(IntegrityError, match="meeting_minutes_approved"), transaction.atomic():
        MinutesSection.objects.update(text="Autre chose")
    assert advance(confirmed())
    after = MinutesSection.objects.values().get()
    number = Person.objects.get(pk=gone.pk).retired_as
    assert after.pop("text") == f"Mené par Personne retirée {number:04d}, puis clos."
    before.pop("text")
    assert after == before
    assert "Personne retirée" in MinutesCorrection.objects.get().text
    assert not Redaction.objects.exists()
    for change in ({"text": "Autre chose"}, {"version": 9}):
        with pytest.raises(IntegrityError, match="meeting_minutes_approved"), transaction.atomic():
            MinutesSection.objects.update(**change)
    with pytest.raises(IntegrityError, match="meeting_minutes_approved"), transaction.atomic():
        Redaction.objects.create(opened_at=THEN)
        MinutesSection.objects.update(version=9)


def test_the_reason_of_a_mark_is_emptied_and_its_history_stays(world, confirmed):
    gone = world.participants[0]
    facts = {"reason": "Maladie", "source": "roster"}
    mark = Attendance.objects.create(
        meeting=world.meeting, person=gone, portion="none", marked_by=world.alice, marked_at=THEN, **facts
    )
    AttendanceChange.objects.create(
        attendance=mark, before="", after="none", changed_by=world.alice, changed_at=THEN, **facts
    )
    Answer.objects.create(
        meeting=world.meeting, person=gone, reply="no", word="Maladie", day=world.meeting.date, answered_at=THEN
    )
    with pytest.raises(IntegrityError, match="attendance_change_append_only"), transaction.atomic():
        AttendanceChange.objects.update(after="day", reason="")
    assert advance(confirmed())
    assert places_of("Maladie") == set()
    assert (AttendanceChange.objects.get().after, Attendance.objects.get(pk=mark.pk).portion) == ("none", "none")
    assert not Answer.objects.exists()


def test_money_that_changed_is_said(confirmed):
    run = confirmed()
    RetentionRun.objects.filter(pk=run.pk).update(before={"999": [1, 28000]})
    assert advance(run)
    run.refresh_from_db()
    assert (run.after, run.holds) == ({}, False)


def test_each_night_what_needs_no_judgement_goes(world):
    alice = world.alice
    for key, at in (("old", THEN), ("new", timezone.now())):
        DigestItem.objects.create(person=alice, kind="claim", key=key, subject="x", text="x", created_at=at)
    over, alive = (timezone.now() + timedelta(hours=hours) for hours in (-1, 1))
    for key, until in (("over", over), ("alive", alive)):
        Session.objects.create(session_key=key, session_data="x", expire_date=until)
    keep_nothing_longer.func()
    assert [session.session_key for session in Session.objects.order_by("pk")] == ["alive"]
    assert not DigestItem.objects.filter(key="old").exists()
    keep_nothing_longer.func()


def test_nothing_of_who_is_held_goes_at_night(world, who):
    DigestItem.objects.create(person=world.alice, kind="claim", key="old", subject="x", text="x", created_at=THEN)
    hold = holds.hold(person=world.alice, why="request", note="", **who)
    keep_nothing_longer.func()
    assert DigestItem.objects.exists()
    holds.lift(hold=hold, **who)
    keep_nothing_longer.func()
    assert not DigestItem.objects.exists()
