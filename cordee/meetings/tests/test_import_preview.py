"""The preview: what becomes of each line and why, and what must be settled first."""

from datetime import date, time

import pytest

from cordee.meetings import actions
from cordee.meetings.actions.marking import Mark
from cordee.meetings.imports import Preview, proposal_of
from cordee.meetings.tests import factory
from cordee.meetings.tests.sheets import attendance, line
from cordee.people.models import Group, Person

pytestmark = pytest.mark.django_db


def preview_of(*lines, by=None, **answers):
    proposal = proposal_of(attendance(*lines), "présences.csv")
    preview = Preview(proposal, by=by, on=factory.TODAY)
    for what, kind in {"people": "person", "meetings": "meeting", "replace": "difference"}.items():
        if answers.get(what):
            assert any(question.kind == kind for question in preview.questions)
            proposal["choices"] = preview.answers_to_all(what)
            preview = Preview(proposal, by=by, on=factory.TODAY)
    return preview


def answered(preview, question, **answer):
    """The preview once this question has this answer."""
    proposal = {"entries": [each.entry.plain() for each in preview.lines], "choices": {question.key: answer}}
    return Preview(proposal, by=preview.by, on=factory.TODAY)


def statuses(preview):
    return [each.status for each in preview.lines]


def test_a_line_is_new_the_same_or_different_from_what_is_recorded(world):
    first, second, third = world.participants
    for person, portion in ((first, "day"), (second, "half")):
        mark = Mark(person.pk, portion, None)
        actions.mark_attendance(meeting=world.meeting, mark=mark, by=world.alice, on=factory.TODAY)
    preview = preview_of(*(line(f"Piolet, {person.first_name}") for person in (first, second, third)))
    assert statuses(preview) == ["same", "differs", "new"]
    [mark] = preview.plan().marks
    assert (mark.meeting, mark.person, mark.portion, mark.version) == (world.meeting.pk, third.pk, "day", 0)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"portion": "peut-être"}, "« peut-être », colonne « Portion », n’est pas une portion."),
        ({"portion": ""}, "La portion manque."),
        ({"day": "bientôt"}, "« bientôt », colonne « Date », n’est pas une date."),
        ({"day": ""}, "La date manque."),
        ({"group": ""}, "Le groupe manque."),
        ({"email": "à venir"}, "« à venir », colonne « Courriel », n’est pas une adresse."),
        ({"day": "2030-01-14"}, "2029-2030"),
        ({"day": "2025-06-12"}, "n’a pas encore eu lieu"),
    ],
)
def test_a_line_that_cannot_be_read_says_why_and_what_to_write(world, changed, said):
    preview = preview_of(line("Piolet, Paule00", **changed), line("Piolet, Paule01"))
    assert statuses(preview) == ["unreadable", "new"]
    assert any(said in problem for problem in preview.lines[0].problems), preview.lines[0].problems
    assert len(preview.plan().marks) == 1


def test_who_has_no_employer_that_day_is_refused_unless_absent(world):
    factory.person("Zoé", "Sansemploi", employed=False)
    preview = preview_of(line("Sansemploi, Zoé"), line("Piolet, Paule00"))
    assert statuses(preview) == ["unreadable", "new"]
    assert statuses(preview_of(line("Sansemploi, Zoé", "absent"))) == ["new"]


@pytest.mark.parametrize("name", ["Piolet, Paule00", "Paule00 Piolet", "PIOLET Paule00", "piolet, PAULE00"])
def test_a_person_is_known_by_name_in_either_order(world, name):
    preview = preview_of(line(name))
    assert preview.lines[0].person == world.participants[0].pk


def test_an_address_finds_the_person_whatever_the_name_says(world):
    preview = preview_of(line("Piolet, Polette", email="Paule00.Piolet@exemple.test"))
    assert preview.lines[0].person == world.participants[0].pk
    assert preview.lines[0].notes == ["Le fichier écrit « Polette Piolet »; la ligne va à Paule00 Piolet."]


def test_two_of_the_same_name_are_told_apart_by_their_employer_or_asked(world):
    riverside = factory.organization("884000", "CS Riverside", kind="cs", english_name="Riverside School Board")
    here = factory.person("Luc", "Roy", account=False)
    there = Person.objects.create(first_name="Luc", last_name="Roy")
    there.affiliations.create(organization=riverside, category="teacher", starts_on=factory.YEAR_START)
    for employer in ("884000", "CS Riverside", "Riverside School Board", "riverside"):
        assert preview_of(line("Roy, Luc", employer=employer)).lines[0].person == there.pk
    asked = preview_of(line("Roy, Luc", employer=""))
    assert (statuses(asked), set(asked.questions[0].candidates)) == (["ask"], {here.pk, there.pk})
    assert answered(asked, asked.questions[0], act=str(here.pk)).lines[0].person == here.pk


