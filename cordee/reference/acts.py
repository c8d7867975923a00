"""What the journal says of the acts of the framework, and what they were done to."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cordee.people.models import Person
from cordee.reference.models import Revision
from cordee.toolkit.contributions import Subject, act_words, subjects

WORDS: Mapping[str, str | Promise] = {
    "revision.started": _("a commencé ce brouillon"),
    "revision.loaded": _("a chargé le fichier revu"),
    "revision.in_force": _("a mis la révision en vigueur"),
    "rule.changed": _("a écrit une règle"),
    "rule.added": _("a ajouté une règle"),
    "rule.removed": _("a retiré une règle"),
    "rule.restored": _("a annulé un changement"),
}


@act_words.contribute
def words() -> Iterable[tuple[str, str]]:
    return [(act, str(said)) for act, said in WORDS.items()]


@subjects.contribute
def revisions(person: Person, *, on: date, wanted: Mapping[str, Iterable[str]]) -> Iterator[Subject]:
    """One query when some are wanted."""
    if keys := wanted.get(Revision._meta.label_lower):
        for one in Revision.objects.filter(pk__in=keys).select_related("edition").order_by("pk"):
            address = reverse("reference:revision", args=[one.edition.year, one.number])
            yield Subject(Revision._meta.label_lower, str(one.pk), one.name, address)
