"""Who keeps the register, names the members of a body and takes the steps of an adoption, on the day one asks."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from cordee.governance.models import EXECUTIVE, Body, Mandate
from cordee.governance.rights import COMMITTEE, NAME, REGISTER
from cordee.people.models import DutyCode, Person
from cordee.toolkit.formats import date_long
from cordee.values.verdict import YES, Verdict, no


def sits_on(person: Person, body: Body, *, on: date) -> bool:
    """By the duty that a mandate writes; a body without seats is its members."""
    if body.key == EXECUTIVE:
        return person.holds(DutyCode.EXECUTIVE_COMMITTEE, on=on)
    return body.group_id in person.standing(on).groups()


def keeps_register(person: Person, body: Body, *, on: date) -> bool:
    """The coordination, the secretary, whoever runs its group; of the executive committee, whoever sits that day."""
    return _keeps(person, body, on=on) is not None


def _keeps(person: Person, body: Body, *, on: date) -> Verdict | None:
    """The yes, which says in whose name."""
    rights = (REGISTER, COMMITTEE) if body.key == EXECUTIVE else (REGISTER,)
    asked = (right.asked(person, on=on, group=body.group_id, otherwise="—") for right in rights)
    return next((verdict for verdict in asked if verdict), None)


def can_record(person: Person, body: Body, *, on: date) -> Verdict:
    """Write a decision of this body, and the step of an adoption it takes. One query when it says no."""
    if kept := _keeps(person, body, on=on):
        return kept
    ended = Mandate.objects.of(person, body).filter(ends_on__lte=on).last()
    if ended is not None:
        text = _("Votre mandat dans cette instance a pris fin le %(day)s : demandez à la secrétaire d’inscrire l’acte.")
        return no(text % {"day": date_long(ended.ends_on - timedelta(days=1))})
    return no(_("Une décision est inscrite par la secrétaire, la coordination ou qui siège au comité exécutif."))


def can_name(person: Person, *, on: date) -> Verdict:
    """Write down who holds a seat, from when."""
    otherwise = _("Les mandats sont inscrits par la secrétaire de gestion ou la coordination. Écrivez-leur.")
    return NAME.asked(person, on=on, otherwise=otherwise)


def can_name_someone(person: Person, named: Person, *, on: date) -> Verdict:
    """Somebody else: a mandate gives duties, and nobody gives them to themselves."""
    if person.pk == named.pk:
        return no(_("Nul ne se nomme à un siège : demandez-le à l’autre personne qui inscrit les mandats."))
    return can_name(person, on=on)


def can_give_notice(person: Person, mandate: Mandate, *, on: date) -> Verdict:
    """One’s own, or for another who said so."""
    if mandate.person_id == person.pk or can_name(person, on=on):
        return YES
    return no(_("L’avis vient de la personne elle-même; la secrétaire ou la coordination peut l’inscrire pour elle."))


def can_see_past_mandates(person: Person, body: Body, *, on: date) -> bool:
    return person.oversees(on=on) or sits_on(person, body, on=on)
