"""What each app holds about people, field by field: why, by what right, who sees it, how long, what then (Law 25).

Each `personal_data.py` declares its own; the register of processing, the policy and « Mes renseignements » are made
of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module

from django.apps import apps
from django.db import models
from django.utils.functional import Promise
from django.utils.module_loading import module_has_submodule
from django.utils.translation import gettext_lazy as _


class Ground(models.TextChoices):
    """By what right (A-2.1)."""

    DUTIES = "duties", _("Nécessaire à l’exercice des attributions (A-2.1, art. 64)")
    LAW = "law", _("Exigé par la loi (A-2.1, art. 63.8 et 63.11)")
    REQUESTS = "requests", _("Exigé par la loi (A-2.1, art. 89 à 102)")
    CONSENT = "consent", _("Consentement (A-2.1, art. 53.1)")


class Audience(models.TextChoices):
    SELF = "self", _("la personne elle-même")
    GROUP = "group", _("les membres des mêmes groupes")
    RUNNING = "running", _("qui anime le groupe")
    BILLING = "billing", _("la facturation de son employeur")
    OVERSEERS = "overseers", _("la coordination, le secrétariat et la trésorerie")
    KEEPERS = "keepers", _("la coordination et le secrétariat")
    COMMITTEE = "committee", _("le comité exécutif")
    ACCOUNTS = "accounts", _("toute personne qui a un compte")
    NOBODY = "nobody", _("personne : le système seul s’en sert")


class After(models.TextChoices):
    """What becomes of it once the time is over."""

    DELETED = "deleted", _("La ligne est supprimée.")
    EMPTIED = "emptied", _("La ligne reste, vidée de ce qu’elle a de personnel.")
    ANONYMIZED = "anonymized", _("La ligne reste; la personne qu’elle désigne est anonymisée.")


@dataclass(frozen=True, slots=True)
class Keeping:
    """How long, in words, and what then; `privacy` carries it out, and a test refuses what it could not.

    With `since`, a day or an instant of the row, the row ends `months` after it. Without, it follows its person: it
    ends `months` after the last day they took part or, at 0, when they are made anonymous. What `is_nightly` needs
    nobody’s judgement and goes each night; the rest goes by a run that someone reads and confirms.
    """

    text: str | Promise
    after: After
    months: int = 0
    since: str = ""
    is_nightly: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """`fields` of a model that tell something about a person, and why they are kept.

    `of` is the path to that person, for a model that has no field of its own by which it names them.
    """

    model: str  # "people.Person"
    fields: tuple[str, ...]
    purpose: str | Promise
    keeping: Keeping
    seen_by: tuple[Audience, ...]
    ground: Ground = Ground.DUTIES
    of: str = ""


def everything_held() -> Iterator[Held]:
    """What every app declares, in the order of the apps."""
    for config in apps.get_app_configs():
        if config.module and module_has_submodule(config.module, "personal_data") and config.label != "toolkit":
            yield from getattr(import_module(f"{config.name}.personal_data"), "HELD", ())
