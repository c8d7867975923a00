"""What the journal says of the acts of the living framework, and what they were done to."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cordee.charter.models import Scenario
from cordee.charter.policy import can_simulate
from cordee.people.models import Person
from cordee.toolkit.contributions import Subject, act_words, subjects

WORDS: Mapping[str, str | Promise] = {
    "document.frozen": _("a figé le document"),
    "scenario.started": _("a commencé un scénario"),
    "scenario.changed": _("a modifié le scénario"),
    "scenario.removed": _("a retiré le scénario"),
    "scenario.restored": _("a remis le scénario"),
    "simulation.started": _("a lancé un calcul"),
    "timeline.ticked": _("a dit une échéance faite"),
    "timeline.tick_taken_back": _("a retiré une échéance dite faite"),
    "timeline.nudged": _("a relancé les retards"),
}


@act_words.contribute
def words() -> Iterable[tuple[str, str]]:
    return [(act, str(said)) for act, said in WORDS.items()]


@subjects.contribute
def scenarios(person: Person, *, on: date, wanted: Mapping[str, Iterable[str]]) -> Iterator[Subject]:
    """One query when some are wanted."""
    if (keys := wanted.get(Scenario._meta.label_lower)) and can_simulate(person, on=on):
        seen = Scenario.objects.filter(pk__in=keys).select_related("base__edition").order_by("pk")
        for one in seen:
            address = reverse("charter:scenario", args=[one.base.edition.year, one.base.number, one.pk])
            yield Subject(Scenario._meta.label_lower, str(one.pk), one.name, address)
