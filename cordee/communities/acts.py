"""What the journal says of the acts of communities, and what they were done to."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cordee.communities.models import Community
from cordee.people.models import Person
from cordee.toolkit.contributions import Subject, act_words, subjects

WORDS: Mapping[str, str | Promise] = {
    "community.compensation_granted": _("a inscrit la compensation accordée"),
    "community.limit_extended": _("a inscrit des journées de plus"),
    "person.agreement_recorded": _("a inscrit l’accord du supérieur immédiat"),
    "community.paused": _("a inscrit un temps d’arrêt"),
    "community.plan_change_proposed": _("a proposé un changement au plan"),
    "community.plan_change_withdrawn": _("a retiré un changement au plan"),
    "plan.loaded": _("a chargé un plan"),
    "project.loaded": _("a chargé un projet stratégique"),
}


@act_words.contribute
def words() -> Iterable[tuple[str, str]]:
    return [(act, str(said)) for act, said in WORDS.items()]


@subjects.contribute
def communities(person: Person, *, on: date, wanted: Mapping[str, Iterable[str]]) -> Iterator[Subject]:
    """One query when some are wanted."""
    if keys := wanted.get(Community._meta.label_lower):
        seen = Community.objects.visible_to(person, on=on).filter(pk__in=keys).select_related("group").order_by("pk")
        for one in seen:
            address = reverse("communities:detail", args=[one.group.slug])
            yield Subject(Community._meta.label_lower, str(one.pk), one.group.label, address)
