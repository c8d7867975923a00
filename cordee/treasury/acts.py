"""What the journal says of the acts of the treasury, and what they were done to."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cordee.people.models import Person
from cordee.toolkit.contributions import Subject, act_words, subjects
from cordee.treasury.models import Claim

WORDS: Mapping[str, str | Promise] = {
    "claims.prepared": _("a préparé les réclamations"),
    "claim.drafted": _("a assemblé le brouillon"),
    "claim.submitted": _("a soumis la réclamation"),
    "claim.submission_undone": _("a annulé la soumission"),
    "claim.verified": _("a vérifié la réclamation"),
    "claim.verification_undone": _("a annulé la vérification"),
    "claim.approved": _("a approuvé la réclamation"),
    "claim.approval_undone": _("a annulé l’approbation"),
    "claim.paid": _("a inscrit le paiement"),
    "claim.carried": _("a reporté la réclamation à la suivante"),
    "claim.payment_undone": _("a annulé le paiement"),
    "claim.returned": _("a renvoyé la réclamation"),
    "claim.return_undone": _("a annulé le renvoi"),
    "claim.settled": _("a tranché une anomalie"),
    "budget.remark_settled": _("a réglé une remarque du budget"),
    "budget.remark_reopened": _("a rouvert une remarque du budget"),
}


@act_words.contribute
def words() -> Iterable[tuple[str, str]]:
    return [(act, str(said)) for act, said in WORDS.items()]


@subjects.contribute
def claims(person: Person, *, on: date, wanted: Mapping[str, Iterable[str]]) -> Iterator[Subject]:
    """One query when some are wanted."""
    if keys := wanted.get(Claim._meta.label_lower):
        for one in (
            Claim.objects.visible_to(person, on=on).filter(pk__in=keys).select_related("organization").order_by("pk")
        ):
            yield Subject(Claim._meta.label_lower, str(one.pk), one.reference, reverse("treasury:claim", args=[one.pk]))
