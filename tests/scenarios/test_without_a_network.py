"""Une rencontre sans réseau: what the server is told afterwards by a telephone that was in the basement of a school.

The telephone itself, its page and its queue, are seen in a real browser (`tests/browser/test_offline.py`). Here is what
arrives: acts with their identifiers, late, twice, in order, and one that crosses what someone else had marked.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from uuid import UUID, uuid4

import pytest

from cordee.meetings.models import Attendance, AttendanceChange, Meeting, Source
from cordee.meetings.tests import factory
from cordee.people.models import Person
from cordee.toolkit import clock
from tests.scenarios.cast import Cast, Visitor, signed_in

DAY = date(2025, 2, 4)


def at(hour: str) -> datetime:
    return clock.at(DAY, time.fromisoformat(hour))


@dataclass(frozen=True)
class Made:
    """One mark, as the telephone keeps it until it is answered."""

    person: Person
    portion: str
    reason: str
    at: datetime
    act: UUID
    after: str


@dataclass
class Telephone:
    """The roster was opened on it at nine, when nobody was marked: every line was at its version 0."""

    owner: Person
    meeting: Meeting
    kept: list[Made] = field(default_factory=list)

    def marks(self, person: Person, portion: str, hour: str, reason: str = "") -> None:
        before = [made for made in self.kept if made.person == person]
        after = str(before[-1].act) if before else ""
        self.kept.append(Made(person, portion, reason, at(hour), uuid4(), after))

    def sends(self, made: Made, *, by: Visitor, hour: str) -> Visitor:
        """What its queue posts, whoever is signed in on it by then."""
        with clock.standing_at(at(hour)):
            key, age = made.person.pk, (at(hour) - made.at).seconds
            typed = {f"portion-{key}": made.portion, f"reason-{key}": made.reason, f"version-{key}": 0, "since": 0}
            kept = {"act": made.act, "after": made.after, "age": age, "owner": self.owner.pk}
            return by.taps("meetings:mark", self.meeting, made.person, **typed, **kept)

    def sends_all(self, *, by: Visitor, hour: str) -> dict[str, int]:
        """The status of the last answer about each, by first name."""
        return {made.person.first_name: self.sends(made, by=by, hour=hour).status for made in self.kept}


@pytest.fixture
def meeting(people: Cast, comes) -> Meeting:
    comes(str(DAY))
    return factory.meeting(people.group, DAY)


@pytest.fixture
def telephone(people: Cast, meeting: Meeting) -> Telephone:
    """What Ariane taps in the basement between nine and noon: Clara twice, Dorian with his reason."""
    made = Telephone(people.ariane, meeting)
    made.marks(people.basile, "day", "09:05")
    made.marks(people.clara, "day", "09:06")
    made.marks(people.dorian, "none", "09:08")
    made.marks(people.dorian, "none", "09:09", "Maladie")
    made.marks(people.clara, "half", "11:58")
    return made


def history() -> list[tuple[str, str, str]]:
    changes = AttendanceChange.objects.order_by("pk")
    return list(changes.values_list("attendance__person__first_name", "after", "reason"))


EVERYTHING = [
    ("Basile", "day", ""),
    ("Clara", "day", ""),
    ("Dorian", "none", ""),
    ("Dorian", "none", "Maladie"),
    ("Clara", "half", ""),
]


def test_what_was_marked_in_the_basement_arrives_in_the_afternoon_in_order_and_once(people, meeting, telephone):
    ariane = signed_in(people.ariane)
    telephone.sends(telephone.kept[0], by=ariane, hour="15:40")  # the network went again before its answer came
    assert telephone.sends_all(by=ariane, hour="15:45") == {"Basile": 200, "Clara": 200, "Dorian": 200}
    assert telephone.sends_all(by=ariane, hour="15:46") == {"Basile": 200, "Clara": 200, "Dorian": 200}
    assert history() == EVERYTHING
    ariane.opens("meetings:roster", meeting).reads("2 présences", "1 absence, 2 à saisir")
    page = ariane.opens("meetings:history", meeting, people.clara)
    page.reads("Journée → Demi-journée (Feuille de présences, indiqué hors ligne le 4 février 2025 à 11 h 58)")


def test_what_the_secretary_marked_meanwhile_stands_and_ariane_chooses(people, meeting, telephone):
    solange, ariane = signed_in(people.solange), signed_in(people.ariane)
    with clock.standing_at(at("10:30")):
        key = people.basile.pk
        typed = {f"portion-{key}": "half", f"version-{key}": 0, "since": 0}
        assert solange.taps("meetings:mark", meeting, people.basile, **typed).status == 200
    assert telephone.sends_all(by=ariane, hour="15:45") == {"Basile": 409, "Clara": 200, "Dorian": 200}
    telephone.sends(telephone.kept[0], by=ariane, hour="15:46")
    ariane.reads("« Demi-journée » a été inscrit par Solange Moraine à 10 h 30 pendant que vous indiquiez « Journée »")
    ariane.reads("Garder « Demi-journée »", "Inscrire « Journée »")
    assert history() == [("Basile", "half", ""), *EVERYTHING[1:]], "nothing of hers was overwritten"
    mine = {f"mine-portion-{key}": "day", f"mine-reason-{key}": "", f"version-{key}": 1, "mine": key, "since": 0}
    assert ariane.taps("meetings:mark", meeting, people.basile, **mine).status == 200
    assert history()[-1] == ("Basile", "day", "")


def test_once_validated_nothing_slips_in_and_what_had_arrived_is_no_refusal(people, meeting, telephone):
    ariane = signed_in(people.ariane)
    for made in telephone.kept[:4]:
        telephone.sends(made, by=ariane, hour="15:45")
    signed_in(people.solange).sends("meetings:validation", meeting, rest="absent").reads("validées")
    answers = telephone.sends_all(by=ariane, hour="16:00")
    assert answers == {"Basile": 200, "Dorian": 200, "Clara": 409}
    telephone.sends(telephone.kept[4], by=ariane, hour="16:01").reads("Corrigez-les avec un motif.")
    typed = {"portion": "half", "reason": "Marquée sans réseau", "version": 1}
    ariane.opens("meetings:correction", meeting, people.clara, portion="half").reads("Demi-journée")
    ariane.sends("meetings:correction", meeting, people.clara, **typed).reads("Présence de Clara Moraine corrigée.")
    clara = Attendance.objects.get(person=people.clara)
    assert (clara.portion, clara.source) == ("half", Source.CORRECTION)


def test_a_meeting_cancelled_meanwhile_says_so_and_takes_them_all_once_it_is_back(people, meeting, telephone):
    solange, ariane = signed_in(people.solange), signed_in(people.ariane)
    solange.sends("meetings:cancellation", meeting, reason="Panne de chauffage")
    assert set(telephone.sends_all(by=ariane, hour="15:45").values()) == {409}
    ariane.reads("annulée")
    assert history() == []
    solange.sends("meetings:restoration", meeting)
    assert set(telephone.sends_all(by=ariane, hour="15:50").values()) == {200}
    assert history() == EVERYTHING


@pytest.mark.parametrize("since", ["solange", "stranger"])
def test_a_telephone_that_changed_hands_sends_nothing_under_another_name_and_keeps_it_all(
    people, meeting, telephone, since
):
    other = people.solange if since == "solange" else factory.person("Zoé", "Ailleurs")
    answers = telephone.sends_all(by=signed_in(other), hour="15:45")
    assert set(answers.values()) == {403}, "« not found » would make the telephone forget them"
    assert history() == []
    assert set(telephone.sends_all(by=signed_in(people.ariane), hour="17:00").values()) == {200}
    assert history() == EVERYTHING
    assert set(Attendance.objects.values_list("marked_by", flat=True)) == {people.ariane.pk}
