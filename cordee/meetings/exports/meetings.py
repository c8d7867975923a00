"""The list of meetings as a table."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from cordee.meetings.exports.table import Cell, table
from cordee.meetings.models import MeetingState
from cordee.toolkit.formats import time_short
from cordee.toolkit.tabular import Column, Sheet


def meetings_sheet(meetings: Sequence[Any], notes: Sequence[str]) -> Sheet:
    """`meetings` have their state and their progress annotated."""
    cells: list[Cell] = [
        (Column(_("Date"), "date"), lambda meeting: meeting.date),
        (Column(_("Début"), width=10), lambda meeting: time_short(meeting.starts_at)),
        (Column(_("Fin"), width=10), lambda meeting: time_short(meeting.ends_at)),
        (Column(_("Groupe"), width=36), lambda meeting: meeting.group.label),
        (Column(_("Titre"), width=30), lambda meeting: meeting.title),
        (Column(_("Durée prévue"), width=14), lambda meeting: str(meeting.get_planned_portion_display())),
        (Column(_("Modalité"), width=14), lambda meeting: str(meeting.get_modality_display())),
        (Column(_("Lieu"), width=30), lambda meeting: meeting.place),
        (Column(_("Saisies"), "number"), lambda meeting: meeting.marked),
        (Column(_("Attendues"), "number"), lambda meeting: meeting.expected),
        (Column(_("État"), width=14), lambda meeting: str(MeetingState(meeting.state).label)),
    ]
    return table(_("Rencontres"), cells, meetings, notes=notes)
