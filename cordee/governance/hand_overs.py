"""The seats that someone holds: a mandate does not end with an employer, it is given up by a notice."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from cordee.governance.models import Mandate
from cordee.governance.policy import can_name
from cordee.people.models import Person
from cordee.toolkit.contributions import HandOver, hand_overs
from cordee.toolkit.formats import date_long


@hand_overs.contribute
def seats(person: Person, *, on: date, subject: Person) -> Iterator[HandOver]:
    """One query."""
    held = Mandate.objects.filter(person=subject, ends_on__gt=on).select_related("seat__body__group")
    for mandate in held.order_by("ends_on", "pk"):
        text = _("Mandat, %(body)s") % {"body": mandate.seat.body.group.label}
        note = _("Siège à pourvoir : sans avis de départ, le mandat court jusqu’au %(day)s.")
        address = reverse("governance:notice", args=[mandate.pk]) if can_name(person, on=on) else ""
        yield HandOver(text, address, note % {"day": date_long(mandate.ends_on)})
