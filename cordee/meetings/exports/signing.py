"""The sheet people sign at the door."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cordee.meetings.models import Line, Meeting
from cordee.toolkit.formats import date_full, time_short

BLANKS = 5  # lines for people who were not expected


def sheet_title(meeting: Meeting) -> str:
    return _("Feuille à signer, %(group)s, %(day)s") % {"group": meeting.group.label, "day": meeting.date.isoformat()}


def sheet_document(meeting: Meeting, lines: Sequence[Line]) -> dict[str, Any]:
    """What `typst/sheet.typ` draws: the people of the roster in its order, then lines for those who come besides."""
    hours = {"from": time_short(meeting.starts_at), "until": time_short(meeting.ends_at)}
    return {
        "title": meeting.group.label,
        "cooperative": _("Coopérative régionale de développement professionnel de la Montérégie et de l’Estrie"),
        "lede": f"{date_full(meeting.date)}, " + _("%(from)s à %(until)s") % hours,
        "place": meeting.place,
        "header": [
            _("Nº"),
            _("Nom"),
            _("Organisation"),
            _("Catégorie"),
            pgettext("check-in", "Arrivée"),
            pgettext("check-in", "Départ"),
            _("Signature"),
        ],
        "rows": [[line.person.full_name, line.place, line.category] for line in lines],
        "walk_ins": _("Personnes venues sans être attendues"),
        "blanks": BLANKS,
    }
