"""`manage.py import_attendance FILE [--dry-run] [--json]`: what the pages do, and the same exit code."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from cordee.meetings import actions
from cordee.meetings.actions.marking import Mark
from cordee.meetings.models import Attendance, Meeting
from cordee.meetings.tests import factory
from cordee.meetings.tests.sheets import attendance, line
from cordee.people.models import Person
from cordee.records.models import ImportBatch

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
LINES = [line("Piolet, Paule00", "½ j"), line("Piolet, Paule01", "peut-être"), line("Neuve, Anne")]


@pytest.fixture
def file(tmp_path, world):
    def written(*lines):
        path = tmp_path / "présences.csv"
        path.write_bytes(attendance(*lines))
        return path

    return written


def run(path, *options):
    """What the command writes on its standard output; a refusal raises CommandError, which exits 1."""
    output = io.StringIO()
    call_command("import_attendance", str(path), *options, stdout=output)
    return output.getvalue()


def as_json(path, *options):
    return json.loads(run(path, "--json", *options))


def test_a_dry_run_says_what_the_run_does_and_writes_nothing(file):
    path = file(*LINES)
    dry = as_json(path, "--dry-run", "--people")
    assert not Attendance.objects.exists()
    assert not ImportBatch.objects.exists()
    real = as_json(path, "--people")
    assert real.pop("batch") == ImportBatch.objects.get().pk
    differs = {"dry_run", "applied"}
    assert {k: v for k, v in dry.items() if k not in differs} == {k: v for k, v in real.items() if k not in differs}
    assert (dry["applied"], real["applied"]) == (False, True)
    assert real["written"] == {"marks": 2, "meetings": 0, "people": 1, "groups": 0}
    assert [each["status"] for each in real["lines"]] == ["new", "unreadable", "new"]
    assert real["counts"] == {"new": 2, "same": 0, "differs": 0, "ask": 0, "unreadable": 1, "left": 0}


def test_without_options_only_what_needs_no_answer_goes_in(file):
    report = as_json(file(*LINES, line("Piolet, Paule02", day="2025-01-08")))
    assert report["written"]["marks"] == 1
    assert [(each["kind"], each["rows"]) for each in report["questions"]] == [("person", [4]), ("meeting", [5])]
    assert as_json(file(*LINES, line("Piolet, Paule02", day="2025-01-08")), "--meetings")["written"]["meetings"] == 1
    assert Meeting.objects.filter(date="2025-01-08").exists()


def test_the_same_file_twice_changes_nothing_and_succeeds(file):
    as_json(file(*LINES))
    again = as_json(file(*LINES))
    assert (again["applied"], again["counts"]["same"], ImportBatch.objects.count()) == (False, 1, 1)


def test_the_page_shows_what_the_command_imported(file, world, sign_in):
    batch = as_json(file(*LINES))["batch"]
    page = sign_in(world.secretary).get(f"/rencontres/importation/{batch}/resultat/")
    assert "1 présence est entrée." in page.content.decode().replace("\u00a0", " ")


def test_in_words_it_says_the_counts_and_each_problem_by_line(file):
    said = run(file(*LINES), "--dry-run").replace("\u00a0", " ")
    assert "1 nouvelles" in said
    assert "présences, 3 : « peut-être », colonne « Portion », n’est pas une portion." in said


@pytest.mark.parametrize("dry", [[], ["--dry-run"]])
def test_a_refusal_exits_1_with_its_sentence_in_json_too(file, world, dry, capsys, tmp_path):
    actions.mark_attendance(
        meeting=world.meeting, mark=Mark(world.participants[0].pk, "day", None), by=world.alice, on=factory.TODAY
    )
    actions.validate_meeting(meeting=world.meeting, by=world.alice, on=factory.TODAY, absent_for_unmarked=True)
    nothing = tmp_path / "absent.csv"
    page = tmp_path / "page.xlsx"
    page.write_bytes(b"<html></html>")
    for path, options, said in [
        (file(LINES[0]), ["--replace"], "motif"),
        (file(LINES[0]), ["--by", "personne@exemple.test"], "Aucune personne n’a l’adresse"),
        (file(LINES[0]), ["--by", world.charlie.email], "importées par ceux qui animent"),
        (nothing, [], "absent.csv"),
        (page, [], "page Web"),
    ]:
        output = io.StringIO()
        with pytest.raises(CommandError, match=said) as refused:
            call_command("import_attendance", str(path), "--json", *options, *dry, stdout=output)
        assert refused.value.returncode == 1
        assert json.loads(output.getvalue()) == {"applied": False, "refusal": str(refused.value)}
    assert world.participants[0].attendances.get().portion == "day"
    assert as_json(file(LINES[0]), "--replace", "--reason", "Feuille retrouvée", *dry)["written"]["marks"] == 1


def test_whoever_it_acts_for_keeps_their_rights(file, world):
    factory.meeting(factory.group("05-litteratie", "05", "Littératie"))
    report = as_json(file(LINES[0], line("Piolet, Paule00", group="05")), "--by", world.alice.email)
    assert [each["status"] for each in report["lines"]] == ["new", "unreadable"]
    assert Attendance.objects.get().marked_by == world.alice
    assert Person.objects.filter(first_name="Anne").count() == 0
