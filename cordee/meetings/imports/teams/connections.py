"""The reports of one meeting put together: each identity once, with all its connections as real time.

Three things may have to be asked of a report as a whole: in which order its dates are, whether its hours are those of
another zone, and whether a mere list of entries and exits is to be believed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cordee.meetings.imports.answers import Answers, key_of
from cordee.meetings.imports.matching import CREATE, Question
from cordee.meetings.imports.teams.files import refuse_another_day
from cordee.meetings.imports.teams.sentences import reading_of, warnings_of
from cordee.meetings.models import Meeting
from cordee.meetings.rules import teams

REPLACE = "replace"
HOUR = 3600
ORDER, HOURS, EVENTS = "order", "hours", "events"


@dataclass(slots=True)
class Identity:
    """`spans` are what may be counted, `doubtful` what a mere event list says and nobody believed yet."""

    participant: teams.Participant
    spans: list[teams.Window] = field(default_factory=list)
    doubtful: list[teams.Window] = field(default_factory=list)
    notes: list[tuple[teams.Note, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ReportFile:
    """A report with where it came from, and what is to be said of it as a whole."""

    name: str
    sha256: str
    report: teams.Report
    is_new: bool
    warnings: tuple[str, ...] = ()


class Connections:
    """`waits` is True while the order of dates of a report is to be chosen: nothing can be said before."""

    def __init__(self, meeting: Meeting, proposal: dict[str, Any], earlier: Sequence[dict[str, Any]]) -> None:
        self.meeting = meeting
        self.zone = timezone.get_default_timezone()
        self.windows = teams.windows_of(meeting.date, meeting.starts_at, meeting.ends_at, self.zone)
        self.answers = _answers_of(proposal, earlier)
        self.questions: list[Question] = []
        self.identities: dict[str, Identity] = {}
        self.files: list[ReportFile] = []
        self.waits = False
        for each, is_new in [*((each, False) for each in earlier), (proposal, True)]:
            for file in each["files"]:
                self._take(file, is_new=is_new)

    def _take(self, file: dict[str, Any], *, is_new: bool) -> None:
        if any(known.sha256 == file["sha256"] for known in self.files):
            return
        report = teams.report_from(file["report"])
        refuse_another_day(report, self.meeting)
        taken = ReportFile(file["name"], file["sha256"], report, is_new)
        order = self._order(taken)
        if order is None:
            self.waits = True
            self.files.append(taken)
            return
        self.files.append(replace(taken, warnings=tuple(warnings_of(report, order, self.meeting.date))))
        self._read(taken, order)

    def _order(self, file: ReportFile) -> teams.Order | None:
        fitting = teams.orders_on(file.report, self.meeting.date)
        if len(fitting) == 1:
            return fitting[0]
        question = self._ask(file, ORDER, _("De quel jour sont les dates de ce rapport?"))
        question.candidates = []
        question.suggested = {order: reading_of(file.report, order) for order in fitting}
        question.answered = question.act in fitting
        return next((order for order in fitting if order == question.act), None)

    def _read(self, file: ReportFile, order: teams.Order) -> None:
        read = [
            (one, *teams.spans_of(one, file.report, order, self.windows, self.zone)) for one in file.report.participants
        ]
        shift = self._shift(file, [teams.presence_of(spans, self.windows) for _one, spans, _notes in read])
        believed = file.report.shape != teams.Shape.EVENTS or self._believed(file)
        for one, spans, notes in read:
            identity = self.identities.setdefault(one.key, Identity(one))
            shifted = [(start + shift, end + shift) for start, end in spans]
            (identity.spans if believed else identity.doubtful).extend(shifted)
            identity.notes.extend(note for note in notes if note not in identity.notes)

    def _shift(self, file: ReportFile, presences: Sequence[teams.Presence]) -> int:
        hours = teams.hours_apart(presences, self.windows)
        if not hours:
            return 0
        question = self._ask(file, HOURS, _("Les heures de ce rapport sont décalées d’un nombre entier d’heures"))
        question.suggested = {"hours": str(-hours)}
        question.answered = True
        return -hours * HOUR if question.act == REPLACE else 0

    def _believed(self, file: ReportFile) -> bool:
        question = self._ask(file, EVENTS, _("Une liste d’entrées et de sorties ne prouve pas la présence"))
        question.answered = True
        return question.act == REPLACE

    def _ask(self, file: ReportFile, kind: str, label: str) -> Question:
        key = key_of(kind[0], file.sha256)
        question = Question(key, kind, label, self.answers.get(key, {}), detail=file.name)
        if file.is_new:
            self.questions.append(question)
        return question


def _answers_of(proposal: dict[str, Any], earlier: Sequence[dict[str, Any]]) -> Answers:
    """What was answered before holds, but for people it created: they are on record by now."""
    before = {key: answer for each in earlier for key, answer in each["choices"].items() if answer.get("act") != CREATE}
    return {**before, **proposal["choices"]}
