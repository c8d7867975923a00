"""What the bodies say against acts of lower apps."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from cordee.governance.models import Mandate
from cordee.people.models import Duty
from cordee.toolkit.contributions import duty_holds
from cordee.values.verdict import Verdict, no


@duty_holds.contribute
def written_by_a_mandate(duty: Duty) -> Iterator[Verdict]:
    """A duty ends with the mandate that wrote it."""
    for mandate in Mandate.objects.filter(duties=duty).select_related("seat__body__group").order_by("pk")[:1]:
        text = _("Cette fonction vient d’un mandat : inscrivez l’avis de départ à la page de l’instance, %(body)s.")
        yield no(text % {"body": mandate.seat.body.group.label})
