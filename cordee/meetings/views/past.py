"""What happened to a meeting, in words: acts of the journal, who marked how many, corrections with their reasons."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.meetings.acts import WORDS
from cordee.meetings.models import AttendanceChange, Line, Meeting, Portion, Source
from cordee.records import journal
from cordee.records.models import JournalEntry

type Entry = dict[str, Any]
# Acts that say all there is to say.
PLAIN = (
    "meeting.planned",
    "meeting.announced",
    "meeting.edited",
    "meeting.agenda-written",
    "meeting.restored",
    "meeting.validation-withdrawn",
    "minutes.approved",
    "minutes.approval-withdrawn",
    "minutes.locked",
    "minutes.corrected",
    "document.added",
    "document.removed",
)


def past_of(meeting: Meeting, lines: Iterable[Line]) -> list[Entry]:
    """The latest first, each with the id of its `actor`; two queries beside the `lines` of the roster."""
    entries = [*acts(meeting), *markers(lines)]
    if meeting.is_validated:
        entries += corrections(meeting)
    return sorted(entries, key=lambda entry: entry["at"], reverse=True)


def named(entries: list[Entry], names: dict[int, str]) -> list[Entry]:
    """The same with `who` did it, as far as their name may be known."""
    unknown = {True: _("Qui anime le groupe"), False: _("Le système")}
    return [{**entry, "who": names.get(entry["actor"]) or unknown[bool(entry["actor"])]} for entry in entries]


def acts(meeting: Meeting) -> Iterator[Entry]:
    """What the journal holds; a validation or a cancellation that came with loaded data stands in its own row only."""
    written = list(journal.history(meeting))
    for entry in written:
        if text := sentence(entry):
            yield {"actor": entry.actor_id, "text": text, "at": entry.at}
    known = {entry.act for entry in written}
    if meeting.is_validated and "meeting.validated" not in known:
        row = meeting.validation
        yield {"actor": row.validated_by_id, "text": validated(0), "at": row.validated_at}
    if meeting.is_cancelled and "meeting.cancelled" not in known:
        row = meeting.cancellation
        yield {"actor": row.cancelled_by_id, "text": cancelled(row.reason), "at": row.cancelled_at}


def sentence(entry: JournalEntry) -> str:
    """What someone did, after their name; empty for an act that has no words here."""
    details = entry.detail.payload if hasattr(entry, "detail") else {}
    match entry.act:
        case act if act in PLAIN:
            return str(WORDS[act])
        case "meeting.moved":
            return moved(details.get("reason", ""))
        case "meeting.cancelled":
            return cancelled(details.get("reason", ""))
        case "meeting.validated":
            return validated(len(details.get("absences", [])))
        case "attendance.undone":
            count = len(details.get("undone", []))
            text = ngettext("a remis %(count)s présence comme avant", "a remis %(count)s présences comme avant", count)
            return text % {"count": count}
    return ""


def moved(reason: str) -> str:
    return _("a déplacé la rencontre, %(reason)s") % {"reason": reason} if reason else _("a déplacé la rencontre")


def cancelled(reason: str) -> str:
    return _("a annulé la rencontre, %(reason)s") % {"reason": reason} if reason else _("a annulé la rencontre")


def validated(absences: int) -> str:
    if not absences:
        return _("a validé les présences")
    text = ngettext(
        "a validé les présences et inscrit %(count)s absence",
        "a validé les présences et inscrit %(count)s absences",
        absences,
    )
    return text % {"count": absences}


def markers(lines: Iterable[Line]) -> Iterator[Entry]:
    """Who the marks in force come from, and since when."""
    marks = [line.attendance for line in lines if line.attendance and line.portion]
    origins: dict[tuple[int | None, str], list[datetime]] = {}
    for mark in marks:
        if mark.source != Source.CORRECTION:
            origins.setdefault((mark.marked_by_id, mark.source), []).append(mark.marked_at)
    for (actor, source), moments in origins.items():
        count = len(moments)
        text = ngettext("a saisi %(count)s personne (%(source)s)", "a saisi %(count)s personnes (%(source)s)", count)
        words = {"count": count, "source": Source(source).label}
        yield {"actor": actor, "text": text % words, "at": max(moments)}


def corrections(meeting: Meeting) -> Iterator[Entry]:
    made = AttendanceChange.objects.filter(attendance__meeting=meeting, source=Source.CORRECTION)
    for change in made.select_related("attendance__person").order_by("pk"):
        text = _("a corrigé %(person)s : %(before)s → %(after)s, %(reason)s") % {
            "person": change.attendance.person.full_name,
            "before": Portion(change.before).label,
            "after": Portion(change.after).label,
            "reason": change.reason,
        }
        yield {"actor": change.changed_by_id, "text": text, "at": change.changed_at}
