"""The history of a claim in words: its journal, and what was corrected under it."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import OuterRef, Q, Subquery, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext as _

from cordee.meetings.models import AttendanceChange, Portion, Source
from cordee.people.models import Person
from cordee.records.models import JournalEntry
from cordee.toolkit import formats
from cordee.treasury.models import Claim, ClaimLine
from cordee.treasury.rules import codes
from cordee.treasury.views.wording import category as category_words

AMOUNTS = ("total", "claimed", "held")


class PastEvent(NamedTuple):
    """What somebody did, in words that follow their name."""

    who: str
    text: str
    at: datetime

    @property
    def sentence(self) -> str:
        """`15 janvier 2025 : Flavie Ressaut a soumis 7 480,00 $`, for a printed document."""
        said = {"label": formats.date_long(self.at), "text": f"{self.who} {self.text}"}
        return _("%(label)s : %(text)s") % said


def past_of(claim: Claim, people: Mapping[int, str]) -> list[PastEvent]:
    """The newest first; two queries. `people` names those of its lines, whose category may have been corrected."""
    events = [*_journal(claim, people), *_attendance(claim)]
    return sorted(events, key=lambda event: event.at, reverse=True)


def _journal(claim: Claim, people: Mapping[int, str]) -> Iterator[PastEvent]:
    """What was done with the claim, and to the category of its people."""
    own = Q(subject_kind=Claim._meta.label_lower, subject_id=str(claim.pk))
    theirs = Q(subject_kind=Person._meta.label_lower, subject_id__in=[str(person) for person in people])
    entries = JournalEntry.objects.filter(own | theirs & Q(act="person.affiliation_corrected"))
    name = Person.objects.filter(pk=OuterRef("actor_id")).values(name=Concat("first_name", Value(" "), "last_name"))
    for entry in entries.select_related("detail").annotate(actor_name=Subquery(name)).order_by("-id"):
        payload = _payload(entry)
        if entry.act == "person.affiliation_corrected":
            said = _category(claim, people[int(entry.subject_id)], payload)
        elif payload.get("code") == codes.CATEGORY_UNKNOWN:
            said = ""  # the correction itself says it, with the name
        else:
            said = _words(entry.act, payload)
        if said:
            yield PastEvent(entry.actor_name or _("Le calcul automatique"), said, entry.at)


def _category(claim: Claim, name: str, payload: Mapping[str, Any]) -> str:
    """The category of staff corrected for this employer, or nothing."""
    before, after = payload.get("before", {}), payload.get("after", {})
    if after.get("organization") != claim.organization_id or before.get("category") == after.get("category"):
        return ""
    return _("a corrigé la catégorie de %(name)s : %(category)s") % {
        "name": name,
        "category": category_words(after.get("category", "")),
    }


def _attendance(claim: Claim) -> Iterator[PastEvent]:
    """Marks corrected after their meeting was validated, of the attendance this claim holds or held."""
    held = ClaimLine.objects.filter(claim=claim).values("attendance")
    corrected = AttendanceChange.objects.filter(source=Source.CORRECTION, attendance__in=held).order_by("-pk")
    for change in corrected.select_related("changed_by", "attendance__person", "attendance__meeting__group"):
        about = change.attendance
        words = _("a corrigé la présence de %(name)s, %(group)s, %(day)s : %(portion)s") % {
            "name": about.person.full_name,
            "group": about.meeting.group.label,
            "day": formats.date_long(about.meeting.date),
            "portion": str(Portion(change.after).label).lower(),
        }
        yield PastEvent(change.changed_by.full_name if change.changed_by else "", words, change.changed_at)


def _payload(entry: JournalEntry) -> dict[str, Any]:
    detail = getattr(entry, "detail", None)
    return detail.payload if detail else {}


def _words(act: str, payload: Mapping[str, Any]) -> str:
    about = dict.fromkeys((*AMOUNTS, "reason", "reference", "decision"), "")
    for name in payload.keys() & about.keys():
        about[name] = formats.money(Decimal(payload[name])) if name in AMOUNTS else payload[name]
    if act == "claim.settled":
        return _settled(payload.get("code", ""), about)
    return _sentence(act) % about


def _settled(code: str, about: dict[str, str]) -> str:
    if code == codes.NOT_A_MEMBER:
        about["decision"] = formats.date_long(date.fromisoformat(about["decision"]))
    said = {
        codes.SECOND_SUPPORTED: _("a inscrit l’entente avec %(decision)s"),
        codes.NOT_A_MEMBER: _("a confirmé un membre à partir du %(decision)s"),
    }.get(code, _("a inscrit la décision %(decision)s du comité exécutif")) % about
    if not about["total"]:
        return said
    return _("%(said)s, ce qui ajoute %(total)s") % {"said": said, "total": about["total"]}


def _sentence(act: str) -> str:
    sentences = {
        "claim.drafted": _("a assemblé le brouillon : %(claimed)s réclamés, %(held)s en suspens"),
        "claim.submitted": _("a soumis %(total)s"),
        "claim.submission_undone": _("a annulé la soumission"),
        "claim.verified": _("a vérifié la réclamation"),
        "claim.verification_undone": _("a annulé la vérification"),
        "claim.approved": _("a approuvé %(total)s"),
        "claim.approval_undone": _("a annulé l’approbation"),
        "claim.paid": _("a inscrit le paiement, %(reference)s"),
        "claim.carried": _("a reporté %(total)s à la prochaine réclamation"),
        "claim.payment_undone": _("a annulé le paiement"),
        "claim.returned": _("a renvoyé la réclamation : %(reason)s"),
        "claim.return_undone": _("a annulé le renvoi"),
    }
    return sentences.get(act, act.replace("%", "%%"))
