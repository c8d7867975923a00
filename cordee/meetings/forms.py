"""Shapes of what is typed about meetings; nothing is written here."""

from datetime import date, time
from typing import Any

from babel.dates import format_date
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cordee.meetings.models import MeetingState, Modality, Portion
from cordee.people.models import Group, Organization, StaffCategory
from cordee.toolkit.entry import DayEntry
from cordee.toolkit.formats import locale
from cordee.values.school_year import SchoolYear

PRESENT = [(Portion.HALF, Portion.HALF.label), (Portion.DAY, Portion.DAY.label)]


class ListFilter(forms.Form):
    """What the address of the list says; an unknown value filters nothing."""

    q = forms.CharField(label=gettext_lazy("Chercher une rencontre"), required=False, max_length=80)
    group = forms.ModelChoiceField(
        Group.objects.none(), label=gettext_lazy("Groupe"), required=False, empty_label=gettext_lazy("Tous les groupes")
    )
    month = forms.ChoiceField(label=gettext_lazy("Mois"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("État"), required=False, choices=[("", ""), *MeetingState.choices])

    def __init__(self, data: Any, *, groups: Any, year: SchoolYear) -> None:
        super().__init__(data)
        self.fields["group"].queryset = groups
        months = [date(year.first + (month < 7), month, 1) for month in (*range(7, 13), *range(1, 7))]
        self.fields["month"].choices = [
            ("", _("Toute l’année")),
            *((f"{month:%Y-%m}", format_date(month, "LLLL y", locale=locale())) for month in months),
        ]
        self.is_valid()

    def chosen(self, name: str) -> Any:
        return self.cleaned_data.get(name) or None


class HourEntry(forms.TimeField):
    """`9:00`, `9 h`, `13h30`: the browser's own picker sends the first."""

    def to_python(self, value: Any) -> time | None:
        text = str(value or "").lower().replace("\u00a0", " ").replace(" ", "").replace("h", ":")
        try:
            return super().to_python(f"{text}00" if text.endswith(":") else text)
        except ValidationError:
            raise ValidationError(_("Écrivez une heure comme 9:00 ou 13 h 30.")) from None


def hour(label: Any) -> HourEntry:
    return HourEntry(label=label, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))


class PlanForm(forms.Form):
    group = forms.ModelChoiceField(Group.objects.none(), label=gettext_lazy("Groupe"))
    title = forms.CharField(label=gettext_lazy("Titre"), required=False, max_length=160)
    day = DayEntry(label=gettext_lazy("Date"))
    starts_at = hour(gettext_lazy("Début"))
    ends_at = hour(gettext_lazy("Fin"))
    planned_portion = forms.ChoiceField(
        label=gettext_lazy("Durée prévue"),
        choices=[("", gettext_lazy("Selon les heures")), *PRESENT],
        required=False,
        help_text=gettext_lazy("Personne ne peut être inscrit pour plus que cette durée."),
    )
    modality = forms.ChoiceField(label=gettext_lazy("Modalité"), choices=Modality.choices)
    place = forms.CharField(label=gettext_lazy("Lieu"), required=False, max_length=160)

    def __init__(self, *args: Any, groups: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = groups
        self.fields["group"].empty_label = None if groups.count() == 1 else _("Choisir un groupe")
        self.fields["day"].help_text = _("Comme 2024-09-12, 12/09/2024 ou 12 sept. 2024.")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        start, end = data.get("starts_at"), data.get("ends_at")
        if start and end and end <= start:
            self.add_error("ends_at", _("La rencontre doit finir après son début. Corrigez l’une des deux heures."))
        return data


class ReasonForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Motif"), max_length=200)


class CorrectionForm(ReasonForm):
    portion = forms.ChoiceField(
        label=gettext_lazy("Présence"), choices=[(Portion.NONE, Portion.NONE.label), *PRESENT], widget=forms.RadioSelect
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
    field_order = ["portion", "reason", "version"]

    def __init__(self, *args: Any, planned: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if planned == Portion.HALF:
            self.fields["portion"].choices = self.fields["portion"].choices[:2]


class WalkInForm(forms.Form):
    """A person nobody had recorded yet. `namesake` says that one of the same name is someone else."""

    first_name = forms.CharField(label=gettext_lazy("Prénom"), max_length=80)
    last_name = forms.CharField(label=pgettext_lazy("family name", "Nom"), max_length=80)
    email = forms.EmailField(label=gettext_lazy("Courriel"), required=False)
    organization = forms.ModelChoiceField(
        Organization.objects.all(),
        label=gettext_lazy("Organisation"),
        empty_label=gettext_lazy("Choisir une organisation"),
    )
    category = forms.ChoiceField(
        label=gettext_lazy("Catégorie de personnel"),
        choices=[("", gettext_lazy("Choisir une catégorie")), *StaffCategory.choices],
    )
    namesake = forms.BooleanField(label=gettext_lazy("C’est une autre personne du même nom"), required=False)


class AddressForm(forms.Form):
    """The address one was invited by; `address` names it so that browsers and telephones offer one’s own."""

    address = forms.EmailField(
        label=gettext_lazy("Adresse courriel de votre invitation"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )
