"""The tie between an account and the identity provider of an organization (decision 0011)."""

from datetime import date

from allauth.socialaccount.models import SocialAccount
from django.core import signing
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from cordee.people import policy
from cordee.people.actions import access_letters
from cordee.people.actions.accounts import AccountExists, InvitationOver, accept_invitation, token_of
from cordee.people.identity import Vouched, note, provider_named
from cordee.people.models import AccountInvitation, Person, User
from cordee.records import journal
from cordee.toolkit import clock
from cordee.toolkit.access import enforce
from cordee.toolkit.refusals import Forbidden, Refusal

UNDO, ONE_HOUR = "people.identity", 3600


class NotExpected(Forbidden):
    """The same words whether the account is closed, another’s or nobody’s."""

    sentence = _(
        "Votre organisation vous a reconnu, mais aucun accès ne vous attend ici. Si vous avez reçu une invitation, "
        "suivez son lien; sinon, écrivez à la coordination."
    )


class TiedElsewhere(Refusal):
    sentence = _("Cet accès ne peut plus être remis. Entrez de nouveau par votre organisation.")


def come_in(*, vouched: Vouched, on: date) -> tuple[User, bool]:
    """The account of whom the provider vouches for, and whether it has just been opened by their invitation.

    Known by issuer and subject; the first time by the address that the provider has verified. Raises NotExpected.
    """
    if known := _known(vouched):
        return known, False
    try:
        with transaction.atomic():
            user, opened = _expected(vouched)
            assert user.person is not None
            SocialAccount.objects.create(user=user, provider=vouched.provider.key, uid=vouched.imprint)
            organization = vouched.provider.organization
            journal.write("account.identity-tied", user.person, by=user.person, organization=organization)
            if not opened:
                access_letters.warn(user, "identity-tied", on=on)
    except (NotExpected, InvitationOver, AccountExists, IntegrityError):
        if known := _known(vouched):  # the same person, from two tabs at once
            return known, False
        raise NotExpected from None
    return user, opened


def _known(vouched: Vouched) -> User | None:
    found = SocialAccount.objects.filter(provider=vouched.provider.key, uid=vouched.imprint)
    tied = found.select_related("user").first()
    if tied is None:
        return None
    tied.save(update_fields=["last_login"])
    user: User = tied.user
    return user


def _expected(vouched: Vouched) -> tuple[User, bool]:
    """An open account of that address, or one opened by the invitation that waits there."""
    if not vouched.address:
        note(vouched.provider, "no verified address of its domains")
        raise NotExpected
    user = User.objects.select_for_update(of=("self",)).filter(email=vouched.address).first()
    if user is None:
        return _invited(vouched), True
    if not user.is_active or user.person is None:
        raise NotExpected
    # An address goes from one who left to a namesake: whoever is tied already is not tied to another.
    if SocialAccount.objects.filter(user=user, provider=vouched.provider.key).exclude(uid=vouched.imprint).exists():
        note(vouched.provider, "another subject has this address")
        raise NotExpected
    return user, False


def _invited(vouched: Vouched) -> User:
    now = clock.now()
    waiting = AccountInvitation.objects.pending().filter(email__iexact=vouched.address, expires_at__gt=now)
    invitation = waiting.order_by("-pk").first()
    if invitation is None:
        raise NotExpected
    return accept_invitation(token=token_of(invitation), password=None)


def untie(*, identity: SocialAccount, by: Person, on: date) -> str:
    """The account no longer opens by that provider until its owner comes in by it again. What `tie_again` takes."""
    provider = provider_named(identity.provider)
    enforce(policy.can_untie(by, only_way=bool(provider and provider.only_way), on=on))
    with transaction.atomic():
        told = {"user": identity.user_id, "provider": identity.provider, "uid": identity.uid}
        identity.delete()
        journal.write("account.identity-untied", by, by=by, organization=provider.organization if provider else "")
        access_letters.warn(identity.user, "identity-untied", on=on)
    return signing.dumps(told, salt=UNDO)


def tie_again(*, token: str, user: User, by: Person, on: date) -> None:
    """Undo, within the hour, by the same person. Raises TiedElsewhere."""
    try:
        told = signing.loads(token, salt=UNDO, max_age=ONE_HOUR)
        provider = provider_named(told["provider"])
        if told["user"] != user.pk or provider is None:
            raise TiedElsewhere
        with transaction.atomic():
            SocialAccount.objects.create(user=user, provider=provider.key, uid=told["uid"])
            journal.write("account.identity-tied", by, by=by, organization=provider.organization)
            access_letters.warn(user, "identity-tied", on=on)
    except (signing.BadSignature, IntegrityError):
        raise TiedElsewhere from None
