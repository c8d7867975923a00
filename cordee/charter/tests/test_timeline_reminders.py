"""Being told before, on and after the day, each once; and telling all who are late by one button."""

from datetime import date, timedelta

import pytest
from django.test import override_settings

from cordee.charter.actions.reminding import Told, nudge
from cordee.charter.actions.ticks import tick
from cordee.charter.models import Nudge, NudgedPerson
from cordee.charter.models.dated import tasks_about
from cordee.charter.tasks import remind_of_timeline
from cordee.charter.tests.dated_world import FORECAST, JANUARY, PLANNING, World
from cordee.people.models import DigestItem, MailChoice
from cordee.records import journal
from cordee.records.models import Message
from cordee.toolkit.access import Forbidden
from cordee.toolkit.testing.worlds import kept
from cordee.treasury.tests.desks import someone
from cordee.treasury.tests.year_sample import SHERBROOKE

pytestmark = pytest.mark.django_db
LAST = date(2024, 9, 30)
DAY = timedelta(days=1)


world = kept(World)


def told(on):
    """Whom that day writes to, and the subjects."""
    before = set(Message.objects.values_list("pk", flat=True))
    with override_settings(CLOCK=on):
        remind_of_timeline.call()
    new = Message.objects.exclude(pk__in=before).order_by("address", "subject")
    return [(message.address.partition("@")[0], message.subject) for message in new]


def pressed(world, on=JANUARY, by=None):
    return nudge(tasks=tasks_about(on), by=by or world.coordinator, on=on)


class TestEachMorning:
    @pytest.mark.parametrize(
        ("on", "opening"), [(LAST - 7 * DAY, "Bientôt"), (LAST, "Aujourd’hui"), (LAST + DAY, "En retard")]
    )
    def test_who_answers_for_a_row_is_told_a_week_before_on_the_day_and_after(self, world, on, opening):
        assert told(on) == [
            ("odile", f"{opening} : Dépenses prévisionnelles, 862000"),
            ("oscar", f"{opening} : Dépenses prévisionnelles, 752000"),
            ("tristan", f"{opening} : Planification annuelle à la TDG"),
        ]

    def test_each_is_told_once_and_a_day_without_a_worker_is_caught_up(self, world):
        assert told(LAST - 8 * DAY) == []
        assert len(told(LAST - 5 * DAY)) == 3
        assert told(LAST - 5 * DAY) == told(LAST - 4 * DAY) == []
        assert len(told(LAST)) == 3

    def test_what_is_done_is_told_no_more_and_what_waited_never_leaves(self, world):
        told(LAST - 7 * DAY)
        tick(task=world.task(PLANNING, on=LAST), done_on=LAST, note="Présentée.", by=world.treasurer, on=LAST)
        assert not Message.objects.filter(person_id=world.treasurer.pk).exists()
        assert [name for name, _subject in told(LAST)] == ["odile", "oscar"]

    def test_whoever_takes_the_role_over_is_told_in_their_turn(self, world):
        told(LAST - 7 * DAY)
        world.succeed(world.oscar, someone("Ophélie"), LAST - 3 * DAY)
        assert [name for name, _subject in told(LAST - 3 * DAY)] == ["ophélie"]

    def test_a_weekly_digest_tells_before_and_after_not_on_the_day(self, world):
        MailChoice.objects.create(person=world.treasurer, kind="timeline", pace="weekly")
        for on in (LAST - 7 * DAY, LAST, LAST + DAY):
            told(on)
        subjects = DigestItem.objects.order_by("pk").values_list("subject", flat=True)
        assert [subject.partition("\u00a0")[0] for subject in subjects] == ["Bientôt", "En retard"]

    def test_it_is_written_in_the_language_of_who_reads(self, world):
        world.treasurer.language = "en"
        world.treasurer.save(update_fields=["language"])
        assert ("tristan", "Soon: Yearly planning to the TDG") in told(LAST - 7 * DAY)


class TestOneButtonForAll:
    def test_it_says_how_many_were_told_and_tells_nobody_twice_a_day(self, world):
        assert pressed(world) == Told(told=3, already=0, unreachable=0)
        assert pressed(world) == Told(told=0, already=3, unreachable=0)
        assert Message.objects.count() == NudgedPerson.objects.count() == 3
        assert pressed(world, on=JANUARY + DAY).told == 3

    def test_one_letter_holds_all_one_is_late_with(self, world):
        pressed(world)
        letter = Message.objects.get(person_id=world.treasurer.pk)
        assert letter.subject == "2 échéances en retard"
        assert "Planification annuelle à la TDG" in letter.text and "Cotisations mises à jour" in letter.text

    def test_who_wants_no_such_e_mail_or_has_no_address_is_counted_apart(self, world):
        MailChoice.objects.create(person=world.oscar, kind="timeline", pace="never")
        world.odile.email = None
        world.odile.save(update_fields=["email"])
        assert pressed(world) == Told(told=1, already=0, unreachable=2)

    def test_whoever_is_late_since_is_told_the_same_day(self, world):
        tick(task=world.task(FORECAST, SHERBROOKE), done_on=LAST, note="Remis.", by=world.oscar, on=JANUARY)
        assert pressed(world).told == 2
        world.succeed(world.odile, someone("Ophélie"), JANUARY)
        assert pressed(world) == Told(told=1, already=1, unreachable=0)

    def test_the_journal_keeps_who_pressed_it_and_a_press_that_tells_nobody_leaves_nothing(self, world):
        pressed(world)
        pressed(world)
        (kept,) = Nudge.objects.order_by("pk")
        assert [entry.act for entry in journal.history(kept)] == ["timeline.nudged"]

    def test_it_is_for_who_oversees(self, world):
        with pytest.raises(Forbidden):
            pressed(world, by=world.oscar)
