"""What a step of a claim may answer instead of being taken. Nothing was changed."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.people.models import Person
from cordee.toolkit import formats
from cordee.toolkit.refusals import Refusal
from cordee.treasury.models import Claim, ClaimState


class AlreadyDone(Refusal):
    """Someone was faster: two treasurers at once, a button pressed twice."""

    def __init__(self, done: str, who: Person, when: datetime) -> None:
        super().__init__(
            _("%(who)s %(done)s le %(day)s, à %(hour)s. Rechargez la page pour voir où en est la réclamation.")
            % {
                "who": who.full_name,
                "done": done,
                "day": formats.date_long(when),
                "hour": formats.time_short(when),
            }
        )


class OutOfOrder(Refusal):
    """A step whose previous one has not happened, or whose next one has."""

    def __init__(self, claim: Claim, needed: ClaimState) -> None:
        super().__init__(
            _("La réclamation est à l’état « %(state)s »; cet acte demande l’état « %(needed)s ». Rechargez la page.")
            % {"state": claim.get_state_display(), "needed": needed.label}
        )


class NotInForce(Refusal):
    """No claim of a year is submitted before the first revision of its cadre is in force."""

    def __init__(self, year: str) -> None:
        super().__init__(
            _("Le cadre de référence %(year)s n’est pas encore en vigueur : soumettez la réclamation ensuite.")
            % {"year": year}
        )


class NotPrepared(Refusal):
    sentence = gettext_lazy("Cette réclamation n’a pas encore été calculée. Préparez d’abord les réclamations.")


class MustBePrepared(Refusal):
    sentence = gettext_lazy(
        "Une autre réclamation tient déjà l’une de ces présences. Préparez de nouveau les réclamations, puis soumettez."
    )


class NothingToPay(Refusal):
    sentence = gettext_lazy("Le total est négatif : il ne se paie pas, il se reporte à la prochaine réclamation.")


class NothingToCarry(Refusal):
    sentence = gettext_lazy("Seul un total négatif se reporte. Inscrivez plutôt le paiement.")


class AlreadyCarried(Refusal):
    sentence = gettext_lazy(
        "Le solde de cette réclamation est déjà dans une réclamation soumise. Renvoyez celle-là d’abord."
    )


class PaidInTheFuture(Refusal):
    status = 422
    sentence = gettext_lazy("La date du paiement est à venir. Inscrivez le paiement le jour où il est fait.")


class NothingToSettle(Refusal):
    sentence = gettext_lazy("Il n’y a plus rien à trancher ici : la situation a déjà été réglée. Rechargez la page.")
