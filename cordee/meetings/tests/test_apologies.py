"""Who said they would not come is excused, in their own words, until they are seen to come."""

import pytest
from django.urls import reverse

from cordee.meetings import actions
from cordee.meetings.actions import Mark
from cordee.meetings.models import Answer, Attendance
from cordee.meetings.models.gathering import gathering_of
from cordee.meetings.tests import factory
from cordee.toolkit import clock

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
WORD = "Je suis en congé."


@pytest.fixture
def paule(world, today):
    """She said no, and why; the second maybe; the third no, without a word."""
    said(world, world.participants[0], "no", WORD)
    said(world, world.participants[1], "maybe", "Si la neige le permet")
    said(world, world.participants[2], "no")
    return world.participants[0]


def said(world, person, reply, word="", day=None):
    fields = {"reply": reply, "word": word, "day": day or world.meeting.date, "answered_at": clock.now()}
    Answer.objects.create(meeting=world.meeting, person=person, **fields)


def mark(world, person, portion, version=0, reason=""):
    mark = Mark(person.pk, portion, version, reason)
    return actions.mark_attendance(meeting=world.meeting, mark=mark, by=world.alice, on=factory.TODAY)


def reasons():
    return dict(Attendance.objects.order_by("pk").values_list("person", "reason"))


def there(world):
    return gathering_of(world.meeting, world.alice, on=factory.TODAY)


def test_the_roster_shows_the_word_beside_the_answer(world, paule, sign_in):
    page = sign_in(world.alice).get(reverse("meetings:roster", args=[world.meeting.pk])).content.decode()
    assert f"a répondu non «\u00a0{WORD}\u00a0»" in page
    assert "a répondu peut-être «\u00a0Si la neige le permet\u00a0»" in page


def test_an_absence_takes_the_reason_given_in_declining(world, paule):
    for person in world.participants:
        mark(world, person, "none")
    assert list(reasons().values()) == [WORD, "", ""], "who said maybe gave no reason for not being there"


def test_everyone_present_leaves_who_answered_no_to_be_marked_by_hand(world, paule, sign_in):
    client, url = sign_in(world.alice), reverse("meetings:everyone", args=[world.meeting.pk])
    page = client.post(url, follow=True).content.decode()
    marked = set(Attendance.objects.exclude(portion="").values_list("person", flat=True))
    assert marked.isdisjoint({paule.pk, world.participants[2].pk}) and world.participants[1].pk in marked
    assert "2 personnes ont répondu non et restent à saisir." in page
    assert "déjà saisi" not in client.post(url, follow=True).content.decode(), "two are still to be marked"


def test_another_reason_is_kept_as_typed_and_one_taken_away_stays_away(world, paule):
    mark(world, paule, "none", reason="Maladie")
    assert reasons()[paule.pk] == "Maladie"
    mark(world, paule, "none", 1)
    assert reasons()[paule.pk] == ""


def test_who_came_after_all_leaves_no_apology(world, paule):
    mark(world, paule, "none")
    mark(world, paule, "day", 1)
    assert reasons()[paule.pk] == ""
    mark(world, paule, "none", 2)
    assert reasons()[paule.pk] == WORD


def test_the_line_answers_with_the_reason_in_its_field(world, paule, sign_in):
    url = reverse("meetings:mark", args=[world.meeting.pk, paule.pk])
    typed = {f"portion-{paule.pk}": "none", f"version-{paule.pk}": 0, "since": 0}
    answer = sign_in(world.alice).post(url, typed, headers=HTMX).content.decode()
    assert f'value="{WORD}"' in answer


def test_those_marked_absent_at_the_validation_keep_their_own_words(world, paule, sign_in):
    client = sign_in(world.alice)
    url = reverse("meetings:validation", args=[world.meeting.pk])
    assert f"a répondu non «\u00a0{WORD}\u00a0»" in client.get(url).content.decode()
    client.post(url, {"rest": "absent"})
    assert reasons()[paule.pk] == WORD


def test_what_was_said_for_another_day_excuses_nobody(world, today):
    person = world.participants[0]
    said(world, person, "no", WORD, day=factory.TODAY)
    mark(world, person, "none")
    assert reasons()[person.pk] == ""


def test_the_minutes_name_them_announced_then_excused_and_never_say_why(world, paule, sign_in):
    names = [person.full_name for person in world.participants]
    assert (there(world).declined, there(world).excused) == ([names[0], names[2]], [])
    page = sign_in(world.alice).get(reverse("meetings:minutes", args=[world.meeting.pk])).content.decode()
    assert "Absences annoncées" in page
    for person in (world.alice, *world.participants):
        mark(world, person, "none")
    seen = there(world)
    assert (seen.declined, seen.excused, seen.absent) == ([], [names[0], names[2]], [names[1], world.alice.full_name])
    page = sign_in(world.participants[1]).get(reverse("meetings:minutes", args=[world.meeting.pk])).content.decode()
    assert "Absences motivées" in page and WORD not in page
