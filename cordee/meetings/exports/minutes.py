"""The minutes of a meeting as a document."""

from typing import Any

from django.utils.translation import gettext as _

from cordee.meetings.models import FollowUp, Meeting, MinutesCorrection
from cordee.meetings.models.gathering import Gathering
from cordee.toolkit.formats import date_full, date_long, time_short


def minutes_document(gathering: Gathering) -> dict[str, Any]:
    """The data of `meetings/typst/minutes.typ`: what people wrote is a tree of blocks, never markup."""
    written = [(entry, entry.section) for entry in gathering.written if entry.section]
    return {
        "title": _("Compte rendu, %(group)s") % {"group": gathering.meeting.group.label},
        "lede": lede(gathering.meeting),
        "state": state_in_words(gathering),
        "cooperative": _("Coopérative régionale de développement professionnel de la Montérégie et de l’Estrie"),
        "people": [
            [_("Présences"), gathering.present],
            [_("Absences motivées"), gathering.excused],
            [_("Absences annoncées"), gathering.declined],
            [_("Absences"), gathering.absent],
        ],
        "parts": [
            {"title": entry.title, "language": section.language, "blocks": entry.blocks} for entry, section in written
        ],
        "follow_ups": [follow_up_row(gathering, follow_up) for follow_up in gathering.follow_ups],
        "corrections": [correction_row(gathering, correction) for correction in gathering.corrections],
        "words": {
            "follow_ups": _("Suivis"),
            "header": [_("Quoi"), _("Qui"), _("Quand"), _("État")],
            "corrections": _("Corrections"),
            "empty": _("Rien n’est écrit."),
        },
    }


def lede(meeting: Meeting) -> str:
    hours = _("%(start)s à %(end)s") % {"start": time_short(meeting.starts_at), "end": time_short(meeting.ends_at)}
    parts = [date_full(meeting.date), hours, meeting.place, str(meeting.get_modality_display()), meeting.title]
    return ", ".join(part for part in parts if part)


def state_in_words(gathering: Gathering) -> str:
    """`Approuvé à la rencontre du 4 février 2025.`"""
    if gathering.is_open:
        return _("Brouillon, à approuver.")
    approval = gathering.meeting.minutes_approval
    if approval.at_meeting_id:
        return _("Approuvé à la rencontre du %(day)s.") % {"day": date_long(approval.approved_on)}
    return _("Approuvé par les membres le %(day)s.") % {"day": date_long(approval.approved_on)}


def follow_up_row(gathering: Gathering, follow_up: FollowUp) -> list[str]:
    due = date_long(follow_up.due_on) if follow_up.due_on else _("Sans date")
    state = _("Fait le %(day)s") % {"day": date_long(follow_up.done.done_at)} if follow_up.is_done else _("À faire")
    return [follow_up.what, gathering.name(follow_up.owner_id), due, state]


def correction_row(gathering: Gathering, correction: MinutesCorrection) -> dict[str, str]:
    words = {
        "who": gathering.name(correction.corrected_by_id),
        "day": date_long(correction.corrected_at),
        "part": part_of(gathering, correction.section_id),
        "reason": correction.reason,
    }
    return {"text": correction.text, "about": _("%(who)s, le %(day)s, %(part)s. Motif : %(reason)s") % words}


def part_of(gathering: Gathering, section: int | None) -> str:
    titles = (entry.title for entry in gathering.entries if entry.section and entry.section.pk == section)
    return next(titles, _("tout le compte rendu"))