@pytest.mark.parametrize(
    "name", ["862000", "862", "CSS des Patriotes", "Patriotes", "CENTRE DE SERVICES SCOLAIRE DES PATRIOTES"]
)
def test_an_organization_is_known_by_code_short_or_long_name(world, name):
    preview = preview_of(line("Neuve, Anne", employer=name))
    assert preview.questions[0].suggested["organization"] == str(factory.organization().pk)


@pytest.mark.parametrize("name", ["18-TC-TRP", "18 – TC-TRP", "18", "018", "tc-trp", "CoP TC-TRP", "18-tc-trp", 18])
def test_a_group_is_known_by_number_name_or_both(world, name):
    assert preview_of(line("Piolet, Paule00", group=name)).lines[0].group == world.group.pk


def test_a_number_two_groups_share_is_asked(world):
    factory.group("18-autre", "18", "Autre")
    preview = preview_of(line("Piolet, Paule00", group="18"))
    assert (statuses(preview), len(preview.questions[0].candidates)) == (["ask"], 2)


def test_an_unknown_person_is_attached_or_created_once_for_all_their_lines(world):
    factory.meeting(world.group, date(2025, 1, 7))
    preview = preview_of(line("Piolet, Paul00"), line("Piolet, Paul00", day="2025-01-07"))
    [question] = preview.questions
    assert (statuses(preview), question.rows) == (["ask", "ask"], [2, 3])
    assert question.candidates[0] == world.participants[0].pk  # nearly that name
    attached = answered(preview, question, act=str(world.participants[0].pk))
    assert statuses(attached) == ["new", "new"]
    created = answered(preview, question, act="create")
    assert statuses(created) == ["new", "new"]
    [person] = created.plan().people
    assert (person.first_name, person.last_name, person.category) == ("Paul00", "Piolet", "professional")
    assert person.employed_from == factory.YEAR_START
    assert statuses(answered(preview, question, act="skip")) == ["left", "left"]


@pytest.mark.parametrize("first", [0, 1])
def test_someone_whose_address_is_on_one_line_only_is_one_person(world, first):
    factory.meeting(world.group, date(2025, 1, 7))
    lines = [line("Neuve, Anne", email="anne@exemple.test"), line("NEUVE Anne", day="2025-01-07")]
    preview = preview_of(lines[first], lines[1 - first], people=True)
    assert (statuses(preview), len(preview.plan().people)) == (["new", "new"], 1)
    assert preview.plan().people[0].email == "anne@exemple.test"


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"act": "create", "organization": ""}, "Choisissez l’organisation"),
        ({"act": "create", "category": "roi"}, "Choisissez la catégorie"),
        ({"act": "create", "first": ""}, "Écrivez le prénom et le nom."),
        ({"act": "create", "email": "à venir"}, "Écrivez l’adresse comme"),
        ({"act": "create", "email": "alice.test@exemple.test"}, "Cette adresse est déjà celle d’une autre personne."),
        ({"act": "other", "other": "Personne Inconnue"}, "Aucune fiche ne répond"),
        ({"act": "999999"}, ""),
    ],
)
def test_an_answer_that_does_not_hold_is_said_and_the_line_waits(world, answer, said):
    preview = preview_of(line("Neuve, Anne"))
    after = answered(preview, preview.questions[0], **answer)
    assert statuses(after) == ["ask"]
    assert after.questions[0].error.startswith(said)


def test_someone_known_is_attached_by_typing_their_name_or_address(world):
    preview = preview_of(line("Neuve, Anne"))
    for typed in ("Paule01 Piolet", "paule01.piolet@exemple.test"):
        after = answered(preview, preview.questions[0], act="other", other=typed)
        assert after.lines[0].person == world.participants[1].pk


def test_an_address_nobody_has_attaches_no_one_even_beside_a_single_candidate(world):
    factory.person("Berthe", "Corniche")
    preview = preview_of(line("Corniche, Bertha"))
    assert len(preview.questions[0].candidates) == 1
    after = answered(preview, preview.questions[0], act="other", other="inconnue@exemple.test")
    assert (statuses(after), after.questions[0].error[:26]) == (["ask"], "Aucune fiche ne répond à «")


