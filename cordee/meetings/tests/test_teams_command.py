"""`manage.py import_teams FILE --meeting ID [--dry-run] [--json]`: what the pages do."""

import io
import json
from datetime import datetime, time

import pytest
from django.core.management import CommandError, call_command

from cordee.meetings.models import Attendance
from cordee.meetings.tests import factory
from cordee.meetings.tests.teams_files import DIALECTS, Connection, report_file
from cordee.records.models import ImportBatch

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def world():
    made = factory.world()
    factory.thresholds()
    return made


@pytest.fixture
def file(tmp_path, world):
    hours = (datetime.combine(factory.DAY, time(9)), datetime.combine(factory.DAY, time(15, 30)))
    known = [Connection(each.full_name, *hours, each.email) for each in world.participants[:2]]
    path = tmp_path / "rapport.csv"
    path.write_bytes(report_file(DIALECTS["v3-english"], [*known, Connection("Visiteuse (Guest)", *hours)]))
    return path


def run(world, path, *options):
    output = io.StringIO()
    call_command("import_teams", str(path), "--meeting", str(world.meeting.pk), *options, stdout=output)
    return output.getvalue()


def as_json(world, path, *options):
    return json.loads(run(world, path, "--json", *options))


def test_a_dry_run_prints_what_the_run_prints_and_writes_nothing(world, file):
    dry = as_json(world, file, "--dry-run")
    assert not Attendance.objects.exists()
    assert not ImportBatch.objects.exists()
    real = as_json(world, file)
    assert real.pop("batch") == ImportBatch.objects.get().pk
    differs = {"dry_run", "applied"}
    assert {k: v for k, v in dry.items() if k not in differs} == {k: v for k, v in real.items() if k not in differs}
    assert (real["applied"], real["written"]["marks"], real["counts"]["ask"]) == (True, 2, 1)
    paule = next(each for each in real["people"] if each["person"] == world.participants[0].pk)
    assert (paule["why"], paule["minutes"], paule["halves"], paule["portion"]) == ("email", 390, [180, 210], "day")


def test_a_question_is_answered_by_its_name(world, file):
    [question] = as_json(world, file, "--dry-run")["questions"]
    done = as_json(world, file, "--answer", f"{question['field']}={world.participants[2].pk}")
    assert done["written"] == {"marks": 3, "people": 0, "aliases": 1}
    assert Attendance.objects.filter(portion="day").count() == 3


def test_the_same_file_twice_is_applied_once(world, file):
    as_json(world, file)
    again = as_json(world, file)
    assert (again["applied"], again["counts"]["same"]) == (False, 2)
    assert ImportBatch.objects.count() == 1


def test_rights_of_whoever_acts_hold_and_a_refusal_is_one_sentence(world, file, tmp_path):
    with pytest.raises(CommandError, match="Les présences"):
        run(world, file, "--by", world.charlie.email)
    as_json(world, file, "--by", world.alice.email)
    assert Attendance.objects.filter(marked_by=world.alice).count() == 2
    other = tmp_path / "autre.csv"
    other.write_bytes(b"bonjour")
    with pytest.raises(CommandError, match="pas un rapport"):
        run(world, other)
    with pytest.raises(CommandError, match="999"):
        call_command("import_teams", str(file), "--meeting", "999")


def test_without_json_a_terminal_reads_two_lines(world, file):
    said = run(world, file)
    assert "2 présences inscrites" in said
    assert "Visiteuse (Guest)" in said
