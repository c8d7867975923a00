"""A line of the preview: one person as the reports and the roster know them, and what becomes of it."""

from dataclasses import dataclass, field

from django.db import models
from django.utils.translation import gettext_lazy as _

from cordee.meetings.actions.importing import Reference
from cordee.meetings.rules.teams import Presence


class TeamsStatus(models.TextChoices):
    NEW = "new", _("À inscrire")
    SAME = "same", _("Déjà inscrite")
    DIFFERS = "differs", _("Diffère")
    ASK = "ask", _("À rattacher")
    PROPOSED = "proposed", _("Proposée")
    BELOW = "below", _("Sous le seuil")
    UNKNOWN = "unknown", _("Inconnu")
    REFUSED = "refused", _("Refusée")
    LEFT = "left", _("Laissée de côté")


@dataclass(slots=True)
class Line:
    """`person` is None while nobody is known; `names` are those the reports show; `portion` is what they propose.

    `recorded` and `version` are what the roster says; `replaces` that the answer was to take the report's instead.
    """

    label: str
    person: Reference | None = None
    names: list[str] = field(default_factory=list)
    why: str = ""
    status: TeamsStatus = TeamsStatus.UNKNOWN
    presence: Presence | None = None
    portion: str = ""
    threshold: str = ""
    recorded: str = ""
    version: int = 0
    replaces: bool = False
    walk_in: bool = False
    question: str = ""
    contested: str = ""
    notes: list[str] = field(default_factory=list)
    problem: str = ""

    @property
    def is_written(self) -> bool:
        return self.status == TeamsStatus.NEW or self.replaces
