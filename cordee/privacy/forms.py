"""Shapes of input of the journal and of the registers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cordee.privacy.actions.retention import WrongReference
from cordee.privacy.models import HoldReason, RetentionRun
from cordee.privacy.wording import acts_in_words


class JournalFilter(forms.Form):
    """What the address of the journal says; an unknown value filters nothing."""

    q = forms.CharField(label=_("Chercher un nom"), required=False, max_length=80)
    act = forms.ChoiceField(label=_("Acte"), required=False)
    since = forms.DateField(label=_("Depuis le"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(
        label=_("Jusqu’au (inclus)"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    request = forms.CharField(label=_("Numéro de requête"), required=False, max_length=64)
    kind = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
    key = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        acts = sorted(acts_in_words().items(), key=lambda act: act[1])
        self.fields["act"].choices = [("", _("Tous les actes")), *acts]  # type: ignore[attr-defined]


class RetentionFilter(forms.Form):
    q = forms.CharField(label=_("Chercher un nom"), required=False, max_length=80)


class ConfirmRunForm(forms.Form):
    """What cannot be taken back is confirmed by copying the number of the plan."""

    typed = forms.CharField(label=_("Numéro du plan"), max_length=20)

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
    why = forms.ChoiceField(label=_("Motif"), choices=HoldReason)
    note = forms.CharField(label=_("Précision"), required=False, max_length=200)
