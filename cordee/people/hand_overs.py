"""What someone leaves without a holder: the duties that ended with them and that nobody took up."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from cordee.people.models import Duty, Person
from cordee.people.policy import can_see_rights
from cordee.toolkit.contributions import HandOver, hand_overs

# How long what one left is still told as such.
RECENT = timedelta(days=180)


@hand_overs.contribute
def duties_without_a_holder(person: Person, *, on: date, subject: Person) -> Iterator[HandOver]:
    """One query."""
    others = Duty.objects.filter(code=OuterRef("code"), is_pending=False).exclude(person=subject)
    others = others.filter(ends_on=None) | others.filter(ends_on__gt=on)
    of_the_same = others.filter(organization=OuterRef("organization"))
    of_the_cooperative = others.filter(organization=None)
    left = Duty.objects.filter(person=subject).exclude(ends_on__lt=on - RECENT).select_related("organization")
    for duty in left.annotate(taken=Exists(of_the_same), taken_up=Exists(of_the_cooperative)).order_by("pk"):
        if not (duty.taken if duty.organization_id else duty.taken_up):
            where = duty.organization.name if duty.organization else _("la coopérative")
            text = _("%(duty)s, %(where)s") % {"duty": duty.get_code_display(), "where": where}
            address = reverse("people:rights") if can_see_rights(person, on=on) else ""
            yield HandOver(text, address, _("Personne d’autre n’a cette fonction."))
