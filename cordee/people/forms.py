"""Shapes of input of the directory."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cordee.people.models import Organization, StaffCategory


class DirectoryFilter(forms.Form):
    """What the address of the list says; an unknown value filters nothing."""

    q = forms.CharField(label=_("Chercher un nom"), required=False, max_length=80)
    organization = forms.ModelChoiceField(
        Organization.objects.all(), label=_("Organisation"), required=False, empty_label=_("Toutes les organisations")
    )
    category = forms.ChoiceField(
        label=_("Catégorie"), required=False, choices=[("", _("Toutes les catégories")), *StaffCategory.choices]
    )
