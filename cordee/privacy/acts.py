"""What the journal says of the acts of privacy, and what they were done to."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cordee.people.models import Person
from cordee.privacy.models import RetentionRun
from cordee.privacy.policy import can_keep
from cordee.toolkit.contributions import Subject, act_words, subjects

WORDS: Mapping[str, str | Promise] = {
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
def runs(person: Person, *, on: date, wanted: Mapping[str, Iterable[str]]) -> Iterator[Subject]:
    """No query: a plan is never removed, and its key makes its reference."""
    kind = RetentionRun._meta.label_lower
    if (keys := wanted.get(kind)) and can_keep(person, on=on):
        for key in keys:
            address = reverse("privacy:retention_run", args=[int(key)])
            yield Subject(kind, key, RetentionRun(pk=int(key)).reference, address)
