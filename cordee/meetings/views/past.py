"""What happened to a meeting, in words: acts of the journal, who marked how many, corrections with their reasons."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Count, Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.meetings.models import Attendance, AttendanceChange, Meeting, Portion, Source
from cordee.meetings.views.scope import names_for
from cordee.people.models import Person
from cordee.records import journal
from cordee.records.models import JournalEntry

type Entry = dict[str, Any]


def past_of(meeting: Meeting, viewer: Person, *, on: date) -> list[Entry]:
    """The latest first; four queries whatever happened. Names as far as the viewer may know them."""
    entries = [*acts(meeting), *markers(meeting), *corrections(meeting)]
    names = names_for(viewer, {entry["actor"] for entry in entries}, on=on)
    for entry in entries:
        entry["who"] = names.get(entry["actor"]) or (_("Qui anime le groupe") if entry["actor"] else _("Le système"))
    return sorted(entries, key=lambda entry: entry["at"], reverse=True)


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
        case "meeting.planned":
            return _("a ajouté la rencontre")
        case "meeting.cancelled":
            return cancelled(details.get("reason", ""))
        case "meeting.restored":
            return _("a rétabli la rencontre")
        case "meeting.validated":
            return validated(len(details.get("absences", [])))
        case "meeting.validation-withdrawn":
            return _("a retiré la validation")
        case "attendance.undone":
            count = len(details.get("undone", []))
            text = ngettext("a remis %(count)s présence comme avant", "a remis %(count)s présences comme avant", count)
            return text % {"count": count}
    return ""


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


def markers(meeting: Meeting) -> Iterator[Entry]:
    """Who the marks in force come from, and since when."""
    marks = Attendance.objects.filter(meeting=meeting).exclude(portion="").exclude(source=Source.CORRECTION)
    by_whom = marks.order_by().values("marked_by", "source").annotate(count=Count("pk"), latest=Max("marked_at"))
    for row in by_whom:
        text = ngettext("a saisi %(count)s personne (%(source)s)", "a saisi %(count)s personnes (%(source)s)", row["count"])
        words = {"count": row["count"], "source": Source(row["source"]).label}
        yield {"actor": row["marked_by"], "text": text % words, "at": row["latest"]}


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
