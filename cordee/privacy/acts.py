"""What the journal says of the registers the law asks for, and what their acts were done to."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cordee.people.models import Person
from cordee.privacy.models import Incident, PrivacyRequest, RetentionRun
from cordee.privacy.policy import can_keep
from cordee.toolkit.contributions import Subject, act_words, subjects

WORDS: Mapping[str, str | Promise] = {
    "request.received": _("a inscrit une demande sur des renseignements"),
    "request.extended": _("a prolongé le délai d’une demande"),
    "request.answered": _("a répondu à une demande"),
    "request.withdrawn": _("a retiré une demande"),
    "request.resumed": _("a annulé le retrait d’une demande"),
    "request.noted": _("a fait garder une note"),
    "incident.recorded": _("a inscrit un incident de confidentialité"),
    "incident.corrected": _("a corrigé un incident de confidentialité"),
    "incident.removed": _("a retiré un incident du registre"),
    "retention.prepared": _("a préparé un plan de conservation"),
    "retention.confirmed": _("a confirmé un plan de conservation"),
    "retention.abandoned": _("a abandonné un plan de conservation"),
    "retention.done": _("a mené à terme un plan de conservation"),
    "retention.held": _("a gardé une personne de côté"),
    "minutes.redacted": _("a remplacé dans le compte rendu le nom d’une personne dont le temps est passé"),
    "retention.lifted": _("a levé la suspension d’une personne"),
}


@act_words.contribute
def words() -> Iterable[tuple[str, str]]:
    return [(act, str(said)) for act, said in WORDS.items()]


@subjects.contribute
def registers(person: Person, *, on: date, wanted: Mapping[str, Iterable[str]]) -> Iterator[Subject]:
    """One query for requests, one for incidents, when some are wanted."""
    if keys := wanted.get(PrivacyRequest._meta.label_lower):
        for one in PrivacyRequest.objects.visible_to(person, on=on).filter(pk__in=keys).order_by("pk"):
            address = reverse("privacy:request", args=[one.pk])
            yield Subject(PrivacyRequest._meta.label_lower, str(one.pk), one.reference, address)
    if keys := wanted.get(Incident._meta.label_lower):
        for incident in Incident.objects.visible_to(person, on=on).filter(pk__in=keys).order_by("pk"):
            address = reverse("privacy:incident", args=[incident.pk])
            yield Subject(Incident._meta.label_lower, str(incident.pk), incident.reference, address)


@subjects.contribute
def runs(person: Person, *, on: date, wanted: Mapping[str, Iterable[str]]) -> Iterator[Subject]:
    """No query: a plan is never removed, and its key makes its reference."""
    kind = RetentionRun._meta.label_lower
    if (keys := wanted.get(kind)) and can_keep(person, on=on):
        for key in keys:
            address = reverse("privacy:retention_run", args=[int(key)])
            yield Subject(kind, key, RetentionRun(pk=int(key)).reference, address)
