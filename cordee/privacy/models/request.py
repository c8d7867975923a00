"""The register of requests about personal information, and what became of each, step by step (A-2.1, s. 83 to 102)."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cordee.people.models import Person
from cordee.people.rights import KEEPERS
from cordee.values.text import plain

LONGEST = 5_000


class RequestKind(models.TextChoices):
    ACCESS = "access", _("Accès à ses renseignements")
    RECTIFICATION = "rectification", _("Rectification")
    ERASURE = "erasure", _("Effacement")
    PORTABILITY = "portability", _("Copie structurée (portabilité)")
    COMPLAINT = "complaint", _("Plainte")


COPIED = (RequestKind.ACCESS, RequestKind.PORTABILITY)


class Means(models.TextChoices):
    PAGE = "page", _("Par « Mes renseignements »")
    LETTER = "letter", _("Par lettre")
    EMAIL = "email", _("Par courriel")
    SPOKEN = "spoken", _("De vive voix, écrite par qui l’a reçue")


class Datum(models.TextChoices):
    """What a rectification is about."""

    FIRST_NAME = "first_name", _("Prénom")
    LAST_NAME = "last_name", pgettext_lazy("family name", "Nom")
    EMAIL = "email", _("Adresse courriel")
    EMPLOYMENT = "employment", _("Employeur ou catégorie de personnel")
    OTHER = "other", _("Autre renseignement")


# What is set right by one click: its new value is known.
WRITTEN = (Datum.FIRST_NAME, Datum.LAST_NAME, Datum.EMAIL)


class RequestState(models.TextChoices):
    OPEN = "open", pgettext_lazy("request", "À répondre")
    LATE = "late", pgettext_lazy("request", "Délai passé")
    GRANTED = "granted", pgettext_lazy("request", "Accueillie")
    PARTLY = "partly", pgettext_lazy("request", "Accueillie en partie")
    REFUSED = "refused", pgettext_lazy("request", "Refusée")
    WITHDRAWN = "withdrawn", pgettext_lazy("request", "Retirée")


class RequestQuerySet(models.QuerySet["PrivacyRequest"]):
    def visible_to(self, person: Person, *, on: date) -> "RequestQuerySet":
        """Keepers see the register; others what they asked themselves."""
        return self if person.holds(*KEEPERS, on=on) else self.filter(person=person)

    def with_state(self, *, on: date) -> "RequestQuerySet":
        """Annotates `last_day`, the last on which one may answer, and `state`, a RequestState."""
        dated = self.annotate(last_day=Coalesce("extension__until", "due_on"))
        return dated.annotate(
            state=Case(
                When(withdrawal__isnull=False, then=Value(RequestState.WITHDRAWN)),
                When(answer__isnull=False, then=F("answer__outcome")),
                When(last_day__lt=on, then=Value(RequestState.LATE)),
                default=Value(RequestState.OPEN),
                output_field=models.CharField(),
            )
        )

    def open(self) -> "RequestQuerySet":
        """Those that still wait for an answer, in time or not."""
        return self.filter(answer=None, withdrawal=None)

    def for_list(self, *, on: date) -> "RequestQuerySet":
        """What waits first, the most pressing first; then the latest."""
        waits = Case(When(answer=None, withdrawal=None, then=Value(0)), default=Value(1))
        found = self.with_state(on=on).select_related("person", "answer", "extension")
        return found.order_by(waits, Case(When(answer=None, then=F("last_day"))), "-received_on", "-pk")

    def matching(self, *, q: str = "", kind: str = "", state: str = "", year: str = "") -> "RequestQuerySet":
        """Whose requester or words hold every word of `q`; with a state, after `with_state`."""
        found = self.filter(**{name: value for name, value in (("kind", kind), ("year", year)) if value})
        found = found.filter(state=state) if state else found
        for word in plain(q).split():
            named = Q(person__first_name__plain__contains=word) | Q(person__last_name__plain__contains=word)
            found = found.filter(named | Q(name__plain__contains=word) | Q(what__plain__contains=word))
        return found


class PrivacyRequest(models.Model):
    """What someone asked about what is held on them. An outsider has a `name` and an `email` here, and no record.

    `due_on` is the last day to answer by the delays of the day it was received; it never moves: an extension is a step.
    """

    year = models.CharField(_("année scolaire"), max_length=9)
    number = models.PositiveSmallIntegerField(_("numéro"))
    kind = models.CharField(_("sorte"), max_length=13, choices=RequestKind)
    # PROTECT: what was asked and answered is shown as long as the register keeps it.
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="privacy_requests")
    name = models.CharField(_("de qui"), max_length=160, blank=True)
    email = models.EmailField(_("adresse courriel"), blank=True)
    means = models.CharField(_("reçue"), max_length=6, choices=Means)
    received_on = models.DateField(_("reçue le"))
    due_on = models.DateField(_("à répondre au plus tard le"))
    what = models.TextField(_("ce qui est demandé"), max_length=LONGEST, blank=True)
    datum = models.CharField(_("renseignement à corriger"), max_length=10, choices=Datum, blank=True)
    before = models.CharField(_("valeur à corriger"), max_length=254, blank=True)
    proposed = models.CharField(_("valeur proposée"), max_length=254, blank=True)
    language = models.CharField(_("langue de la réponse"), max_length=2, choices=settings.LANGUAGES)
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = RequestQuerySet.as_manager()

    class Meta:
        verbose_name_plural = _("demandes sur ses renseignements")
        constraints = [
            models.UniqueConstraint(
                fields=["year", "number"],
                name="privacy_request_number",
                violation_error_message=_("Le registre a déjà une demande de ce numéro. Prenez le suivant."),
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | ~Q(name=""),
                name="privacy_request_of_someone",
                violation_error_message=_("Dites de qui vient la demande."),
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("received_on")),
                name="privacy_request_dates",
                violation_error_message=_("Une demande se répond après sa réception. Corrigez la date."),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """`RP 2024-2025-03`, as letters cite it."""
        return f"RP {self.year}-{self.number:02d}"

    @property
    def who(self) -> str:
        return self.person.full_name if self.person else self.name

    @property
    def address(self) -> str:
        """Where the answer goes: that of the record, which may have been corrected since."""
        return (self.person.email or "") if self.person else self.email

    @property
    def steps(self) -> dict[str, Any]:
        """The extension, the answer, the withdrawal and the note there are; read with them in the same query."""
        return {name: getattr(self, name, None) for name in ("extension", "answer", "withdrawal", "note")}

    @property
    def ends_on(self) -> date:
        """The last day to answer, for a row read without `with_state`."""
        extension = self.steps["extension"]
        return extension.until if extension else self.due_on

    @property
    def silence_on(self) -> date:
        """The day from which silence is a refusal (s. 102)."""
        return self.ends_on + timedelta(days=1)


class Extension(models.Model):
    """The delay was extended, once, with its reason. Never changed, by trigger."""

    request = models.OneToOneField(PrivacyRequest, on_delete=models.PROTECT, related_name="extension")
    days = models.PositiveSmallIntegerField(_("jours de plus"))
    reason = models.TextField(_("motif"), max_length=LONGEST)
    until = models.DateField(_("à répondre au plus tard le"))
    extended_on = models.DateField(_("prolongée le"))
    extended_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    extended_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(days__gt=0) & ~Q(reason=""),
                name="privacy_extension_reason",
                violation_error_message=_("Une prolongation a au moins un jour et un motif."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.request_id} {self.until}"


class Outcome(models.TextChoices):
    GRANTED = "granted", _("Accueillie")
    PARTLY = "partly", _("Accueillie en partie")
    REFUSED = "refused", _("Refusée")


class Answer(models.Model):
    """What was decided, in writing; a refusal says by which article. Never changed, by trigger."""

    request = models.OneToOneField(PrivacyRequest, on_delete=models.PROTECT, related_name="answer")
    outcome = models.CharField(_("décision"), max_length=7, choices=Outcome)
    text = models.TextField(_("réponse"), max_length=LONGEST, blank=True)
    article = models.CharField(_("article de loi"), max_length=120, blank=True)
    answered_on = models.DateField(_("répondue le"))
    # The last day to ask the Commission for a review.
    review_until = models.DateField(_("révision jusqu’au"))
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome=Outcome.GRANTED) | (~Q(text="") & ~Q(article="")),
                name="privacy_refusal_reason",
                violation_error_message=_("Un refus, même en partie, a un motif et un article de loi."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.request_id} {self.outcome}"


class Withdrawal(models.Model):
    """Nothing is asked any more."""

    request = models.OneToOneField(PrivacyRequest, on_delete=models.PROTECT, related_name="withdrawal")
    withdrawn_on = models.DateField(_("retirée le"))
    withdrawn_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.request_id}"


class Note(models.Model):
    """What someone whose rectification was refused wants kept with the information (s. 91). Never changed, by
    trigger."""

    request = models.OneToOneField(PrivacyRequest, on_delete=models.PROTECT, related_name="note")
    text = models.TextField(_("note"), max_length=LONGEST)
    noted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.request_id}"