def test_an_unknown_group_is_attached_by_anyone_and_created_by_the_secretary_alone(world):
    preview = preview_of(line("Piolet, Paule00", group="45-Robotique"), by=world.secretary)
    [question] = [each for each in preview.questions if each.kind == "group"]
    assert statuses(answered(preview, question, act="attach", other=str(world.group.pk))) == ["new"]
    created = answered(preview, question, act="create", kind="networking")
    assert (statuses(created), [each.kind for each in created.questions]) == (["ask"], ["group", "meeting"])
    created = answered(preview, question, act="create", kind="networking")
    assert created.matcher.new_groups[question.key].number == "45"
    preview.by = world.alice
    assert statuses(answered(preview, question, act="create", kind="networking")) == ["ask"]


def test_a_meeting_that_is_not_there_is_asked_and_lasts_as_the_lines_say(world):
    lines = [line("Piolet, Paule00", "AM", day="2025-01-08"), line("Piolet, Paule01", "X", day="2025-01-08")]
    assert statuses(preview_of(*lines)) == ["ask", "ask"]
    [meeting] = preview_of(*lines, meetings=True).plan().meetings
    assert (meeting.planned_portion, meeting.starts_at, meeting.ends_at) == ("day", time(9), time(16))
    [meeting] = preview_of(lines[0], meetings=True).plan().meetings
    assert (meeting.planned_portion, meeting.starts_at, meeting.ends_at) == ("half", time(9), time(12))


def test_an_x_is_worth_what_the_meeting_is_and_a_day_never_fits_a_half(world):
    factory.meeting(world.group, date(2025, 1, 7), planned_portion="half", ends_at=time(12))
    preview = preview_of(
        line("Piolet, Paule00", "X"),
        line("Piolet, Paule00", "X", day="2025-01-07"),
        line("Piolet, Paule01", "1", day="2025-01-07"),
    )
    assert [mark.portion for mark in preview.plan().marks] == ["day", "half"]
    assert statuses(preview)[2] == "unreadable"


def test_two_halves_on_two_lines_are_one_day_and_a_line_said_twice_is_refused(world):
    who, other = "Piolet, Paule00", "Piolet, Paule01"
    preview = preview_of(line(who, "AM"), line(who, "PM"), line(other, "1"), line(other, "1"))
    assert statuses(preview) == ["new", "new", "new", "unreadable"]
    assert [mark.portion for mark in preview.plan().marks] == ["day", "day"]
    assert "ligne 4" in preview.lines[3].problems[0]


def test_two_meetings_of_one_day_are_told_by_the_half(world):
    factory.meeting(world.group, starts_at=time(13), ends_at=time(16), planned_portion="half")
    preview = preview_of(line("Piolet, Paule00", "PM"), line("Piolet, Paule01", "X"))
    assert statuses(preview) == ["new", "unreadable"]
    assert preview.plan().marks[0].meeting != world.meeting.pk


def test_a_cancelled_meeting_takes_no_line(world):
    actions.cancel_meeting(meeting=world.meeting, reason="Tempête", by=world.alice, on=date(2025, 1, 10))
    assert "est annulée" in preview_of(line("Piolet, Paule00")).lines[0].problems[0]


def test_who_runs_one_group_imports_for_it_alone(world):
    other = factory.group("05-litteratie", "05", "Littératie")
    factory.meeting(other)
    preview = preview_of(line("Piolet, Paule00"), line("Piolet, Paule00", group="05"), by=world.alice)
    assert statuses(preview) == ["new", "unreadable"]
    assert "Vous n’animez pas 05-Littératie" in preview.lines[1].problems[0]


def test_only_clear_people_are_created_at_one_stroke(world):
    preview = preview_of(line("Neuve, Anne"), line("Neuf, Jean", category=""), line("Piolet, Paul00"), people=True)
    assert statuses(preview) == ["new", "ask", "ask"]


def test_the_same_number_of_queries_reads_one_line_or_two_hundred(world, django_assert_max_num_queries):
    for count in (1, 200):
        lines = [line(f"Neuve, Anne{'abcdefghij'[n % 10]}{n}", day=f"2025-01-{1 + n % 14:02}") for n in range(count)]
        proposal = proposal_of(attendance(*lines), "présences.csv")
        with django_assert_max_num_queries(8):
            Preview(proposal, by=world.secretary, on=factory.TODAY)
    assert not Group.objects.exclude(pk=world.group.pk).exists()
