"""What is written to people about their account. It always leaves: nobody chooses not to be told.

Links and codes open an account: the page that lists the e-mails of the house does not show the text of this kind.
"""

from datetime import date
from uuid import uuid4

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.people.models import AccountInvitation, User, languages
from cordee.records import outbox
from cordee.records.models import ACCESS
from cordee.records.outbox import Letter
from cordee.toolkit import clock
from cordee.toolkit.addresses import absolute
from cordee.toolkit.formats import date_full, time_short

WARNINGS: dict[str, str | Promise] = {
    "account/email/password_changed": gettext_lazy("Le mot de passe de votre compte vient d’être changé."),
    "account/email/password_reset": gettext_lazy("Le mot de passe de votre compte vient d’être remplacé."),
    "account/email/password_set": gettext_lazy("Votre compte a maintenant un mot de passe."),
    "mfa/email/totp_activated": gettext_lazy("Votre compte demande maintenant le code d’une application."),
    "mfa/email/totp_deactivated": gettext_lazy("Votre compte ne demande plus le code d’une application."),
    "mfa/email/recovery_codes_generated": gettext_lazy("Votre compte a de nouveaux codes de secours."),
    "mfa/email/webauthn_added": gettext_lazy("Une clé d’accès vient d’être ajoutée à votre compte."),
    "mfa/email/webauthn_removed": gettext_lazy("Une clé d’accès vient d’être retirée de votre compte."),
    "new-device": gettext_lazy("Votre compte vient d’être ouvert depuis un appareil qui n’était pas connu."),
    "identity-tied": gettext_lazy("Votre compte s’ouvre maintenant aussi par le service de votre organisation."),
    "identity-untied": gettext_lazy("Votre compte ne s’ouvre plus par le service de votre organisation."),
    "second-factor-reset": gettext_lazy(
        "Le second facteur de votre compte vient d’être retiré par la coordination ou le secrétariat."
    ),
}


def about(invitation: AccountInvitation) -> str:
    return f"account-invitation:{invitation.pk}"


def invitation(given: AccountInvitation, token: str) -> Letter:
    person = given.person
    words = {
        "name": person.first_name,
        "url": absolute("people:invitation", token),
        "day": date_full(clock.local_day(given.expires_at)),
    }
    text = _(
        "Bonjour %(name)s,\n\nUn compte vous attend dans Cordée, où se tiennent les rencontres, les présences et les "
        "réclamations de la coopérative. Pour l’ouvrir :\n%(url)s\n\nLe lien est pour vous seulement; il sert une "
        "fois, jusqu’au %(day)s.\n\nVous n’attendiez pas ce message? Ne faites rien : aucun compte ne sera ouvert."
    )
    return _letter(_("Votre compte dans Cordée"), text % words, given.email, about=about(given))


def reset_link(user: User, url: str) -> None:
    text = _(
        "Pour choisir un nouveau mot de passe :\n%(url)s\n\nLe lien sert une fois. Si vous n’avez rien demandé, ne "
        "faites rien : votre mot de passe reste le même."
    )
    _post(_("Choisir un nouveau mot de passe"), text % {"url": url}, user.email)


def sign_in_code(address: str, code: str) -> None:
    text = _(
        "Votre code pour ouvrir une session :\n\n%(code)s\n\nIl sert une fois, pendant quinze minutes, dans la page "
        "qui l’attend. Ne le donnez à personne. Si vous n’avez rien demandé, ne faites rien."
    )
    _post(_("Votre code pour ouvrir une session"), text % {"code": code}, address)


def unknown_account(address: str) -> None:
    """Sent where there is no account, so that asking takes as long and shows the same page whoever one names."""
    text = _(
        "Quelqu’un, peut-être vous, a demandé à entrer dans Cordée avec cette adresse. Aucun compte n’y est rattaché : "
        "essayez l’adresse où vous recevez les invitations, ou demandez un compte à la coordination.\n\nSi vous n’avez "
        "rien demandé, ne faites rien."
    )
    _post(_("Aucun compte à cette adresse"), text, address)


def warn(user: User, what: str, *, on: date, device: str = "", address: str = "") -> None:
    """Tell the owner, in their language, what has just been done with their account, from where, and what to do."""
    if user.person is None:
        return
    with translation.override(languages([user.person], on=on)[user.person.pk]):
        event = str(WARNINGS[what])
        lines = [event, "", _moment()]
        if device:
            lines.append(_("Appareil : %(device)s") % {"device": device})
        if address:
            lines.append(_("Adresse du réseau : %(address)s") % {"address": address})
        lines += ["", _what_to_do()]
        _post(_("Votre compte : une nouvelle à vérifier"), "\n".join(lines), user.email)


def _moment() -> str:
    now = clock.now()
    return _("Le %(day)s, %(hour)s.") % {"day": date_full(now.date()), "hour": time_short(now)}


def _what_to_do() -> str:
    links = {"reset": absolute("account_reset_password"), "access": absolute("people:my_access")}
    return (
        _(
            "C’était vous? Il n’y a rien à faire.\nCe n’était pas vous? Changez votre mot de passe :\n%(reset)s\n"
            "Fermez ensuite les autres sessions :\n%(access)s\nPuis prévenez la coordination."
        )
        % links
    )


def _letter(subject: str, text: str, to: str, *, about: str = "") -> Letter:
    """Of no person: what is on its way to a mailbox never follows them to another, whoever corrects their record."""
    key = f"{ACCESS}.{uuid4().hex}"
    return Letter(key=key, kind=ACCESS, to=to, person_id=None, subject=subject, text=text, about=about)


def _post(subject: str, text: str, to: str) -> None:
    outbox.post(_letter(subject, text, to))
