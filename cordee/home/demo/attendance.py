"""The attendance of the meetings that were held: an ordinary year by arithmetic, written with its history."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from cordee.home.demo.codes import declared_at
from cordee.home.demo.year import Mark, Seat, Year, at
from cordee.meetings.models import Attendance, AttendanceChange, Meeting, Portion, Source, Validation

ABSENCES = ("Autre engagement", "Remplacement introuvable", "Congé", "Formation dans mon milieu")
ELSEWHERE = "Retenu à la rencontre d’un autre groupe"
OTHER_TEAM = "Rencontre de l’équipe Transitions"
# What someone imported from a centre's own file, rather than marked on the roster.
IMPORTED_EVERY = 7


def mark_ordinary_year(year: Year) -> None:
    """Everyone expected gets a mark: of a hundred, nine are absent and six stay half of a day."""
    places = {key: place for place, key in enumerate(year.people)}
    busy: dict[tuple[str, object], list[Meeting]] = {}
    for number, (key, meeting) in enumerate(year.held()):
        for person, membership in year.expected(key):
            chance = (number * 31 + places[person] * 17) % 100
            mark = _ordinary(meeting, chance)
            others = busy.setdefault((person, meeting.date), [])
            if any(overlap(meeting, other) for other in others):
                mark = Mark(Portion.NONE, ELSEWHERE)
            if meeting.title and membership.team and membership.team.name == "TEVA":
                mark = Mark(Portion.NONE, OTHER_TEAM)
            if mark.portion != Portion.NONE:
                others.append(meeting)
            year.marks[key, person] = mark


def _ordinary(meeting: Meeting, chance: int) -> Mark:
    if chance < 9:
        return Mark(Portion.NONE, ABSENCES[chance % len(ABSENCES)])
    if chance < 15 and meeting.planned_portion == Portion.DAY:
        return Mark(Portion.HALF)
    return Mark(meeting.planned_portion)


def overlap(one: Meeting, other: Meeting) -> bool:
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at


def write_attendance(year: Year) -> None:
    """The marks as rows, each with the line of its history, and the validation of the meetings that have one."""
    seats = list(year.marks)
    rows = Attendance.objects.bulk_create(_attendances(year, seats))
    year.attendances = dict(zip(seats, rows, strict=True))
    AttendanceChange.objects.bulk_create(_first_change(attendance) for attendance in rows)
    Validation.objects.bulk_create(_validations(year))


def _attendances(year: Year, seats: list[Seat]) -> Iterator[Attendance]:
    sources = {
        key: Source.IMPORT if number % IMPORTED_EVERY == 3 else Source.ROSTER
        for number, key in enumerate(year.meetings)
    }
    for key, person in seats:
        meeting, mark = year.meetings[key], year.marks[key, person]
        declared = declared_at(year, (key, person))
        yield Attendance(
            meeting=meeting,
            person=year.people[person],
            portion=mark.portion,
            reason=mark.reason,
            source=Source.CHECKIN if declared else sources[key],
            marked_by=year.people[person] if declared else year.keeper(year.slugs[key]),
            marked_at=declared or after(meeting, minutes=-20),
        )


def _first_change(attendance: Attendance) -> AttendanceChange:
    return AttendanceChange(
        attendance=attendance,
        before=Portion.UNMARKED,
        after=attendance.portion,
        reason=attendance.reason,
        source=attendance.source,
        changed_by=attendance.marked_by,
        changed_at=attendance.marked_at,
    )


def _validations(year: Year) -> Iterator[Validation]:
    for key, meeting in year.held():
        if key not in year.unvalidated and key not in year.late:
            yield Validation(
                meeting=meeting,
                validated_by=year.keeper(year.slugs[key]),
                validated_at=after(meeting, minutes=35),
            )


def after(meeting: Meeting, *, minutes: int) -> datetime:
    return at(meeting.date, meeting.ends_at.hour, meeting.ends_at.minute) + timedelta(minutes=minutes)
