"""Opening an account to someone by invitation, closing it, and giving back a way in to who lost their second factor."""

from datetime import date

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core import signing
from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from cordee.people import policy
from cordee.people.actions import access_letters
from cordee.people.actions.sessions import end_sessions
from cordee.people.models import AccountInvitation, Person, User, languages
from cordee.people.models.invitation import LASTS
from cordee.records import journal, outbox
from cordee.toolkit import clock
from cordee.toolkit.access import enforce
from cordee.toolkit.refusals import Refusal

ONE_INVITATION = signing.Signer(salt="people.invitation", sep=".")


class NoAddress(Refusal):
    sentence = _("Aucune adresse courriel n’est connue pour cette personne. Corrigez sa fiche, puis invitez-la.")


class AccountExists(Refusal):
    sentence = _("Cette personne a déjà un compte, ou son adresse est celle d’un autre. Cherchez-la par son nom.")


class InvitationOver(Refusal):
    status = 410
    sentence = _(
        "Cette invitation ne sert plus : elle a déjà servi, elle a expiré ou elle a été retirée. "
        "Si vous avez un compte, ouvrez une session; sinon, demandez une nouvelle invitation."
    )


class NoAccount(Refusal):
    sentence = _("Cette personne n’a pas de compte. Invitez-la à en ouvrir un.")


def invite(*, person: Person, by: Person | None, on: date) -> AccountInvitation:
    """Invite a person, at the address of their record, for fourteen days; an invitation that waits is replaced.

    `by` None is the first account of an installation, from the command line. Raises NoAddress or AccountExists.
    """
    if by is not None:
        enforce(policy.can_open_accounts(by, on=on))
    if not person.email or person.merged_into_id:
        raise NoAddress
    now = clock.now()
    with transaction.atomic():
        person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
        if User.objects.filter(person=person).exists() or User.objects.filter(email=person.email).exists():
            raise AccountExists
        withdraw_pending(person)
        invitation = AccountInvitation.objects.create(
            person=person, email=person.email or "", invited_by=by, invited_at=now, expires_at=now + LASTS
        )
        journal.write("account.invited", person, by=by, email=invitation.email, until=invitation.expires_at)
        with translation.override(languages([person], on=on)[person.pk]):
            outbox.post(access_letters.invitation(invitation, token_of(invitation)))
    return invitation


def token_of(invitation: AccountInvitation) -> str:
    return ONE_INVITATION.sign(str(invitation.pk))


def withdraw_invitation(*, person: Person, by: Person, on: date) -> None:
    """The link no longer opens anything. Asked again it changes nothing."""
    enforce(policy.can_open_accounts(by, on=on))
    with transaction.atomic():
        if withdraw_pending(person):
            journal.write("account.invitation-withdrawn", person, by=by)


def withdraw_pending(person: Person) -> int:
    waiting = AccountInvitation.objects.pending().filter(person=person)
    for invitation in waiting.order_by("pk"):
        outbox.withdraw(access_letters.about(invitation))
    return waiting.update(withdrawn_at=clock.now())


def open_invitation(token: str) -> AccountInvitation:
    """The invitation of a link, while it may be accepted at the address it was sent to. Raises InvitationOver."""
    try:
        pk = int(ONE_INVITATION.unsign(token))
    except (signing.BadSignature, ValueError):
        raise InvitationOver from None
    invitation = AccountInvitation.objects.select_related("person").filter(pk=pk).first()
    if invitation is None or not invitation.is_open(clock.now()) or invitation.person.email != invitation.email:
        raise InvitationOver
    return invitation


def accept_invitation(*, token: str, password: str | None) -> User:
    """Open the account of whoever holds the link; `password` None when an identity provider vouches for them.

    Raises InvitationOver, or AccountExists when the address is that of another account.
    """
    try:
        with transaction.atomic():
            invitation = open_invitation(token)
            taken = AccountInvitation.objects.pending().filter(pk=invitation.pk).update(accepted_at=clock.now())
            if not taken:
                raise InvitationOver
            user = User.objects.create_user(invitation.email, password, person=invitation.person)
            EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
            journal.write("account.opened", invitation.person, by=invitation.person)
    except IntegrityError:
        raise AccountExists from None
    return user


def close_account(*, person: Person, by: Person, on: date) -> None:
    """Nobody comes in with it any more, and whoever was in is out. What they did remains. Raises NoAccount."""
    enforce(policy.can_close_account(by, person, on=on))
    with transaction.atomic():
        user = _account(person)
        user.is_active = False
        user.save(update_fields=["is_active"])
        end_sessions(user)
        journal.write("account.closed", person, by=by)


def reopen_account(*, person: Person, by: Person, on: date) -> None:
    enforce(policy.can_close_account(by, person, on=on))
    with transaction.atomic():
        user = _account(person)
        user.is_active = True
        user.save(update_fields=["is_active"])
        journal.write("account.reopened", person, by=by)


def reset_second_factor(*, person: Person, by: Person, on: date) -> None:
    """For who lost their device and their recovery codes: they come in with the rest, and set up another. They are
    told, for it may not be they who asked."""
    enforce(policy.can_close_account(by, person, on=on))
    with transaction.atomic():
        user = _account(person)
        Authenticator.objects.filter(user=user).delete()
        end_sessions(user)
        journal.write("account.second-factor-reset", person, by=by)
        access_letters.warn(user, "second-factor-reset", on=on)


def _account(person: Person) -> User:
    user = User.objects.select_for_update(of=("self",)).filter(person=person).first()
    if user is None:
        raise NoAccount
    return user
