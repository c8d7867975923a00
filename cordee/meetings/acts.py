"""What the journal says of the acts of meetings, and what they were done to."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cordee.meetings.models import Meeting
from cordee.people.models import Person
from cordee.toolkit.contributions import Subject, act_words, subjects
from cordee.toolkit.formats import date_long

WORDS: Mapping[str, str | Promise] = {
    "meeting.planned": _("a ajouté la rencontre"),
    "meeting.announced": _("a annoncé la rencontre"),
    "meeting.edited": _("a modifié la rencontre"),
    "meeting.moved": _("a déplacé la rencontre"),
    "meeting.cancelled": _("a annulé la rencontre"),
    "meeting.restored": _("a rétabli la rencontre"),
    "meeting.agenda-written": _("a écrit l’ordre du jour"),
    "meeting.answered": _("a répondu à l’invitation"),
    "meeting.validated": _("a validé les présences"),
    "meeting.validation-withdrawn": _("a retiré la validation"),
    "group.agenda-saved": _("a gardé l’ordre du jour comme modèle"),
    "attendance.marked": _("a saisi des présences"),
    "attendance.everyone-present": _("a marqué tout le monde présent"),
    "attendance.walk-in": _("a ajouté une personne venue sans être attendue"),
    "attendance.request-accepted": _("a accepté une présence déclarée"),
    "attendance.declared": _("a déclaré son arrivée ou son départ"),
    "attendance.undone": _("a remis des présences comme avant"),
    "attendance.corrected": _("a corrigé une présence"),
    "document.added": _("a déposé un document"),
    "document.removed": _("a retiré un document"),
    "document.restored": _("a remis un document"),
    "feed.opened": _("a ouvert une adresse de calendrier"),
    "feed.revoked": _("a fermé une adresse de calendrier"),
    "follow-up.added": _("a ajouté un suivi"),
    "follow-up.removed": _("a retiré un suivi"),
    "follow-up.done": _("a dit un suivi fait"),
    "follow-up.reopened": _("a rouvert un suivi"),
    "import.proposed": _("a déposé un fichier à importer"),
    "import.answered": _("a tranché une ligne d’importation"),
    "import.applied": _("a appliqué une importation"),
    "import.undone": _("a défait une importation"),
    "minutes.written": _("a écrit une partie du compte rendu"),
    "minutes.approved": _("a approuvé le compte rendu"),
    "minutes.approval-withdrawn": _("a retiré l’approbation du compte rendu"),
    "minutes.locked": _("a verrouillé le compte rendu"),
    "minutes.corrected": _("a corrigé le compte rendu"),
}


@act_words.contribute
def words() -> Iterable[tuple[str, str]]:
    return [(act, str(said)) for act, said in WORDS.items()]


@subjects.contribute
def meetings(person: Person, *, on: date, wanted: Mapping[str, Iterable[str]]) -> Iterator[Subject]:
    """One query when some are wanted."""
    if keys := wanted.get(Meeting._meta.label_lower):
        seen = Meeting.objects.visible_to(person, on=on).filter(pk__in=keys).select_related("group").order_by("pk")
        for one in seen:
            label = f"{one.group.label}, {date_long(one.date)}"
            yield Subject(Meeting._meta.label_lower, str(one.pk), label, reverse("meetings:detail", args=[one.pk]))
