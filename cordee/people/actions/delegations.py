"""Lending one's duty or one's role in a group to someone for some days, and taking it back."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.people import policy
from cordee.people.actions import delegation_letters
from cordee.people.actions.duties import require_apart
from cordee.people.models import Delegation, Duty, Membership, Person
from cordee.people.models.delegation import LENT_DUTIES, LENT_ROLES, LONGEST
from cordee.records import journal
from cordee.toolkit import clock
from cordee.toolkit.access import enforce
from cordee.toolkit.formats import date_long
from cordee.toolkit.refusals import Forbidden, Refusal, Unreadable


class NotYours(Forbidden):
    sentence = gettext_lazy(
        "On ne délègue que ce qu’on tient soi-même. Ce qui vous a été délégué, demandez à son titulaire de le déléguer."
    )


class NotLent(Refusal):
    sentence = gettext_lazy(
        "Cela ne se délègue pas : on siège soi-même à une instance, et un membre vient en personne."
    )


class NobodyThere(Refusal):
    sentence = gettext_lazy(
        "Cette personne n’a pas de compte ouvert : elle ne pourrait rien faire. Choisissez-en une autre, ou demandez "
        "à la coordination de l’inviter."
    )


class OutsideBounds(Unreadable):
    """The days asked for are too many, past, or in the wrong order."""


class WithdrawnAlready(Refusal):
    sentence = gettext_lazy("Cette délégation est déjà retirée. Rechargez la page.")


@transaction.atomic
def delegate(
    *, fact: Duty | Membership, to: Person, starts_on: date, ends_on: date, by: Person, on: date
) -> Delegation:
    """`to` acts in the name of `by` from a day until a day (excluded), at most LONGEST.

    Raises NotYours, NotLent, NobodyThere, OutsideBounds, or KeptApart when it would join what must stay apart.
    """
    if fact.person_id != by.pk:
        raise NotYours
    _require_bounds(starts_on, ends_on, on)
    duty, membership = (fact, None) if isinstance(fact, Duty) else (None, fact)
    if (duty and (duty.code not in LENT_DUTIES or duty.is_pending)) or (
        membership and membership.role not in LENT_ROLES
    ):
        raise NotLent
    if to.pk == by.pk or to.merged_into_id or not Person.objects.filter(pk=to.pk, user__is_active=True).exists():
        raise NobodyThere
    Person.objects.select_for_update(of=("self",)).get(pk=to.pk)
    if duty:
        require_apart(to, duty.code, starts_on, ends_on)
    made = Delegation.objects.create(
        delegator=by,
        delegate=to,
        duty=duty,
        membership=membership,
        starts_on=starts_on,
        ends_on=ends_on,
        recorded_at=clock.now(),
    )
    journal.write("delegation.given", by, by=by, person=to.pk, what=_code(made), starts_on=starts_on, ends_on=ends_on)
    delegation_letters.tell(made, delegation_letters.GIVEN, on=on)
    return made


def _require_bounds(starts_on: date, ends_on: date, on: date) -> None:
    if starts_on < on:
        raise OutsideBounds(_("Une délégation ne commence pas dans le passé. Choisissez aujourd’hui ou plus tard."))
    if ends_on <= starts_on:
        raise OutsideBounds(_("La fin de la délégation doit suivre son début. Corrigez l’une des deux dates."))
    if ends_on - starts_on > LONGEST:
        text = _("Une délégation dure au plus %(days)s jours : jusqu’au %(day)s. Renouvelez-la ensuite, s’il le faut.")
        raise OutsideBounds(text % {"days": LONGEST.days, "day": date_long(starts_on + LONGEST)})


def _code(delegation: Delegation) -> str:
    """What was lent, as the journal keeps it whatever the language: `treasurer`, `liaison 18-TC-TRP`."""
    if delegation.duty is not None:
        return delegation.duty.code
    assert delegation.membership is not None
    return f"{delegation.membership.role} {delegation.membership.group.label}"


@transaction.atomic
def withdraw_delegation(*, delegation: Delegation, by: Person, on: date) -> None:
    """From now on; what was done stays done. The delegate is told before its end. Raises WithdrawnAlready."""
    found = Delegation.objects.select_for_update(of=("self",)).with_facts().get(pk=delegation.pk)
    enforce(policy.can_withdraw_delegation(by, found, on=on))
    if found.withdrawn_at:
        raise WithdrawnAlready
    found.withdrawn_at = clock.now()
    found.save(update_fields=["withdrawn_at"])
    journal.write("delegation.withdrawn", found.delegator, by=by, person=found.delegate_id, what=_code(found))
    if found.ends_on > on:
        delegation_letters.tell(found, delegation_letters.WITHDRAWN, on=on)
