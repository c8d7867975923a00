"""What tests do with a report on a meeting: make it, look at what confirming would do, answer, confirm."""

from datetime import datetime, time

from cordee.meetings.actions.teams import apply_reports, propose_reports, reports_in_force
from cordee.meetings.imports.answers import with_typed
from cordee.meetings.imports.teams import TeamsPreview, proposal_of
from cordee.meetings.imports.teams.files import fingerprint_of
from cordee.meetings.models import Attendance
from cordee.meetings.tests import factory
from cordee.meetings.tests.teams_files import DIALECTS, Connection, report_file

TODAY = factory.TODAY


def at(hour, minute=0, second=0):
    return datetime.combine(factory.DAY, time(hour, minute, second))


def connection(person, joined=(9, 0), left=(15, 30), name=None, email=None):
    address = person.email if email is None else email
    return Connection(name or person.full_name, at(*joined), at(*left), address)


def content(*connections, dialect="v3-french"):
    return report_file(DIALECTS[dialect], connections)


def preview(world, *files, meeting=None, **typed):
    """The preview of these contents, with what is typed of it."""
    meeting = meeting or world.meeting
    proposal = proposal_of([(f"rapport{n}.csv", each) for n, each in enumerate(files)], meeting)
    proposal["choices"] = with_typed({}, {name.replace("_", "-"): value for name, value in typed.items()})
    made = TeamsPreview(meeting, proposal, earlier=reports_in_force(meeting))
    made.proposal = proposal
    return made


def again(made, **typed):
    """The same preview after more answers."""
    made.proposal["choices"] = with_typed(
        made.proposal["choices"], {name.replace("_", "-"): value for name, value in typed.items()}
    )
    fresh = TeamsPreview(made.meeting, made.proposal, earlier=reports_in_force(made.meeting))
    fresh.proposal = made.proposal
    return fresh


def confirm(made, by):
    batch = propose_reports(
        meeting=made.meeting,
        file_name="rapport.csv",
        sha256=fingerprint_of(made.proposal),
        proposal=made.proposal,
        by=by,
        on=TODAY,
    )
    reason = made.checked_reason()
    apply_reports(meeting=made.meeting, batch=batch, plan=made.plan(), correction_reason=reason, by=by, on=TODAY)
    return batch


def lines(made):
    return {line.label: line for line in made.lines}


def statuses(made):
    return {line.label: line.status.value for line in made.lines}


def act(made, label):
    """The field of the question about this label, as a keyword."""
    return next(f"{q.key}-act".replace("-", "_") for q in made.questions if q.label == label)


def marks(world):
    return dict(
        Attendance.objects.filter(meeting=world.meeting).order_by("pk").values_list("person__first_name", "portion")
    )
