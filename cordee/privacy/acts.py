"""What the journal says of the registers the law asks for, and what their acts were done to."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cordee.people.models import Person
from cordee.privacy.models import Incident, PrivacyRequest
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
