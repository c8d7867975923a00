"""A report on a meeting: what it proposes, what confirming writes and undoing takes back."""

import io
from datetime import date

import openpyxl
import pytest

from cordee.meetings import actions
from cordee.meetings.actions import Mark
from cordee.meetings.actions.importing import ChangedSince, NothingToImport
from cordee.meetings.actions.refusals import MeetingCancelled, ReasonMissing
from cordee.meetings.actions.teams import undo_reports
from cordee.meetings.imports.teams import proposal_of
from cordee.meetings.imports.teams.files import AnotherDay, TooManyFiles, report_in
from cordee.meetings.models import AttendanceChange
from cordee.meetings.tests import factory
from cordee.meetings.tests.teams_acts import (
    TODAY,
    act,
    again,
    at,
    confirm,
    connection,
    content,
    lines,
    marks,
    preview,
    statuses,
)
from cordee.meetings.tests.teams_files import FILES, event_list
from cordee.records.models import JournalEntry
from cordee.toolkit.refusals import Forbidden, Unreadable
from cordee.toolkit.tabular.reading import MOST_BYTES
from cordee.toolkit.tabular.refusals import TooBig, TooHeavy
from cordee.toolkit.testing import spreadsheets
from cordee.toolkit.testing.worlds import kept
from cordee.toolkit.tests.test_tabular_reading import bomb

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@kept
def world():
    made = factory.world()
    factory.thresholds()
    return made


def test_each_person_has_why_they_are_known_how_long_they_were_there_and_what_that_gives(world):
    paule, anne, marc = world.participants
    made = preview(
        world,
        content(
            connection(paule, email=paule.email.upper()),
            connection(anne, left=(11, 30), email="", name=f"{anne.last_name.upper()}, {anne.first_name} (Invité)"),
            connection(marc, left=(10, 0)),
        ),
    )
    found = lines(made)
    seen = [
        (found[p.full_name].why, found[p.full_name].presence.minutes, found[p.full_name].portion)
        for p in (paule, anne, marc)
    ]
    assert seen == [("email", 390, "day"), ("name", 150, "half"), ("email", 60, "none")]
    assert found[paule.full_name].threshold == "une journée à partir de 4\u00a0h\u00a030"
    assert found[anne.full_name].threshold == "une demi-journée à partir de 2\u00a0h"
    assert statuses(made) == {
        paule.full_name: "new",
        anne.full_name: "new",
        marc.full_name: "below",
        world.alice.full_name: "unknown",
    }


def test_confirming_writes_one_act_and_undoing_takes_it_back(world):
    paule, anne, _marc = world.participants
    batch = confirm(preview(world, content(connection(paule), connection(anne, left=(11, 30)))), world.alice)
    assert marks(world) == {"Paule00": "day", "Paule01": "half"}
    change = AttendanceChange.objects.filter(attendance__person=paule).get()
    assert (change.source, change.changed_by, change.attendance.source) == ("teams", world.alice, "teams")
    assert JournalEntry.objects.filter(act="import.applied").count() == 1
    undo_reports(meeting=world.meeting, batch=batch, by=world.alice, on=TODAY)
    assert marks(world) == {"Paule00": "", "Paule01": ""}


def test_the_same_file_twice_changes_nothing(world):
    file = content(*map(connection, world.participants))
    confirm(preview(world, file), world.alice)
    made = preview(world, file)
    assert {line.status for line in made.lines if line.presence} == {"same"}
    with pytest.raises(NothingToImport):
        confirm(made, world.alice)


def test_a_second_report_of_a_meeting_started_again_adds_its_hours(world):
    paule = world.participants[0]
    confirm(preview(world, content(connection(paule, left=(11, 30)))), world.alice)
    assert marks(world) == {"Paule00": "half"}
    made = preview(world, content(connection(paule, joined=(11, 45))))
    line = lines(made)[paule.full_name]
    assert (line.presence.minutes, line.portion, line.recorded, line.status) == (375, "day", "half", "differs")
    made = again(made, **{act(made, paule.full_name): "replace"})
    confirm(made, world.alice)
    assert marks(world) == {"Paule00": "day"}


