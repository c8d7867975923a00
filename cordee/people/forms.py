"""Shapes of input of the directory and of the way in."""

from datetime import date, timedelta
from typing import Any

from allauth.account import forms as account
from allauth.account.forms import LoginForm, ResetPasswordForm, ResetPasswordKeyForm
from allauth.mfa.base import forms as mfa
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cordee.people.actions.duties import RECORDED
from cordee.people.models import (
    Group,
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
from cordee.people.models.facts import Fact
from cordee.people.rights import Right
from cordee.toolkit import clock
from cordee.toolkit.entry import DayEntry


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


class RightsFilter(forms.Form):
    """What one asks: who may do this, for which organization or in which group, on which day."""

    right = forms.ChoiceField(label=_("Qui peut"), required=False, widget=forms.Select(attrs={"class": "wide"}))
    organization = forms.ModelChoiceField(
        Organization.objects.all(), label=_("Organisation"), required=False, empty_label=_("Toutes les organisations")
    )
    group = forms.ModelChoiceField(
        Group.objects.all(), label=_("Groupe"), required=False, empty_label=_("Tous les groupes")
    )
    day = forms.DateField(label=_("Jour"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, rights: list[Right], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labelled = sorted(((right.name, str(right.label)) for right in rights), key=lambda one: one[1])
        self.fields["right"].choices = [("", gettext("Choisir ce qui est à faire")), *labelled]


LAST_DAY = _("Le dernier jour compris, comme 2025-03-14 ou 14 mars 2025.")


class UntilForm(forms.Form):
    """A last day that people type, and the end (excluded) that is kept."""

    last_day = DayEntry(label=_("Dernier jour"), required=False, help_text=LAST_DAY)

    @property
    def ends_on(self) -> date | None:
        last = self.cleaned_data.get("last_day")
        return last + timedelta(days=1) if last else None


class DutyForm(UntilForm):
    code = forms.ChoiceField(label=_("Fonction"), choices=[(code.value, code.label) for code in RECORDED])
    organization = forms.ModelChoiceField(
        Organization.objects.all(),
        label=_("Organisation"),
        required=False,
        empty_label=_("La coopérative"),
        help_text=_("Pour la facturation et les directions; les autres fonctions sont de la coopérative."),
    )
    starts_on = DayEntry(label=_("Depuis le"))
    field_order = ["code", "organization", "starts_on", "last_day"]


class DelegationForm(UntilForm):
    """What one holds, to whom, from when to when."""

    fact = forms.ChoiceField(label=_("Ce que vous déléguez"), widget=forms.RadioSelect)
    to = forms.ModelChoiceField(Person.objects.none(), label=_("À qui"), empty_label=_("Choisir une personne"))
    starts_on = DayEntry(label=_("Depuis le"))
    field_order = ["fact", "to", "starts_on", "last_day"]

    def __init__(self, *args: Any, facts: list[Fact], people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fact"].choices = [(f"{fact.kind}:{fact.key}", fact.title) for fact in facts]
        self.fields["to"].queryset = people
        self.fields["last_day"].required = True


class EmployerForm(forms.Form):
    organization = forms.ModelChoiceField(
        Organization.objects.all(), label=_("Employeur"), empty_label=_("Choisir une organisation")
    )
    category = forms.ChoiceField(label=_("Catégorie"), choices=StaffCategory.choices)
    starts_on = DayEntry(label=_("Depuis le"))


class DepartureForm(UntilForm):
    last_day = DayEntry(label=_("Dernier jour chez cet employeur"), help_text=LAST_DAY)
    account_last_day = DayEntry(
        label=_("Compte ouvert jusqu’au"),
        required=False,
        help_text=_("Pour revoir ses présences et emporter ses renseignements. Vide : le compte reste ouvert."),
    )

    @property
    def account_until(self) -> date | None:
        last = self.cleaned_data.get("account_last_day")
        return last + timedelta(days=1) if last else None


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
    purpose = forms.ChoiceField(label=_("Finalité"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["purpose"].choices = [  # type: ignore[attr-defined]
            ("", _("Toutes les finalités")),
            *((key, purpose.title) for key, purpose in purposes().items()),
        ]


NEW_PASSWORD = _("Au moins douze caractères : une phrase se retient bien.")


class Labelled:
    """A label says what to type; a placeholder that repeats it goes away when one needs it."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class Passwords(Labelled):
    """The one that is asked leads on when it is forgotten; what a new one must be is said in one sentence."""

    asked, chosen = "password", "password1"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if asked := self.fields.get(self.asked):
            forgotten = gettext("Mot de passe oublié?")
            asked.help_text = format_html('<a href="{}">{}</a>', reverse("account_reset_password"), forgotten)
        if chosen := self.fields.get(self.chosen):
            chosen.help_text = NEW_PASSWORD


class SignInForm(Passwords, LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["remember"].label = gettext("Se souvenir de moi")


class ForgottenPasswordForm(Labelled, ResetPasswordForm):
    pass


class NewPasswordForm(Passwords, ResetPasswordKeyForm):
    pass


class ChangePasswordForm(Passwords, account.ChangePasswordForm):
    asked = "oldpassword"


class SetPasswordForm(Passwords, account.SetPasswordForm):
    pass


class ReauthenticateForm(Passwords, account.ReauthenticateForm):
    pass


class AskCodeForm(Labelled, account.RequestLoginCodeForm):
    pass


class OrganizationAddressForm(forms.Form):
    """Its domain says which organization."""

    email = forms.EmailField(
        label=_("Adresse courriel de votre organisation"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


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
        self.fields["password"].help_text = NEW_PASSWORD


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
