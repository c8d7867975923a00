"""A file of attendance: kept as a proposal, applied in one act, taken back in one act.

What a file creates (people, groups, meetings) stays when the import is undone, because the history of its marks rests
on it and is never rewritten: the marks go back to what they were, and the meetings are cancelled with that reason.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.meetings import policy
from cordee.meetings.actions import refusals
from cordee.meetings.actions.marking import CHANGED, change_of
from cordee.meetings.models import Attendance, AttendanceChange, Cancellation, Meeting, Source
from cordee.people.actions.aliases import remember_aliases, restore_aliases
from cordee.people.models import Affiliation, Group, Person
from cordee.records import journal
from cordee.records.models import ImportBatch
from cordee.toolkit import clock
from cordee.toolkit.access import enforce
from cordee.toolkit.refusals import Refusal

KIND = "attendance"
AT_ONCE = 500

type Reference = int | str  # the identifier of what exists, or the key of what this import creates


@dataclass(frozen=True, slots=True)
class NewGroup:
    key: str
    name: str
    number: str
    kind: str


@dataclass(frozen=True, slots=True)
class NewPerson:
    key: str
    first_name: str
    last_name: str
    email: str
    organization: int
    category: str
    employed_from: date


@dataclass(frozen=True, slots=True)
class NewMeeting:
    """`restores` is a meeting that the undoing of an earlier import cancelled: it comes back instead."""

    key: str
    group: Reference
    day: date
    starts_at: time
    ends_at: time
    planned_portion: str
    modality: str
    restores: int | None = None


@dataclass(frozen=True, slots=True)
class ImportedMark:
    """`version` is that of the attendance one saw, 0 when none was recorded."""

    meeting: Reference
    person: Reference
    portion: str
    reason: str
    version: int


@dataclass(slots=True)
class Plan:
    groups: list[NewGroup] = field(default_factory=list)
    people: list[NewPerson] = field(default_factory=list)
    meetings: list[NewMeeting] = field(default_factory=list)
    marks: list[ImportedMark] = field(default_factory=list)
    aliases: dict[tuple[str, str], Reference] = field(default_factory=dict)
    source: Source = Source.IMPORT

    @property
    def is_empty(self) -> bool:
        return not self.marks and not self.aliases


class NothingToImport(Refusal):
    sentence = gettext_lazy("Aucune ligne n’est prête : rien n’a changé. Répondez d’abord aux questions de l’aperçu.")


class AlreadyApplied(Refusal):
    sentence = gettext_lazy("Cette importation est déjà faite. Ouvrez son résultat pour la voir ou l’annuler.")


class NotApplied(Refusal):
    sentence = gettext_lazy("Cette importation n’est pas en vigueur : il n’y a rien à annuler.")


class Outdated(Refusal):
    sentence = gettext_lazy(
        "Des présences ont changé pendant que vous lisiez l’aperçu : rien n’a été importé. Relisez-le, puis confirmez."
    )


class ChangedSince(Refusal):
    sentence = gettext_lazy(
        "Des présences de cette importation ont été modifiées depuis : elle ne s’annule plus d’un coup."
        " Corrigez-les sur la feuille de présences."
    )


class AddressTaken(Refusal):
    sentence = gettext_lazy(
        "Une des adresses courriel est déjà celle d’une autre personne : rien n’a été importé."
        " Rattachez plutôt ces lignes à sa fiche."
    )


def propose_import(
    *, file_name: str, sha256: str, proposal: dict[str, Any], by: Person | None, on: date, kind: str = KIND
) -> ImportBatch:
    """Keep what was read of a file until someone confirms it. Nothing else changes. `by` None: the system."""
    _enforce(by, on=on)
    with transaction.atomic():
        batch = ImportBatch.objects.create(
            kind=kind,
            file_name=file_name[:200],
            sha256=sha256,
            created_at=clock.now(),
            created_by_id=by.pk if by else None,
            proposal=proposal,
        )
        journal.write("import.proposed", batch, by=by)
    return batch


def choose_for_import(*, batch: ImportBatch, choices: dict[str, Any], by: Person | None, on: date) -> None:
    """Keep the answers given in the preview, as typed."""
    _enforce(by, on=on)
    with transaction.atomic():
        batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        if batch.applied_at:
            raise AlreadyApplied
        batch.proposal["choices"] = choices
        batch.save(update_fields=["proposal"])
        journal.write("import.answered", batch, by=by)


def apply_import(
    *, batch: ImportBatch, plan: Plan, correction_reason: str, by: Person | None, on: date
) -> list[AttendanceChange]:
    """Write the whole plan or nothing. What already is as the file says must not be in it.

    `correction_reason` is kept with every mark of a validated meeting.
    """
    _enforce(by, on=on)
    if plan.is_empty:
        raise NothingToImport
    try:
        with transaction.atomic():
            batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
            if batch.applied_at:
                raise AlreadyApplied
            return _apply(batch, plan, correction_reason, by=by, on=on)
    except IntegrityError as error:
        raise (AddressTaken if "person_email" in str(error) else Outdated) from None


def undo_import(*, batch: ImportBatch, by: Person, on: date) -> list[AttendanceChange]:
    """Give every mark back what it was. Refused as a whole when one was changed since."""
    _enforce(by, on=on)
    with transaction.atomic():
        batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        if not batch.applied or batch.undone_at:
            raise NotApplied
        _lock_meetings(batch.applied["locked"])
        changes = _undone(batch, by=by)
        _refuse_groups({change.attendance.meeting.group_id for change in changes}, by=by, on=on)
        _save(changes)
        _cancel_made(batch.applied["meetings"], by=by)
        restore_aliases(before=batch.applied.get("aliases", {}), by=by, on=on)
        batch.undone_at = clock.now()
        batch.save(update_fields=["undone_at"])
        journal.write("import.undone", batch, by=by, marks=len(changes))
    return changes


def _enforce(by: Person | None, *, on: date) -> None:
    """The system (a command run on the server) may; a person must be allowed to."""
    if by is not None:
        enforce(policy.can_import(by, on=on))


def _refuse_groups(groups: Iterable[int], *, by: Person | None, on: date) -> None:
    for group in groups:
        if by is not None:
            enforce(policy.can_import_for(by, group, on=on))


def _apply(
    batch: ImportBatch, plan: Plan, correction_reason: str, *, by: Person | None, on: date
) -> list[AttendanceChange]:
    groups = _make_groups(plan.groups, by=by, on=on)
    people = _make_people(plan.people)
    meetings = _make_meetings(plan.meetings, groups)
    locked = _lock_meetings({mark.meeting for mark in plan.marks if isinstance(mark.meeting, int)})
    _refuse_groups({meeting.group_id for meeting in [*locked.values(), *meetings.values()]}, by=by, on=on)
    places = [(meetings.get(m.meeting) or locked[m.meeting], people.get(m.person) or m.person, m) for m in plan.marks]
    changes, reasons = _changes(places, correction_reason, by=by, source=plan.source)
    _save(changes)
    batch.applied = {
        "groups": sorted(group.pk for group in groups.values()),
        "people": sorted(people.values()),
        "meetings": sorted(meeting.pk for meeting in meetings.values()),
        "locked": sorted({meeting.pk for meeting in [*locked.values(), *meetings.values()]}),
        "changes": _runs(change.pk for change in changes),
        "marks": len(changes),
        "aliases": _remember(plan, people, by=by, on=on),
        "reasons": {str(change.attendance_id): was for change, was in zip(changes, reasons, strict=True) if was},
    }
    batch.applied_at = clock.now()
    batch.save(update_fields=["applied", "applied_at"])
    journal.write("import.applied", batch, by=by, marks=len(changes), meetings=batch.applied["locked"])
    return changes


def _make_groups(new: Sequence[NewGroup], *, by: Person | None, on: date) -> dict[Reference, Group]:
    if new and by is not None:
        enforce(policy.can_create_groups(by, on=on))
    taken = set(Group.objects.order_by("pk").values_list("slug", flat=True)) if new else set()
    made: dict[Reference, Group] = {}
    for wanted in new:
        base = slugify(f"{wanted.number} {wanted.name}")[:56] or "groupe"
        slug = next(name for name in (base, *(f"{base}-{n}" for n in range(2, 1000))) if name not in taken)
        taken.add(slug)
        made[wanted.key] = Group.objects.create(slug=slug, name=wanted.name, number=wanted.number, kind=wanted.kind)
    return made


def _make_people(new: Sequence[NewPerson]) -> dict[Reference, int]:
    people = Person.objects.bulk_create(
        Person(first_name=each.first_name, last_name=each.last_name, email=each.email or None) for each in new
    )
    Affiliation.objects.bulk_create(
        Affiliation(
            person=person, organization_id=each.organization, category=each.category, starts_on=each.employed_from
        )
        for person, each in zip(people, new, strict=True)
    )
    return {each.key: person.pk for person, each in zip(people, new, strict=True)}


def _remember(plan: Plan, people: dict[Reference, int], *, by: Person | None, on: date) -> dict[str, int | None]:
    """The other names of people, each with whose it was before."""
    aliases = {alias: people.get(person) or int(person) for alias, person in plan.aliases.items()}
    return remember_aliases(aliases=aliases, by=by, on=on)


def _make_meetings(new: Sequence[NewMeeting], groups: dict[Reference, Group]) -> dict[Reference, Meeting]:
    made: dict[Reference, Meeting] = {}
    restored = Meeting.objects.in_bulk([each.restores for each in new if each.restores])
    Cancellation.objects.filter(meeting__in=restored).delete()
    for each in new:
        meeting = restored.get(each.restores) or Meeting(date=each.day, title="", place="")
        if not each.restores:
            meeting.group_id = groups[each.group].pk if each.group in groups else each.group
        meeting.starts_at, meeting.ends_at = each.starts_at, each.ends_at
        meeting.planned_portion, meeting.modality = each.planned_portion, each.modality
        meeting.save()
        made[each.key] = meeting
    return made


def _lock_meetings(meetings: Iterable[Reference]) -> dict[Reference, Meeting]:
    """Kept from others until the end, always in the same order, so that two imports wait instead of crossing."""
    rows = Meeting.objects.select_for_update(of=("self",)).filter(pk__in=list(meetings)).order_by("pk")
    return {meeting.pk: meeting for meeting in rows.select_related("validation", "cancellation")}


def _changes(
    places: Sequence[tuple[Meeting, Any, ImportedMark]], correction_reason: str, *, by: Person | None, source: str
) -> tuple[list[AttendanceChange], list[str]]:
    """The changes, their attendances holding the new values unsaved, and the reasons these had before.

    Raises Outdated when one moved meanwhile.
    """
    now = clock.now()
    recorded = {
        (attendance.meeting_id, attendance.person_id): attendance
        for attendance in Attendance.objects.filter(meeting__in={meeting.pk for meeting, _p, _m in places})
    }
    changes, reasons = [], []
    for meeting, person, mark in places:
        attendance = recorded.get((meeting.pk, person)) or Attendance(meeting=meeting, person_id=person, version=0)
        if attendance.version != mark.version or meeting.is_cancelled:
            raise Outdated
        if meeting.is_validated and not correction_reason:  # since the preview
            raise refusals.ReasonMissing
        reasons.append(attendance.reason)
        reason = correction_reason if meeting.is_validated else mark.reason
        change = change_of(attendance, mark.portion, reason, by=by, at=now, source=source)
        if meeting.is_validated:
            attendance.reason = mark.reason
        changes.append(change)
    return changes, reasons


def _save(changes: Sequence[AttendanceChange]) -> None:
    new = [change.attendance for change in changes if change.attendance.pk is None]
    old = [change.attendance for change in changes if change.attendance.pk is not None]
    Attendance.objects.bulk_create(new, batch_size=AT_ONCE)
    # An upsert of rows that are there: five times as fast as an UPDATE of thousands of CASE.
    Attendance.objects.bulk_create(
        old, batch_size=AT_ONCE, update_conflicts=True, unique_fields=["pk"], update_fields=CHANGED
    )
    for change in changes:
        change.attendance_id = change.attendance.pk
    AttendanceChange.objects.bulk_create(changes, batch_size=AT_ONCE)


def _undone(batch: ImportBatch, *, by: Person) -> list[AttendanceChange]:
    """For each mark of the import the change that takes it back; the history keeps both."""
    wanted = {pk for first, last in batch.applied["changes"] for pk in range(first, last + 1)}
    ours = AttendanceChange.objects.filter(pk__in=wanted)
    rows = AttendanceChange.objects.filter(attendance__in=ours.order_by().values("attendance"))
    histories: dict[int, list[AttendanceChange]] = {}
    for change in rows.select_related("attendance__meeting").order_by("pk"):
        histories.setdefault(change.attendance_id, []).append(change)
    if {history[-1].pk for history in histories.values()} != wanted:
        raise ChangedSince
    now, reason = clock.now(), _("Importation annulée")
    changes = []
    for *earlier, last in histories.values():
        source = earlier[-1].source if earlier else last.source
        change = change_of(last.attendance, last.before, reason, by=by, at=now, source=source)
        last.attendance.reason = batch.applied["reasons"].get(str(last.attendance_id), "")
        changes.append(change)
    return changes


def _cancel_made(meetings: Iterable[int], *, by: Person) -> None:
    """A meeting that an import made is cancelled with it, unless someone else's marks stand there."""
    empty = Meeting.objects.filter(pk__in=list(meetings), cancellation__isnull=True, validation__isnull=True)
    for meeting in empty.exclude(attendances__portion__in=("none", "half", "day")).order_by("pk"):
        Cancellation.objects.create(
            meeting=meeting, reason=_("Importation annulée"), cancelled_by=by, cancelled_at=clock.now()
        )


def _runs(identifiers: Iterable[int]) -> list[list[int]]:
    """Ascending identifiers as runs: thousands of marks in a few numbers."""
    runs: list[list[int]] = []
    for identifier in sorted(identifiers):
        if runs and identifier == runs[-1][1] + 1:
            runs[-1][1] = identifier
        else:
            runs.append([identifier, identifier])
    return runs