def test_several_files_at_once_are_put_together_and_a_copy_is_read_once(world):
    paule = world.participants[0]
    one, two = content(connection(paule, left=(11, 0))), content(connection(paule, joined=(10, 30), left=(12, 30)))
    made = preview(world, one, two, one)
    assert len(made.connections.files) == 2
    assert lines(made)[paule.full_name].presence.minutes == 210


def test_nobody_is_proposed_more_than_was_planned(world):
    world.meeting.planned_portion = "half"
    world.meeting.save()
    line = lines(preview(world, content(connection(world.participants[0]))))[world.participants[0].full_name]
    assert (line.portion, line.threshold) == ("half", "plus que la demi-journée prévue")


def test_below_the_threshold_nothing_is_written_unless_asked(world):
    made = preview(world, content(connection(world.participants[0], left=(10, 59))))
    assert made.plan().marks == []
    made = again(made, **{act(made, world.participants[0].full_name): "replace"})
    confirm(made, world.alice)
    assert marks(world) == {"Paule00": "none"}


def test_what_is_recorded_stays_unless_the_report_is_chosen(world):
    paule = world.participants[0]
    actions.mark_attendance(meeting=world.meeting, mark=Mark(paule.pk, "half", 0), by=world.alice, on=TODAY)
    made = preview(world, content(*map(connection, world.participants)))
    assert statuses(made)[paule.full_name] == "differs"
    batch = confirm(made, world.alice)
    assert marks(world)["Paule00"] == "half"
    undo_reports(meeting=world.meeting, batch=batch, by=world.alice, on=TODAY)
    made = preview(world, content(*map(connection, world.participants)))
    made = again(made, **{act(made, paule.full_name): "replace"})
    confirm(made, world.alice)
    assert marks(world)["Paule00"] == "day"


def test_who_is_in_no_report_is_unknown_and_not_absent(world):
    made = preview(world, content(connection(world.participants[0])))
    confirm(made, world.alice)
    assert statuses(made)["Paule01 Piolet"] == "unknown"
    assert marks(world) == {"Paule00": "day"}


def test_a_row_without_times_marks_nobody(world):
    paule = world.participants[0]
    text = f"2. P\nN\tA\tB\tC\tE\tR\n{paule.full_name}\t\t\t\t{paule.email}\tP\n".encode()
    made = preview(world, text)
    assert statuses(made)[paule.full_name] == "unknown"
    assert "Aucune heure" in lines(made)[paule.full_name].notes[0]


def test_an_event_list_is_a_proposal_until_someone_believes_it(world):
    paule = world.participants[0]
    made = preview(world, event_list([(paule.full_name, "Joined", at(9)), (paule.full_name, "Left", at(12))]))
    assert statuses(made)[paule.full_name] == "proposed"
    assert made.plan().marks == []
    made = again(made, **{act(made, made.questions[0].label): "replace"})
    confirm(made, world.alice)
    assert marks(world) == {"Paule00": "half"}


def test_hours_of_another_zone_are_said_and_put_right_when_one_says_so(world):
    shifted = [connection(each, joined=(6, 0), left=(12, 30)) for each in world.participants]
    made = preview(world, content(*shifted))
    [question] = [q for q in made.questions if q.kind == "hours"]
    assert question.given("hours") == "3"
    assert lines(made)["Paule00 Piolet"].portion == "half"
    made = again(made, **{act(made, question.label): "replace"})
    assert lines(made)["Paule00 Piolet"].presence.minutes == 390


def test_a_report_of_another_day_is_refused_with_both_days(world):
    other = factory.meeting(world.group, date(2025, 1, 15))
    with pytest.raises(AnotherDay, match="14 janvier 2025; cette rencontre est du 15 janvier 2025"):
        preview(world, content(connection(world.participants[0])), meeting=other)


def test_two_orders_of_dates_that_fit_are_asked_before_anything(world):
    meeting = factory.meeting(world.group, date(2024, 10, 9))
    rows = [f"Paule00 Piolet\t{day}/24, 9:00\t{day}/24, 12:00\t3h\t\tP" for day in ("9/10", "10/9")]
    text = "\n".join(["3. A", "N\tA\tB\tC\tE\tR", *rows]).encode()
    made = preview(world, text, meeting=meeting)
    [question] = made.questions
    assert (question.kind, made.lines, list(question.suggested)) == ("order", [], ["day-first", "month-first"])
    made = again(made, **{f"{question.key}-act": "day-first"})
    assert lines(made)["Paule00 Piolet"].presence.minutes == 180


