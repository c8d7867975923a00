"""Who freezes the document of a cadre that came into force (who writes the cadre), who asks « et si? », and who says
that a dated row is done or reminds those who are late."""

from datetime import date

from django.utils.translation import gettext as _

from cordee.charter.models.dated import DatedTask, role_label
from cordee.charter.rights import REMIND, SIMULATE, TICK
from cordee.charter.rules.timeline import Reach
from cordee.people.models import Person
from cordee.reference.policy import can_edit as can_freeze
from cordee.values.verdict import YES, Verdict

__all__ = ["can_freeze", "can_remind", "can_simulate", "can_tick", "names_holders", "sees"]


def can_simulate(person: Person, *, on: date) -> Verdict:
    """Those who write the cadre, and the treasurer."""
    otherwise = _("Les simulations se font au comité exécutif, à la coordination, au secrétariat et à la trésorerie.")
    return SIMULATE.asked(person, on=on, otherwise=otherwise)


def sees(person: Person, task: DatedTask, *, on: date) -> bool:
    """Every row of the cooperative; of the others, those of one’s own organizations and groups, or all for who
    oversees."""
    if task.deadline.reach is Reach.COOPERATIVE or person.oversees(on=on):
        return True
    standing = person.standing(on)
    if task.group is not None:
        return task.group in standing.groups()
    return any(task.organization == organization for _code, organization in standing.duties)


def names_holders(person: Person, task: DatedTask, *, on: date) -> bool:
    """The officers of the cooperative are known to all, the people of a group to its members; those who bill for an
    organization to one another, and to who oversees."""
    return task.organization is None or person.oversees(on=on) or task.is_of(person.standing(on))


def can_tick(person: Person, task: DatedTask, *, on: date) -> Verdict:
    """Whoever answers for it that day; the coordination or the secretary for them."""
    lender = person.standing(on).behind(task.is_of)
    if lender is not None:
        return Verdict(allowed=True, acting=(person.pk, lender)) if lender else YES
    text = _("C’est à marquer par qui en répond (%(role)s), par la coordination ou la secrétaire de gestion.")
    return TICK.asked(person, on=on, otherwise=text % {"role": role_label(task.deadline.role)})


def can_remind(person: Person, *, on: date) -> Verdict:
    """Those who oversee the cooperative."""
    otherwise = _("Les rappels sont envoyés par la coordination, la secrétaire de gestion ou la trésorerie.")
    return REMIND.asked(person, on=on, otherwise=otherwise)
