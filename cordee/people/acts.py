"""What the journal says of the acts of people and of the outbox, and what they were done to."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cordee.people.models import Group, Person
from cordee.toolkit.contributions import Subject, act_words, subjects

WORDS: Mapping[str, str | Promise] = {
    "person.created": _("a créé la fiche"),
    "person.corrected": _("a corrigé la fiche"),
    "person.read": _("a consulté la fiche"),
    "person.merged": _("a réuni deux fiches"),
    "person.merge-undone": _("a séparé deux fiches réunies"),
    "person.alias-remembered": _("a retenu un autre nom d’une personne"),
    "person.alias-forgotten": _("a oublié un autre nom d’une personne"),
    "person.affiliation_corrected": _("a corrigé une affiliation"),
    "group.member_confirmed": _("a confirmé un membre"),
    "mail.chosen": _("a choisi les courriels à recevoir"),
    "mail.stopped": _("a arrêté une sorte de courriel"),
    "organization.loaded": _("a chargé une organisation"),
    "file.taken": _("a emporté un fichier"),
    "message.tried-again": _("a fait repartir un courriel"),
    "journal.erased": _("a effacé ce que des écritures avaient de personnel"),
}


@act_words.contribute
def words() -> Iterable[tuple[str, str]]:
    return [(act, str(said)) for act, said in WORDS.items()]


@subjects.contribute
def people(person: Person, *, on: date, wanted: Mapping[str, Iterable[str]]) -> Iterator[Subject]:
    """One query for persons, one for groups, when some are wanted."""
    if keys := wanted.get(Person._meta.label_lower):
        for one in Person.objects.visible_to(person, on=on).filter(pk__in=keys):
            yield Subject(Person._meta.label_lower, str(one.pk), one.full_name, reverse("people:detail", args=[one.pk]))
    if keys := wanted.get(Group._meta.label_lower):
        for group in Group.objects.visible_to(person, on=on).filter(pk__in=keys):
            address = reverse("communities:detail", args=[group.slug])
            yield Subject(Group._meta.label_lower, str(group.pk), group.label, address)