def test_a_validated_meeting_changes_with_a_reason(world):
    for line in (*world.participants, world.alice):
        actions.mark_attendance(meeting=world.meeting, mark=Mark(line.pk, "half", 0), by=world.alice, on=TODAY)
    actions.validate_meeting(meeting=world.meeting, by=world.alice, on=TODAY)
    made = preview(world, content(connection(world.participants[0])))
    made = again(made, **{act(made, "Paule00 Piolet"): "replace"})
    with pytest.raises(ReasonMissing):
        confirm(made, world.alice)
    confirm(again(made, reason="Rapport reçu plus tard"), world.alice)
    change = AttendanceChange.objects.latest("pk")
    assert (change.reason, change.before, change.after, change.source) == (
        "Rapport reçu plus tard",
        "half",
        "day",
        "teams",
    )


def test_marks_changed_since_keep_the_import_from_being_undone(world):
    paule = world.participants[0]
    batch = confirm(preview(world, content(connection(paule))), world.alice)
    actions.mark_attendance(meeting=world.meeting, mark=Mark(paule.pk, "half", 1), by=world.alice, on=TODAY)
    with pytest.raises(ChangedSince):
        undo_reports(meeting=world.meeting, batch=batch, by=world.alice, on=TODAY)


def test_only_who_takes_attendance_imports_and_not_at_a_cancelled_meeting(world):
    made = preview(world, content(connection(world.participants[0])))
    for stranger in (world.charlie, world.bob, world.participants[0]):
        with pytest.raises(Forbidden):
            confirm(made, stranger)
    actions.cancel_meeting(meeting=world.meeting, reason="Tempête", by=world.alice, on=TODAY)
    world.meeting.refresh_from_db()
    with pytest.raises(MeetingCancelled):
        confirm(made, world.alice)


def saved_by_excel(rows):
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def test_a_workbook_saved_by_hand_is_read_with_its_typed_dates(world):
    paule = world.participants[0]
    header = ["Nom", "Arrivée", "Départ", "Durée", "E-mail", "Rôle"]
    rows = [["3. Activités"], header, [paule.full_name, at(9), at(12, 30), "3 h 30 m", paule.email, "Participant"]]
    made = preview(world, saved_by_excel(rows))
    assert lines(made)[paule.full_name].presence.minutes == 210
    made = preview(
        world, spreadsheets.xls([header, [paule.full_name, "2025-01-14 9:00", "2025-01-14 12:30", "", paule.email]])
    )
    assert lines(made)[paule.full_name].presence.minutes == 210


def test_what_is_too_big_or_no_report_is_refused_at_once(world):
    with pytest.raises(TooBig):
        report_in(b"x" * (MOST_BYTES + 1))
    with pytest.raises(TooManyFiles):
        proposal_of([("r.csv", b"")] * 11, world.meeting)
    with pytest.raises(Unreadable, match="une liste d’inscriptions à un webinaire"):
        report_in(b"First Name,Last Name,Email,Registration Time,Registration Status\n")
    with pytest.raises(Unreadable, match="pas un rapport de pr"):
        report_in(bytes(range(256)) * 100)


def test_a_zip_bomb_is_refused(world):
    with pytest.raises(TooHeavy):
        report_in(bomb())


def test_the_summary_is_checked_against_the_list_and_nothing_is_repaired(world):
    text = content(*map(connection, world.participants)).decode("utf-16")
    lost = text.replace("Participants présents\t3", "Participants présents\t5").encode("utf-16")
    assert preview(world, lost).connections.files[0].warnings == ("Le résumé compte 5 personnes, la liste 3.",)


@pytest.mark.parametrize("path", sorted(FILES.iterdir()), ids=lambda path: path.name)
def test_a_file_of_each_version_gives_the_same_minutes(world, path):
    made = preview(world, path.read_bytes())
    found = {line.label: line.presence.minutes for line in made.lines if line.presence}
    assert found == {"Rosalie Piolet": 325, "Basile Rappel (Invité)": 90, "Granit, Odile": 180}
