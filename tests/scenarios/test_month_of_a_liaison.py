"""Le mois d'une liaison: a series planned, announced, attended in three ways, minuted, approved and followed up."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time

from cordee.meetings.models import Answer, Attendance, Meeting, MinutesState, minutes_state
from cordee.meetings.tasks import remind
from cordee.meetings.tests.invitations import calendar_of, event_of
from cordee.meetings.tests.room import Room
from cordee.meetings.tests.teams_files import DIALECTS, Connection, report_file
from cordee.people.models import Person
from cordee.records import journal
from cordee.records.models import Message
from tests.scenarios.cast import Cast, Post, Visitor, answer_link, day, signed_in, words_of

SERIES = ("2025-02-04", "2025-02-15", "2025-02-25", "2025-03-11")
WORD = "Ma classe présente son projet ce jour-là."
REPORT = "Rapport de présence.csv"


@dataclass
class Month:
    people: Cast
    post: Post
    comes: Callable[[str], None]

    def __post_init__(self) -> None:
        self.ariane = signed_in(self.people.ariane)
        self.links: dict[str, str] = {}
        self.uids: dict[int, str] = {}

    @property
    def meetings(self) -> list[Meeting]:
        related = ("group", "minutes_approval", "minutes_lock")
        return list(Meeting.objects.select_related(*related).order_by("pk"))

    @property
    def first(self) -> Meeting:
        return self.meetings[0]

    def home_of(self, person: Person) -> Visitor:
        return signed_in(person).follows("/")


def test_the_month_of_a_liaison(people, post, comes):
    month = Month(people, post, comes)
    she_plans_four_meetings_and_plans_them_in_spite_of_a_saturday(month)
    she_writes_what_the_first_is_about(month)
    she_announces_them_and_every_calendar_has_them(month)
    three_answer_without_an_account_and_a_scanner_answers_nothing(month)
    the_saturday_moves_and_calendars_follow(month)
    the_last_is_cancelled_and_leaves_the_calendars(month)
    a_week_and_a_day_before_those_who_come_are_reminded(month)
    in_the_room_they_say_themselves_that_they_are_there(month)
    the_report_of_teams_says_who_was_connected(month)
    she_marks_the_others_and_nobody_retypes_an_apology(month)
    the_day_after_she_is_asked_to_finish_and_validates(month)
    she_writes_the_minutes_and_who_does_what(month)
    the_community_stops_a_moment_and_wants_its_plan_changed(month)
    at_the_next_meeting_the_minutes_are_approved_and_change_no_more(month)
    what_was_taken_on_is_done(month)


def she_plans_four_meetings_and_plans_them_in_spite_of_a_saturday(month: Month) -> None:
    month.comes("2025-01-06")
    first, *others = SERIES
    typed = {
        "group": month.people.group.pk, "day": first, "starts_at": "9:00", "ends_at": "15:30", "modality": "hybrid",
        "place": "École du Roc", "link": "https://visio.exemple.test/parois",
        "repeat": "dates", "other_days": "\n".join(others),
    }  # fmt: skip
    month.ariane.sends("meetings:new", **typed).reads("C’est une fin de semaine.", "4 rencontres dans la série")
    assert month.ariane.status == 422
    assert not month.meetings, "what was to be weighed is shown before anything is planned"
    month.ariane.sends("meetings:new", **typed, despite=month.ariane.field("despite"))
    month.ariane.reads("4 rencontres de 21-Parois ajoutées.", "Brouillon")
    assert [str(meeting.date) for meeting in month.meetings] == list(SERIES)
    clara = signed_in(month.people.clara).opens("meetings:detail", month.first)
    assert clara.status == 404, "a draft is seen by those who run the group"
    assert month.post.comes() == {}


def she_writes_what_the_first_is_about(month: Month) -> None:
    seen = month.ariane.opens("meetings:agenda", month.first).field("seen")
    points = [("Retour sur les classes", month.people.basile.pk, 60), ("Essais de février", "", 90)]
    typed = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "seen": seen, "save": ""}
    for number, (title, owner, minutes) in enumerate(points):
        typed |= {f"form-{number}-title": title, f"form-{number}-owner": owner, f"form-{number}-minutes": minutes}
    month.ariane.sends("meetings:agenda", month.first, **typed).reads("Ordre du jour enregistré.", "Essais de février")


def she_announces_them_and_every_calendar_has_them(month: Month) -> None:
    month.ariane.sends("meetings:announcement", month.first, following="1").reads("4 rencontres annoncées.")
    letters = month.post.comes()
    assert {name: len(theirs) for name, theirs in letters.items()} == {
        person.first_name: 4 for person in month.people.members
    }
    by_day = {event_of(letter).start.date(): letter for letter in letters["Clara"]}
    for meeting in month.meetings:
        event = event_of(by_day[meeting.date])
        assert calendar_of(by_day[meeting.date])["METHOD"] == "REQUEST"
        assert (event["SEQUENCE"], event["ATTENDEE"]) == (0, f"mailto:{month.people.clara.email}")
        month.uids[meeting.pk] = event["UID"]
    assert len(set(month.uids.values())) == 4
    assert "1. Retour sur les classes (Basile Moraine, 60 min)" in words_of(by_day[month.first.date])
    for name, theirs in letters.items():
        month.links[name] = next(answer_link(one) for one in theirs if event_of(one).start.date() == month.first.date)


def three_answer_without_an_account_and_a_scanner_answers_nothing(month: Month) -> None:
    month.comes("2025-01-08")
    for name, reply, word in (("Clara", "yes", ""), ("Dorian", "no", WORD), ("Elsa", "maybe", "")):
        stranger = Visitor().follows(month.links[name]).reads(f"{name} Moraine, y serez-vous?")
        assert not Answer.objects.filter(person__first_name=name).exists(), "mail scanners open links"
        stranger.sends_to(month.links[name], reply=reply, word=word).reads("Votre réponse est enregistrée.")
    Visitor().sends_to(month.links["Elsa"], reply="yes").reads("Vous avez répondu : Oui.")
    month.ariane.opens("meetings:roster", month.first).reads("a répondu non « Ma classe présente son projet")
    acts = journal.history(month.first).filter(act="meeting.answered").values_list("actor_id", flat=True)
    assert list(acts) == [getattr(month.people, name).pk for name in ("clara", "dorian", "elsa", "elsa")]


def the_saturday_moves_and_calendars_follow(month: Month) -> None:
    month.comes("2025-01-13")
    saturday = month.meetings[1]
    typed = {"day": "2025-02-18", "starts_at": "9:00", "ends_at": "15:30", "following": ""}
    month.ariane.sends("meetings:move", saturday, **typed)
    assert month.ariane.status == 422, "people know of it: they are told why"
    month.ariane.sends("meetings:move", saturday, **typed, reason="Personne ne vient un samedi.")
    month.ariane.reads("1 rencontre modifiée.")
    for theirs in month.post.comes().values():
        (letter,) = theirs
        event = event_of(letter)
        assert (event["UID"], event["SEQUENCE"]) == (month.uids[saturday.pk], 1)
        assert event.start.date() == day("2025-02-18")
        assert "Motif : Personne ne vient un samedi." in words_of(letter)


def the_last_is_cancelled_and_leaves_the_calendars(month: Month) -> None:
    last = month.meetings[3]
    month.ariane.sends("meetings:cancellation", last, reason="Semaine de relâche", following="")
    letters = month.post.comes()
    assert len(letters) == 5
    for (letter,) in letters.values():
        event = event_of(letter)
        assert calendar_of(letter)["METHOD"] == "CANCEL"
        assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == (month.uids[last.pk], 1, "CANCELLED")
    assert month.post.comes() == {}, "everyone is told once"


def a_week_and_a_day_before_those_who_come_are_reminded(month: Month) -> None:
    for when, subject in (("2025-01-28", "Dans une semaine"), ("2025-02-03", "Demain")):
        month.comes(when)
        remind.call()
        remind.call()
        letters = month.post.comes()
        assert set(letters) == {"Ariane", "Basile", "Clara", "Elsa"}, "who said no is left in peace"
        (letter,) = letters["Clara"]
        assert str(letter["Subject"]).startswith(subject)
        assert "Vous avez répondu oui." in words_of(letter)


def in_the_room_they_say_themselves_that_they_are_there(month: Month) -> None:
    month.comes("2025-02-04")
    room = Room(month.first)
    room.arrives(month.people.basile, at="08:55")
    with room.clock_at("09:01"):
        telephone = room.scan()
        assert "Dorian" not in telephone.page.content.decode(), "the roster is never shown"
        telephone.type(month.people.clara.email)
        month.ariane.opens("meetings:roster", month.first).reads("Déclarée", "2 présences")
    assert set(Attendance.objects.values_list("person__first_name", "source")) == {
        ("Basile", "checkin"),
        ("Clara", "checkin"),
    }


def the_report_of_teams_says_who_was_connected(month: Month) -> None:
    elsa, on = month.people.elsa, month.first.date
    half_past = datetime.combine(on, time(15, 30))
    report = report_file(
        DIALECTS["v3-french"], [Connection(elsa.full_name, datetime.combine(on, time(9)), half_past, elsa.email)]
    )
    month.ariane.drops("meetings:teams_new", month.first, file=(REPORT, report))
    month.ariane.reads("Elsa Moraine", "Reconnue par son courriel", "1 présence à inscrire")
    batch = month.ariane.answer.request["PATH_INFO"].rstrip("/").rpartition("/")[2]
    month.ariane.sends("meetings:teams_confirm", month.first, batch).reads("1 présence inscrite.")
    assert Attendance.objects.get(person=elsa).source == "teams"


def she_marks_the_others_and_nobody_retypes_an_apology(month: Month) -> None:
    for person, portion in ((month.people.ariane, "day"), (month.people.dorian, "none")):
        typed = {f"portion-{person.pk}": portion, f"version-{person.pk}": 0, "since": 0}
        assert month.ariane.taps("meetings:mark", month.first, person, **typed).status == 200
    month.ariane.opens("meetings:roster", month.first).reads("4 présences", "1 absence, 0 à saisir")
    assert Attendance.objects.get(person=month.people.dorian).reason == WORD


def the_day_after_she_is_asked_to_finish_and_validates(month: Month) -> None:
    month.comes("2025-02-05")
    remind.call()
    (letter,) = month.post.comes()["Ariane"]
    assert str(letter["Subject"]).startswith("Présences à terminer")
    month.home_of(month.people.ariane).reads("Présences à valider, 21-Parois")
    month.ariane.sends("meetings:validation", month.first).reads("Présences de 21-Parois validées.")
    month.home_of(month.people.ariane).reads_nothing_of("Présences à valider")
    remind.call()
    assert Message.objects.filter(kind="attendance").count() == 1


def she_writes_the_minutes_and_who_does_what(month: Month) -> None:
    keys = [f"point-{item.pk}" for item in month.first.agenda.order_by("position")]
    written = {keys[0]: "Chaque classe a *essayé*.", "decisions": "- On continue."}
    for key, text in written.items():
        month.ariane.taps("meetings:minutes_part", month.first, key, **{f"text-{key}": text, f"version-{key}": 0})
        month.ariane.reads("Enregistré le")
    clara = month.people.clara
    typed = {"what": "Écrire aux écoles", "owner": clara.pk, "due_on": "2025-02-14"}
    month.ariane.sends("meetings:follow_up_new", month.first, **typed).reads("Suivi ajouté.")
    month.ariane.drops("meetings:documents", month.first, files=("plan.pdf", b"%PDF-1.7 un plan"))
    month.ariane.reads("1 document déposé.", "plan.pdf")
    page = signed_in(clara).opens("meetings:minutes", month.first)
    page.reads("Chaque classe a essayé.", "Absences motivées 1Dorian Moraine").reads_nothing_of(WORD)
    month.home_of(clara).reads("Écrire aux écoles")
    signed_in(clara).opens("communities:detail", month.people.group.slug).reads("Écrire aux écoles")


def the_community_stops_a_moment_and_wants_its_plan_changed(month: Month) -> None:
    where = ("communities:pause", month.people.group.slug, month.first)
    answers = {"means": "yes", "objectives": "partly", "adjustments": "Resserrer le premier objectif.", "seen": 0}
    month.ariane.sends(*where, **answers).reads("Temps d’arrêt inscrit.")
    month.ariane.sends("communities:plan_change", *where[1:]).reads("Changement proposé au plan de l’année.")
    signed_in(month.people.clara).opens("communities:detail", where[1]).reads("Resserrer le premier objectif.")


def at_the_next_meeting_the_minutes_are_approved_and_change_no_more(month: Month) -> None:
    month.comes("2025-02-18")
    held = month.meetings[1]
    month.ariane.sends("meetings:minutes_approval", month.first, way="at-meeting", at_meeting=held.pk)
    month.ariane.reads("Compte rendu approuvé")
    month.ariane.sends("meetings:minutes_lock", month.first).reads("Compte rendu verrouillé.")
    assert minutes_state(month.first) == MinutesState.LOCKED
    typed = {"text-decisions": "Autre chose.", "version-decisions": 1}
    assert month.ariane.taps("meetings:minutes_part", month.first, "decisions", **typed).status == 409
    typed = {"key": "decisions", "text": "On continue jusqu’en mai.", "reason": "La date manquait."}
    month.ariane.sends("meetings:minutes_correction", month.first, **typed)
    reader = signed_in(month.people.elsa).opens("meetings:minutes", month.first)
    reader.reads("On continue.", "On continue jusqu’en mai.", "La date manquait.")
    assert reader.opens("meetings:minutes_pdf", month.first).answer.content.startswith(b"%PDF-")


def what_was_taken_on_is_done(month: Month) -> None:
    clara = month.people.clara
    follow_up = month.first.follow_ups.get()
    signed_in(clara).sends("meetings:follow_up_done", follow_up).reads("Suivi fait.")
    month.home_of(clara).reads_nothing_of("Écrire aux écoles")
    signed_in(clara).opens("communities:detail", month.people.group.slug).reads_nothing_of("Écrire aux écoles")
    month.ariane.opens("meetings:minutes", month.first).reads("Écrire aux écoles")
