"""Shapes of input of the directory and of the way in."""

from typing import Any

from allauth.account.forms import LoginForm, ResetPasswordForm, ResetPasswordKeyForm
from django import forms
from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cordee.people.models import MailChoice, MailKind, MailPace, Organization, Person, StaffCategory


class DirectoryFilter(forms.Form):
    """What the address of the list says; an unknown value filters nothing."""

    q = forms.CharField(label=_("Chercher un nom"), required=False, max_length=80)
    organization = forms.ModelChoiceField(
        Organization.objects.all(), label=_("Organisation"), required=False, empty_label=_("Toutes les organisations")
    )
    category = forms.ChoiceField(
        label=_("Catégorie"), required=False, choices=[("", _("Toutes les catégories")), *StaffCategory.choices]
    )


class CorrectionForm(forms.Form):
    """What a record says of a person, but for what is dated."""

    first_name = forms.CharField(label=_("Prénom"), max_length=80)
    last_name = forms.CharField(label=pgettext_lazy("family name", "Nom"), max_length=80)
    email = forms.EmailField(
        label=_("Adresse courriel"),
        required=False,
        max_length=254,
        help_text=_("Les courriels en attente iront à la nouvelle adresse. Celle qui ouvre la session ne change pas."),
    )
    language = forms.ChoiceField(
        label=_("Langue des courriels"),
        required=False,
        choices=[("", _("Celle de son organisation")), *settings.LANGUAGES],
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


HELP = {
    MailKind.REMINDER: _(
        "Une semaine avant et la veille. Le résumé hebdomadaire annonce les rencontres de la semaine."
    ),
    MailKind.ATTENDANCE: _("Le lendemain d’une rencontre dont vous tenez les présences."),
    MailKind.CLAIM: _("Pour les organisations dont vous faites la facturation."),
    MailKind.TIMELINE: _("Une semaine avant, le jour même et en cas de retard, pour ce dont vous répondez."),
}


class MailForm(forms.Form):
    """One choice a kind of message, and the language."""

    language = forms.ChoiceField(
        label=_("Langue des courriels"),
        required=False,
        choices=[("", _("Celle de mon organisation")), *settings.LANGUAGES],
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = dict(MailChoice.objects.filter(person=person).order_by("pk").values_list("kind", "pace"))
        for kind in MailKind:
            self.fields[kind.value] = forms.ChoiceField(
                label=kind.label,
                help_text=HELP[kind],
                choices=MailPace.choices,
                widget=forms.RadioSelect,
                initial=chosen.get(kind, MailPace.AT_ONCE),
            )
        self.initial["language"] = person.language
        self.order_fields([*MailKind.values, "language"])

    def choices(self) -> dict[str, Any]:
        """What `choose_mail` takes."""
        typed = self.cleaned_data
        return {"language": typed["language"], "paces": {kind: typed[kind] for kind in MailKind.values}}
