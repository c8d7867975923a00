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
    "person.retired": _("a rendu une personne anonyme"),
    "person.alias-remembered": _("a retenu un autre nom d’une personne"),
    "person.alias-forgotten": _("a oublié un autre nom d’une personne"),
    "person.affiliation_corrected": _("a corrigé une affiliation"),
    "group.member_confirmed": _("a confirmé un membre"),
    "account.invited": _("a invité à ouvrir un compte"),
    "account.invitation-withdrawn": _("a retiré l’invitation à ouvrir un compte"),
    "account.opened": _("a ouvert son compte"),
    "account.closed": _("a fermé le compte"),
    "account.reopened": _("a rouvert le compte"),
    "account.second-factor-reset": _("a retiré le second facteur"),
    "account.session-opened": _("a ouvert une session"),
    "account.sessions-closed": _("a fermé ses autres sessions"),
    "account.password-changed": _("a changé son mot de passe"),
    "account.password-reset": _("a remplacé son mot de passe oublié"),
    "account.password-set": _("a choisi un mot de passe"),
    "account.totp-activated": _("a ajouté une application de codes"),
    "account.totp-deactivated": _("a retiré son application de codes"),
    "account.webauthn-added": _("a ajouté une clé d’accès"),
    "account.webauthn-removed": _("a retiré une clé d’accès"),
    "account.recovery-codes-generated": _("a fait de nouveaux codes de secours"),
    "account.identity-tied": _("a lié son compte au service de son organisation"),
    "account.identity-untied": _("a délié son compte du service de son organisation"),
    "duty.recorded": _("a inscrit une fonction"),
    "duty.confirmed": _("a confirmé une fonction"),
    "duty.ended": _("a changé la fin d’une fonction"),
    "duty.withdrawn": _("a retiré une fonction inscrite"),
    "delegation.given": _("a délégué"),
    "delegation.withdrawn": _("a retiré une délégation"),
    "person.employed": _("a inscrit un employeur"),
    "person.left": _("a inscrit le départ de chez l’employeur"),
    "person.departure-undone": _("a annulé le départ"),
    "mail.chosen": _("a choisi les courriels à recevoir"),
    "mail.stopped": _("a arrêté une sorte de courriel"),
    "consent.given": _("a donné un consentement"),
    "consent.withdrawn": _("a retiré un consentement"),
    "consent.restored": _("a annulé le retrait d’un consentement"),
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
