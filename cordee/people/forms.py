"""Shapes of input of the directory and of the way in."""

from typing import Any

from allauth.account import forms as account
from allauth.account.forms import LoginForm, ResetPasswordForm, ResetPasswordKeyForm
from allauth.mfa.base import forms as mfa
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cordee.people.models import (
    MailChoice,
    MailKind,
    MailPace,
    Organization,
    Person,
    Purpose,
    StaffCategory,
    User,
    purposes,
)
from cordee.toolkit import clock


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


class ConsentForm(forms.Form):
    """One box, unticked, for one purpose; with the version of the words beside it."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    agreed = forms.BooleanField(
        label=_("J’y consens"),
        error_messages={"required": _("Cochez la case si vous y consentez; sinon, rien à faire.")},
    )

    def __init__(self, *args: Any, purpose: Purpose, **kwargs: Any) -> None:
        version = purpose.version_on(clock.today()).number
        super().__init__(*args, auto_id=f"{purpose.key}_%s", initial={"version": version}, **kwargs)
        self.purpose = purpose


class ConsentFilter(forms.Form):
    q = forms.CharField(label=_("Chercher un nom"), required=False, max_length=80)
    purpose = forms.ChoiceField(label=_("Fin"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["purpose"].choices = [  # type: ignore[attr-defined]
            ("", _("Toutes les fins")),
            *((key, purpose.title) for key, purpose in purposes().items()),
        ]


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


class ChangePasswordForm(Labelled, account.ChangePasswordForm):
    pass


class SetPasswordForm(Labelled, account.SetPasswordForm):
    pass


class ReauthenticateForm(Labelled, account.ReauthenticateForm):
    pass


class AskCodeForm(Labelled, account.RequestLoginCodeForm):
    pass


class CodeForm(Labelled):
    """A code that one copies: no capitals to guess, digits first on a telephone."""

    label = _("Code reçu par courriel")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = self.label
        self.fields["code"].widget.attrs |= {"autocomplete": "one-time-code", "spellcheck": "false"}


class GiveCodeForm(CodeForm, account.ConfirmLoginCodeForm):
    pass


class FactorForm(CodeForm, AuthenticateForm):
    label = _("Code de l’application, ou code de secours")


class FactorAgainForm(CodeForm, mfa.ReauthenticateForm):
    label = FactorForm.label


class ActivateAppForm(CodeForm, ActivateTOTPForm):
    label = _("Code que l’application affiche")


class AddPasskeyForm(AddWebAuthnForm):
    """Always one that opens a session by itself: the browser is asked for a lock or a PIN."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Nom de la clé")
        self.fields["name"].required = True
        self.fields["passwordless"] = forms.BooleanField(widget=forms.HiddenInput, initial=True)


class RenamePasskeyForm(EditWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Nom de la clé")


class OpenAccountForm(forms.Form):
    """The password of a new account, once: what one reads is surer than what one types twice."""

    password = account.SetPasswordField(label=_("Mot de passe"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].user = user
        self.fields["password"].widget.attrs.pop("placeholder", None)
        self.fields["password"].help_text = _("Au moins douze caractères : une phrase se retient bien.")


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
