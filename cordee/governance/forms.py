"""Shapes of what is typed about bodies; nothing is written here."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cordee.governance.models import LONGEST, Body, Decision, Outcome, Wish
from cordee.governance.models.decision import ADOPTING
from cordee.meetings.models import Meeting
from cordee.people.models import Person
from cordee.toolkit.entry import DayEntry
from cordee.toolkit.formats import date_long

DAY_HELP = gettext_lazy("Comme 2024-09-12, 12/09/2024 ou 12 sept. 2024.")


class DecisionFilter(forms.Form):
    """What the address of the register says; an unknown value filters nothing."""

    q = forms.CharField(label=gettext_lazy("Chercher une décision"), required=False, max_length=80)
    body = forms.ModelChoiceField(
        Body.objects.select_related("group"),
        label=gettext_lazy("Instance"),
        required=False,
        empty_label=gettext_lazy("Toutes les instances"),
        to_field_name="key",
    )
    year = forms.ChoiceField(label=gettext_lazy("Année"), required=False)

    def __init__(self, data: Any, *, years: Iterable[str]) -> None:
        super().__init__(data)
        self.fields["body"].label_from_instance = lambda body: body.group.label
        self.fields["year"].choices = [("", _("Toutes les années")), *((year, year) for year in years)]
        self.is_valid()


class WordsForm(forms.Form):
    """What the register says of a decision."""

    subject = forms.CharField(label=pgettext_lazy("decision", "Objet"), max_length=160)
    text = forms.CharField(label=gettext_lazy("Décision"), required=False, max_length=LONGEST, widget=forms.Textarea)
    outcome = forms.ChoiceField(
        label=gettext_lazy("Issue"), choices=Outcome.choices, widget=forms.RadioSelect, initial=Outcome.ADOPTED
    )
    objections = forms.CharField(
        label=gettext_lazy("Objections et ce qu’on en a fait"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea,
        help_text=gettext_lazy("Les raisons, sans nommer personne."),
    )


class CorrectionForm(WordsForm):
    """`seen` is the version one started from."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class WhenForm(forms.Form):
    """The day of a decision, and the meeting it was taken at."""

    meeting = forms.ModelChoiceField(
        Meeting.objects.none(),
        label=gettext_lazy("Rencontre"),
        required=False,
        empty_label=gettext_lazy("Aucune : prise entre deux rencontres, ou avant d’employer Cordée"),
    )
    decided_on = DayEntry(
        label=gettext_lazy("Date"),
        required=False,
        help_text=gettext_lazy("Celle de la rencontre choisie, sinon comme 2024-09-12 ou 12 sept. 2024."),
    )

    def __init__(self, *args: Any, meetings: QuerySet[Meeting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meeting"].queryset = meetings
        self.fields["meeting"].label_from_instance = lambda meeting: date_long(meeting.date)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("meeting") and not data.get("decided_on"):
            data["decided_on"] = data["meeting"].date
        if not data.get("decided_on") and not data.get("known") and "decided_on" not in self.errors:
            self.add_error("decided_on", ValidationError(_("Choisissez une rencontre ou écrivez une date.")))
        return data


class DecisionForm(WhenForm, WordsForm):
    field_order = ["meeting", "decided_on", "subject", "text", "outcome", "objections"]


class StepForm(WhenForm, WordsForm):
    """A step is taken by a decision that is in the register already, or by one that is written with it."""

    known = forms.ModelChoiceField(
        Decision.objects.none(),
        label=gettext_lazy("Repose sur"),
        required=False,
        empty_label=gettext_lazy("Une nouvelle décision, écrite ci-dessous"),
    )
    effective_from = DayEntry(label=gettext_lazy("Prend effet le"), required=False, help_text=DAY_HELP)
    field_order = ["known", "meeting", "decided_on", "subject", "text", "outcome", "objections", "effective_from"]

    def __init__(self, *args: Any, known: QuerySet[Decision], dated: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = [(outcome.value, outcome.label) for outcome in ADOPTING]
        self.fields["known"].queryset = known
        self.fields["known"].label_from_instance = lambda one: f"{one.reference}, {one.subject}"
        if not known:
            del self.fields["known"]
        if not dated:
            del self.fields["effective_from"]


class NamingForm(forms.Form):
    seat = forms.ChoiceField(label=gettext_lazy("Siège"))
    person = forms.ModelChoiceField(
        Person.objects.none(), label=gettext_lazy("Personne"), empty_label=gettext_lazy("Choisir une personne")
    )
    starts_on = DayEntry(label=gettext_lazy("Depuis le"), help_text=DAY_HELP)

    def __init__(self, *args: Any, seats: list[tuple[str, str]], people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seat"].choices = seats
        self.fields["person"].queryset = people


class NoticeForm(forms.Form):
    wish = forms.ChoiceField(label=gettext_lazy("Avis"), choices=Wish.choices, widget=forms.RadioSelect)
    said_on = DayEntry(label=gettext_lazy("Donné le"), help_text=DAY_HELP)
    leaving_on = DayEntry(
        label=gettext_lazy("Départ le"),
        required=False,
        help_text=gettext_lazy("Seulement pour partir avant la fin de l’année scolaire."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("leaving_on") and data.get("wish") == Wish.STAY:
            self.add_error("leaving_on", ValidationError(_("Qui poursuit ne part pas : laissez cette date vide.")))
        return data
