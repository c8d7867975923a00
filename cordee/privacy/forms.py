"""Shapes of input of the journal and of the registers."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cordee.people.models import Organization, Person, StaffCategory
from cordee.privacy.actions.retention import WrongReference
from cordee.privacy.models import (
    SAID,
    WRITTEN,
    Datum,
    Degree,
    HoldReason,
    Incident,
    IncidentKind,
    Means,
    Outcome,
    RequestKind,
    RequestState,
    RetentionRun,
)
from cordee.privacy.wording import acts_in_words
from cordee.toolkit.entry import DayEntry

DAY_HELP = gettext_lazy("Comme 2024-09-12, 12/09/2024 ou 12 sept. 2024.")
ASKABLE = [kind for kind in RequestKind if kind != RequestKind.RECTIFICATION]


class JournalFilter(forms.Form):
    """What the address of the journal says; an unknown value filters nothing."""

    q = forms.CharField(label=gettext_lazy("Chercher un nom"), required=False, max_length=80)
    act = forms.ChoiceField(label=gettext_lazy("Acte"), required=False)
    since = forms.DateField(
        label=gettext_lazy("Depuis le"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label=gettext_lazy("Jusqu’au (inclus)"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    request = forms.CharField(label=gettext_lazy("Numéro de requête"), required=False, max_length=64)
    kind = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
    key = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        acts = sorted(acts_in_words().items(), key=lambda act: act[1])
        self.fields["act"].choices = [("", _("Tous les actes")), *acts]  # type: ignore[attr-defined]


class RegisterFilter(forms.Form):
    """What the address of a register of the law says; an unknown value filters nothing."""

    q = forms.CharField(label=gettext_lazy("Chercher"), required=False, max_length=80)
    kind = forms.ChoiceField(label=gettext_lazy("Sorte"), required=False)
    year = forms.ChoiceField(label=gettext_lazy("Année"), required=False)

    def __init__(self, data: Any, *, years: Iterable[str], kinds: Any = RequestKind) -> None:
        super().__init__(data)
        self.fields["kind"].choices = [("", _("Toutes les sortes")), *kinds.choices]  # type: ignore[attr-defined]
        self.fields["year"].choices = [  # type: ignore[attr-defined]
            ("", _("Toutes les années")),
            *((year, year) for year in years),
        ]
        self.is_valid()


class RequestFilter(RegisterFilter):
    state = forms.ChoiceField(
        label=gettext_lazy("État"),
        required=False,
        choices=[("", gettext_lazy("Tous les états")), *RequestState.choices],
    )
    field_order = ["q", "state", "kind", "year"]


class IncidentFilter(RegisterFilter):
    serious = forms.ChoiceField(
        label=gettext_lazy("Préjudice sérieux"),
        required=False,
        choices=[("", gettext_lazy("Tous")), ("yes", gettext_lazy("Oui")), ("no", gettext_lazy("Non"))],
    )
    field_order = ["q", "serious", "kind", "year"]

    def __init__(self, data: Any, *, years: Iterable[str]) -> None:
        super().__init__(data, years=years, kinds=IncidentKind)


class AskForm(forms.Form):
    """What one asks about oneself, but for a rectification, which has its own."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Ce que vous demandez"),
        choices=[(kind.value, kind.label) for kind in ASKABLE],
        widget=forms.RadioSelect,
        initial=RequestKind.ACCESS,
    )
    what = forms.CharField(
        label=gettext_lazy("Précisions"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea,
        help_text=gettext_lazy("Quels renseignements, et pour un effacement ou une plainte, pourquoi."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("kind") in (RequestKind.ERASURE, RequestKind.COMPLAINT) and not data.get("what"):
            self.add_error("what", _("Dites ce qui est demandé."))
        return data


class RectificationForm(forms.Form):
    """The value that would be right, for a name or an address; words, for the rest."""

    datum = forms.ChoiceField(choices=Datum.choices, widget=forms.HiddenInput)
    proposed = forms.CharField(label=gettext_lazy("Ce qui serait juste"), max_length=80)
    what = forms.CharField(label=gettext_lazy("Précisions"), required=False, max_length=2_000, widget=forms.Textarea)

    def __init__(self, *args: Any, datum: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if datum not in WRITTEN:
            del self.fields["proposed"]
            self.fields["what"].required = True
            self.fields["what"].label = _("Ce qui n’est pas juste, et ce qui le serait")
        elif datum == Datum.EMAIL:
            self.fields["proposed"] = forms.EmailField(label=_("Ce qui serait juste"), max_length=254)
        self.order_fields(["datum", "proposed", "what"])

    def clean_proposed(self) -> str:
        said = " ".join(self.cleaned_data["proposed"].split())
        return said.lower() if self.data.get("datum") == Datum.EMAIL else said


class RecordForm(forms.Form):
    """A request that came by letter, by e-mail or was spoken."""

    person = forms.ModelChoiceField(
        Person.objects.none(),
        label=gettext_lazy("Personne"),
        required=False,
        empty_label=gettext_lazy("Une personne qui n’est pas dans l’annuaire"),
    )
    name = forms.CharField(
        label=gettext_lazy("Son nom"),
        required=False,
        max_length=160,
        help_text=gettext_lazy("Seulement si elle n’est pas dans l’annuaire."),
    )
    email = forms.EmailField(
        label=gettext_lazy("Son adresse courriel"),
        required=False,
        help_text=gettext_lazy("Sans adresse, la réponse s’envoie par la poste : imprimez l’accusé de réception."),
    )
    language = forms.ChoiceField(label=gettext_lazy("Langue de la réponse"), choices=settings.LANGUAGES)
    means = forms.ChoiceField(
        label=gettext_lazy("Reçue comment"),
        choices=[(means.value, means.label) for means in Means if means != Means.PAGE],
        widget=forms.RadioSelect,
        initial=Means.LETTER,
    )
    received_on = DayEntry(
        label=gettext_lazy("Reçue le"), help_text=gettext_lazy("Le délai court à partir de ce jour, non de celui-ci.")
    )
    kind = forms.ChoiceField(label=gettext_lazy("Sorte"), choices=RequestKind.choices, widget=forms.RadioSelect)
    what = forms.CharField(label=gettext_lazy("Ce qui est demandé"), max_length=5_000, widget=forms.Textarea)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]


class ExtensionForm(forms.Form):
    days = forms.IntegerField(label=gettext_lazy("Jours de plus"), min_value=1)
    reason = forms.CharField(
        label=gettext_lazy("Motif"),
        max_length=2_000,
        widget=forms.Textarea,
        help_text=gettext_lazy("La personne le lit dans l’avis qui lui est envoyé, dans la langue de sa demande."),
    )


class AnswerForm(forms.Form):
    outcome = forms.ChoiceField(
        label=gettext_lazy("Décision"), choices=Outcome.choices, widget=forms.RadioSelect, initial=Outcome.GRANTED
    )
    text = forms.CharField(
        label=gettext_lazy("Réponse"),
        required=False,
        max_length=5_000,
        widget=forms.Textarea,
        help_text=gettext_lazy("Dans la langue de la demande. Nécessaire pour un refus, même en partie."),
    )
    article = forms.CharField(
        label=gettext_lazy("Article de loi"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("Celui sur lequel le refus s’appuie, comme « A-2.1, art. 88 »."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("outcome") and data["outcome"] != Outcome.GRANTED:
            for name, sentence in (("text", _("Écrivez le motif.")), ("article", _("Nommez l’article de loi."))):
                if not data.get(name):
                    self.add_error(name, sentence)
        return data


class EmploymentForm(forms.Form):
    """Whose employee they are in truth, from a day on."""

    organization = forms.ModelChoiceField(Organization.objects.all(), label=pgettext_lazy("person", "Employeur"))
    category = forms.ChoiceField(label=gettext_lazy("Catégorie de personnel"), choices=StaffCategory.choices)
    starts_on = DayEntry(label=gettext_lazy("À partir du"), help_text=DAY_HELP)


class NoteForm(forms.Form):
    text = forms.CharField(label=gettext_lazy("Ce qui est à garder"), max_length=2_000, widget=forms.Textarea)


class IncidentForm(forms.ModelForm):
    """The eight fields of the register."""

    is_serious = forms.TypedChoiceField(
        label=gettext_lazy("Risque de préjudice sérieux"),
        choices=[(True, gettext_lazy("Oui")), (False, gettext_lazy("Non"))],
        coerce=lambda said: said == "True",
        widget=forms.RadioSelect,
        help_text=gettext_lazy("D’après les trois réponses qui précèdent; la personne responsable est consultée."),
    )

    class Meta:
        model = Incident
        fields = SAID
        field_classes = {
            name: DayEntry
            for name in (
                "happened_on",
                "happened_until",
                "aware_on",
                "told_commission_on",
                "told_persons_on",
                "public_notice_on",
            )
        }
        widgets = {
            "sensitivity": forms.RadioSelect,
            "likelihood": forms.RadioSelect,
        }
        labels = {
            "data": gettext_lazy("Leur nature"),
            "people_count": gettext_lazy("Combien de personnes"),
        }
        help_texts = {
            "data": gettext_lazy("En mots, sans nommer personne."),
            "sensitivity": gettext_lazy("Médicaux, biométriques ou intimes : élevée. Un nom et un employeur : faible."),
            "consequences": gettext_lazy(
                "Vol d’identité, fraude, perte d’emploi, atteinte à la réputation, humiliation."
            ),
            "likelihood": gettext_lazy("Qui les a eus, en quel nombre, pour combien de temps, et s’ils sont revenus."),
            "told_persons_on": gettext_lazy("Sauf si cela nuit à une enquête."),
            "others_told": gettext_lazy("Qui peut diminuer le risque, avec les seuls renseignements nécessaires."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("sensitivity", "likelihood"):
            self.fields[name].choices = Degree.choices  # type: ignore[attr-defined]


class CorrectionForm(IncidentForm):
    """`seen` is the version one started from."""

    reason = forms.CharField(label=gettext_lazy("Motif de la correction"), max_length=500)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class RetentionFilter(forms.Form):
    q = forms.CharField(label=gettext_lazy("Chercher un nom"), required=False, max_length=80)


class ConfirmRunForm(forms.Form):
    """What cannot be taken back is confirmed by copying the number of the plan."""

    typed = forms.CharField(label=gettext_lazy("Numéro du plan"), max_length=20)

    def __init__(self, *args: Any, run: RetentionRun, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.run = run
        self.fields["typed"].help_text = _("Recopiez « %(reference)s » pour confirmer.") % {"reference": run.reference}
        self.fields["typed"].widget.attrs["autocomplete"] = "off"

    def clean_typed(self) -> str:
        typed: str = self.cleaned_data["typed"].strip().upper()
        if typed != self.run.reference:
            raise forms.ValidationError(str(WrongReference(self.run)))
        return typed


class HoldForm(forms.Form):
    why = forms.ChoiceField(label=gettext_lazy("Motif"), choices=HoldReason)
    note = forms.CharField(label=gettext_lazy("Précision"), required=False, max_length=200)
