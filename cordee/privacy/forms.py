"""Shapes of input of the journal and of the registers."""

from django import forms
from django.utils.translation import gettext_lazy as _

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
