"""What people consent to: one purpose at a time, in the words they read, until they withdraw it or it ends.

The purposes and their texts are reviewed data (`data/consents.toml`).
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cordee.people.models.person import Person

PURPOSES = Path(__file__).resolve().parent.parent / "data" / "consents.toml"


@dataclass(frozen=True, slots=True)
class Version:
    """The words of a purpose from a day on."""

    number: int
    since: date
    fr: str
    en: str

    @property
    def text(self) -> str:
        return self.en if _is_english() else self.fr


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a consent is asked for, for how many months, and every version of its text."""

    key: str
    fr: str
    en: str
    months: int
    versions: tuple[Version, ...]

    @property
    def title(self) -> str:
        return self.en if _is_english() else self.fr

    def version_on(self, on: date) -> Version:
        """The one that is asked that day: the last that has begun."""
        return max((one for one in self.versions if one.since <= on), key=lambda one: one.since, default=self.first)

    @property
    def first(self) -> Version:
        return self.versions[0]

    def version(self, number: int) -> Version:
        return next(one for one in self.versions if one.number == number)


def _is_english() -> bool:
    return (get_language() or "fr").startswith("en")


@cache
def purposes() -> dict[str, Purpose]:
    """Each by its key, in the order of the file."""
    return read_purposes(PURPOSES.read_text(encoding="utf-8"))


def read_purposes(text: str) -> dict[str, Purpose]:
    found: Iterable[dict[str, Any]] = tomllib.loads(text)["purpose"]
    return {
        one["key"]: Purpose(
            one["key"], one["fr"], one["en"], one["months"], tuple(Version(**each) for each in one["version"])
        )
        for one in found
    }


def purpose_titles() -> list[tuple[str, str]]:
    return [(key, purpose.title) for key, purpose in purposes().items()]


class ConsentQuerySet(models.QuerySet["Consent"]):
    def standing(self, *, on: date) -> "ConsentQuerySet":
        """Given, not withdrawn and not over; of a version that may since have been replaced."""
        return self.filter(withdrawn_at=None, given_on__lte=on, ends_on__gt=on)

    def valid_for(self, purpose: Purpose, *, on: date) -> "ConsentQuerySet":
        """Those that count for the text of that day: what asks before it acts asks this."""
        return self.standing(on=on).filter(purpose=purpose.key, version=purpose.version_on(on).number)


class Consent(models.Model):
    """Given for one purpose in one version of its text, until `ends_on` (excluded) or until it is withdrawn."""

    # PROTECT: what someone consented to, and when they stopped, is the proof of it.
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField(_("fin"), max_length=24, choices=purpose_titles)
    version = models.PositiveSmallIntegerField(_("version du texte"))
    given_on = models.DateField(_("donné le"))
    given_at = models.DateTimeField()
    ends_on = models.DateField(_("jusqu’au (exclu)"))
    withdrawn_at = models.DateTimeField(_("retiré"), null=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name_plural = _("consentements")
        ordering = ["-given_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose", "version", "given_on"],
                condition=Q(withdrawn_at=None),
                name="consent_once",
                violation_error_message=_("Ce consentement est déjà donné. Rechargez la page."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gt=models.F("given_on")),
                name="consent_dates",
                violation_error_message=_("Un consentement finit après le jour où il est donné."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.purpose} {self.version}"

    @property
    def last_day(self) -> date:
        return self.ends_on - timedelta(days=1)

    @property
    def about(self) -> Purpose:
        return purposes()[self.purpose]
