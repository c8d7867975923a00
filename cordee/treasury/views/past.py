"""The history of a claim in words, from its journal."""

from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext as _

from cordee.people.models import Person
from cordee.records import journal
from cordee.records.models import JournalEntry
from cordee.toolkit import formats
from cordee.treasury.models import Claim


class PastEvent(NamedTuple):
    """What somebody did, in words that follow their name."""

    who: str
    text: str
    at: datetime

    @property
    def sentence(self) -> str:
        """`15 janvier 2025 : Flavie Ressaut a soumis 7 480,00 $`, for a printed document."""
        return _("%(label)s : %(text)s") % {
            "label": formats.date_long(self.at),
            "text": f"{self.who} {self.text}",
        }


def past_of(claim: Claim) -> list[PastEvent]:
    """The newest first, with the names of the actors; one query."""
    actor = Person.objects.filter(pk=OuterRef("actor_id")).values(name=Concat("first_name", Value(" "), "last_name"))
    entries = journal.history(claim).annotate(actor_name=Subquery(actor)).order_by("-id")
    return [PastEvent(who=entry.actor_name or "", text=_words(entry), at=entry.at) for entry in entries]


def _words(entry: JournalEntry) -> str:
    detail = getattr(entry, "detail", None)
    payload = detail.payload if detail else {}
    total = formats.money(Decimal(payload["total"])) if "total" in payload else ""
    about = {
        "total": total,
        "reason": payload.get("reason", ""),
        "reference": payload.get("reference", ""),
        "decision": payload.get("decision", ""),
    }
    return _sentence(entry.act) % about


def _sentence(act: str) -> str:
    sentences = {
        "claim.submitted": _("a soumis %(total)s"),
        "claim.submission_undone": _("a annulé la soumission"),
        "claim.verified": _("a vérifié la réclamation"),
        "claim.verification_undone": _("a annulé la vérification"),
        "claim.approved": _("a approuvé %(total)s"),
        "claim.approval_undone": _("a annulé l’approbation"),
        "claim.paid": _("a inscrit le paiement, %(reference)s"),
        "claim.carried": _("a reporté %(total)s à la prochaine réclamation"),
        "claim.payment_undone": _("a annulé le paiement"),
        "claim.returned": _("a renvoyé la réclamation : %(reason)s"),
        "claim.return_undone": _("a annulé le renvoi"),
        "claim.settled": _("a réglé un point à trancher : %(decision)s"),
    }
    return sentences.get(act, act.replace("%", "%%"))
