"""Shapes of input of the directory and of the way in."""

from typing import Any

from allauth.account.forms import LoginForm, ResetPasswordForm, ResetPasswordKeyForm
from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
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


class Labelled:
    """A label says what to type; a placeholder that repeats it goes away when one needs it."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class SignInForm(Labelled, LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        forgotten = format_html(
            '<a href="{}">{}</a>', reverse("account_reset_password"), gettext("Mot de passe oublié?")
        )
        self.fields["password"].help_text = forgotten


class ForgottenPasswordForm(Labelled, ResetPasswordForm):
    pass


class NewPasswordForm(Labelled, ResetPasswordKeyForm):
    pass
