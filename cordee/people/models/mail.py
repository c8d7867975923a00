"""How each person wants to be written to: in which language, and each kind of message at once, once a week or never."""

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cordee.people.models.person import Affiliation, Person


class MailKind(models.TextChoices):
    """What one may choose about. Invitations and cancellations are always sent: nobody else would tell."""

    REMINDER = "reminder", _("Rappels de rencontre")
    ATTENDANCE = "attendance", _("Présences à terminer")
    CLAIM = "claim", _("Réclamations renvoyées, approuvées ou payées")
    TIMELINE = "timeline", _("Échéances du cadre")


class MailPace(models.TextChoices):
    AT_ONCE = "at-once", _("Tout de suite")
    WEEKLY = "weekly", _("Résumé hebdomadaire")
    NEVER = "never", _("Aucun")


class MailChoice(models.Model):
    """What a person chose for one kind; without a row, at once."""

    # PROTECT: a choice goes on purpose, with the person’s record.
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="mail_choices")
    kind = models.CharField(_("sorte"), max_length=12, choices=MailKind)
    pace = models.CharField(_("rythme"), max_length=8, choices=MailPace)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"],
                name="mail_choice_once",
                violation_error_message=_("Ce choix est déjà fait. Changez-le."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind} {self.pace}"


class DigestItem(models.Model):
    """Something the next weekly digest of a person tells. `key` is the letter’s it stands for: told once."""

    # PROTECT: what is still to be told goes on purpose.
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="digest_items")
    kind = models.CharField(max_length=12, choices=MailKind)
    key = models.CharField(max_length=200, unique=True)
    about = models.CharField(max_length=40, blank=True)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    created_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["person", "id"], name="digest_to_tell", condition=models.Q(told_at=None))]

    def __str__(self) -> str:
        return self.key


def paces(people: Iterable[int], kind: str) -> dict[int, str]:
    """The pace of each person who chose another than « at once »."""
    chosen = MailChoice.objects.filter(person__in=set(people), kind=kind).order_by("pk")
    return dict(chosen.values_list("person_id", "pace"))


def languages(people: Iterable[Person], *, on: date) -> dict[int, str]:
    """The language to write to each in: the one they chose, else their employer’s. One query."""
    people = list(people)
    employed = Affiliation.objects.current(on).filter(person__in=[person.pk for person in people], person__language="")
    employers = dict(employed.order_by("pk").values_list("person_id", "organization__language"))
    known = {code for code, _name in settings.LANGUAGES}
    found = {person.pk: person.language or employers.get(person.pk, "") for person in people}
    return {pk: language if language in known else settings.LANGUAGE_CODE for pk, language in found.items()}
