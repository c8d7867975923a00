"""Why an act on a scenario is refused."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.toolkit.refusals import Refusal, Unreadable, in_words
from cordee.values.sentence import SpokenError


class NameTaken(Refusal):
    def __init__(self, name: str) -> None:
        super().__init__(
            _("Un scénario de ce cadre s’appelle déjà « %(name)s ». Choisissez un autre nom.") % {"name": name}
        )


class NoName(Unreadable):
    sentence = gettext_lazy("Donnez un nom au scénario, d’au plus 80 caractères.")


class StaleScenario(Refusal):
    """Someone else wrote there meanwhile: nothing is overwritten, both are shown."""

    sentence = gettext_lazy(
        "Quelqu’un a changé ce scénario pendant que vous écriviez. Rien n’a été remplacé : "
        "vos valeurs sont encore dans les champs. Comparez-les, puis enregistrez de nouveau."
    )


class FaultyRules(Unreadable):
    """The values contradict one another or cannot be a rule; `faults` says why, by key."""

    sentence = gettext_lazy("Le scénario n’est pas enregistré : des valeurs sont à corriger.")

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__()
        self.faults = faults


class ScenarioRemoved(Refusal):
    sentence = gettext_lazy("Ce scénario a été retiré. Rien n’a été calculé.")


class NoAnswer(Refusal):
    """The rules cannot answer: what was computed before stays."""

    def __init__(self, error: SpokenError) -> None:
        super().__init__(_("La simulation n’a pas pu se faire, rien n’a changé. ") + in_words(error))


class DoneAlready(Refusal):
    sentence = gettext_lazy("C’est déjà marqué fait. Rechargez la page.")


class SeenByTheProduct(Refusal):
    sentence = gettext_lazy("Cette ligne se tient pour faite par l’acte lui-même : il n’y a rien à marquer.")


class NotDone(Refusal):
    sentence = gettext_lazy("Rien n’est marqué fait ici. Rechargez la page.")


class DoneLater(Unreadable):
    sentence = gettext_lazy("Cette date est à venir : inscrivez ce qui est déjà fait.")


class NoteMissing(Unreadable):
    sentence = gettext_lazy("Dites en quelques mots ce qui a été fait.")
