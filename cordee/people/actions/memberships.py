"""Confirming that someone who came to a meeting belongs to the community."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy

from cordee.people import policy
from cordee.people.models import Group, Membership, MembershipRole, Person
from cordee.records import journal
from cordee.toolkit.access import enforce
from cordee.toolkit.refusals import Refusal


class AlreadyMember(Refusal):
    sentence = gettext_lazy("Cette personne est déjà membre de la communauté à cette date. Rechargez la page.")


@transaction.atomic
def confirm_member(*, person: Person, group: Group, starts_on: date, by: Person, on: date) -> Membership:
    """Make a walk-in an active member from `starts_on`; a participation that starts later is brought forward."""
    enforce(policy.can_confirm_member(by, group, on=on))
    Group.objects.select_for_update().get(pk=group.pk)  # two confirmations at once wait for each other
    theirs = Membership.objects.filter(person=person, group=group)
    if theirs.current(starts_on).exists():
        raise AlreadyMember
    later = theirs.filter(starts_on__gt=starts_on).order_by("starts_on").first()
    membership = later or Membership(person=person, group=group, role=MembershipRole.MEMBER)
    membership.starts_on = starts_on
    membership.save()
    journal.write("group.member_confirmed", group, by=by, person=person.pk, starts_on=starts_on)
    return membership
