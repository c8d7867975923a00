"""What bodies and the steps of an adoption are called, in the language of who reads."""

from django.utils.translation import gettext as _

from cordee.governance.models import Act


def named(body: str) -> str:
    """A body by its key in the rules, within a sentence."""
    names = {
        "executive": _("le comité exécutif"),
        "managers": _("le grand groupe"),
        "cgscas": _("le CGSCAS"),
        "tdg": _("la TDG"),
    }
    return names.get(body, body)


def step_in_words(act: str, body: str) -> str:
    """« Validé par le grand groupe »: what stands on the cord."""
    texts = {
        Act.DRAFT: _("Rédigé par %(body)s"),
        Act.VALIDATE: _("Validé par %(body)s"),
        Act.PRESENT: _("Reçu par %(body)s"),
        Act.APPROVE: _("Approuvé par %(body)s"),
    }
    return texts[Act(act)] % {"body": named(body)}


def act_in_words(act: str, body: str) -> str:
    """« Inscrire la validation par le grand groupe »: the act that is awaited."""
    texts = {
        Act.DRAFT: _("Inscrire la rédaction par %(body)s"),
        Act.VALIDATE: _("Inscrire la validation par %(body)s"),
        Act.PRESENT: _("Inscrire la présentation reçue par %(body)s"),
        Act.APPROVE: _("Inscrire l’approbation par %(body)s"),
    }
    return texts[Act(act)] % {"body": named(body)}
