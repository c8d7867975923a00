"""Coming in: accounts are made for known people, wrong passwords are slowed down without locking anyone else out.

What the account library would send, it sends through the outbox, in our words.
"""

from datetime import timedelta
from io import BytesIO
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from cordee.people import devices, identity
from cordee.people.actions import access_letters
from cordee.people.actions.sessions import end_sessions
from cordee.people.middleware import SHOWN
from cordee.people.models import User
from cordee.records import journal
from cordee.toolkit import clock

BRAKE = gettext_lazy("Trop d’essais. Attendez cinq minutes, ou entrez avec un code envoyé par courriel.")
# What changes how one comes in: whoever had come in before, with what they knew then, is out.
CHANGES_THE_WAY_IN = {
    "account/email/password_changed",
    "account/email/password_reset",
    "account/email/password_set",
    "mfa/email/totp_activated",
    "mfa/email/webauthn_added",
}
# What our pages say by themselves.
UNSAID = {
    "account/messages/logged_in.txt",
    "account/messages/logged_out.txt",
    "account/messages/login_code_sent.txt",
    "mfa/messages/recovery_codes_generated.txt",
}


# A session that a provider opened ends with the day: it is asked again whether the person is still there.
BY_PROVIDER = timedelta(hours=12)


class InvitedOnly(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": gettext_lazy("L’adresse ou le mot de passe n’est pas le bon."),
        "too_many_login_attempts": BRAKE,
        "rate_limited": BRAKE,
        "incorrect_code": gettext_lazy("Ce code n’est pas le bon."),
        "incorrect_password": gettext_lazy("Ce mot de passe n’est pas le bon."),
        "enter_current_password": gettext_lazy("Ce n’est pas votre mot de passe actuel."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count this try, for its owner's device or for the network it comes from: nobody's tries lock the owner out
        of a device they have used. Raises ValidationError past the limit, the same whether the account exists or not.
        """
        login = credentials.get("email", "").lower()
        action, key = self._brake(request, login)
        self._login_failed_rl_usage = ratelimit.consume(request, app="allauth.account", action=action, key=key)
        if not self._login_failed_rl_usage:
            raise self.validation_error("too_many_login_attempts")

    def _brake(self, request: HttpRequest, login: str) -> tuple[str, str]:
        known = devices.owners(request)
        owner = User.objects.filter(email=login, pk__in=known).values_list("pk", flat=True).first() if known else None
        if owner:
            return "login_failed_device", f"device:{owner}:{request.COOKIES[devices.COOKIE]}"
        return "login_failed", f"{self.get_client_ip(request)}:{login}"

    def _delete_login_attempts_cached_email(self, request: HttpRequest, **credentials: Any) -> None:
        """A password one has just chosen may be tried at once."""
        action, key = self._brake(request, credentials.get("email", "").lower())
        ratelimit.clear(request, app="allauth.account", action=action, key=key)

    def pre_login(self, request: HttpRequest, user: Any, **given: Any) -> HttpResponse | None:
        """Raise ComesInByOrganization for who came by another way than the only one of their domain."""
        provider = identity.provider_of(user.email)
        if provider and provider.only_way and provided_by(request, user).get("provider") != provider.key:
            raise identity.ComesInByOrganization
        return super().pre_login(request, user, **given)

    def post_login(self, request: HttpRequest, user: Any, **given: Any) -> HttpResponse:
        response = super().post_login(request, user, **given)
        if by_provider := provided_by(request, user):
            request.session.set_expiry(timezone.now() + BY_PROVIDER)
            request.session[SHOWN] = by_provider["two_factors"]
        if user.person:
            journal.write("account.session-opened", user.person, by=user.person)
        if user.pk not in devices.owners(request):
            if not given["signup"]:
                self._warn(user, "new-device")
            devices.remember(request, response, user.pk)
        return response

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Raises KeyError on a letter that nobody wrote."""
        letters = {
            "account/email/password_reset_key": lambda: access_letters.reset_link(
                context["user"], context["password_reset_url"]
            ),
            "account/email/login_code": lambda: access_letters.sign_in_code(email, context["code"]),
            "account/email/unknown_account": lambda: access_letters.unknown_account(email),
        }
        letters[template_prefix]()

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        if template_prefix in CHANGES_THE_WAY_IN:
            end_sessions(user, keep=self.request.session.session_key or "")
        act = template_prefix.rpartition("/")[2].replace("_", "-")
        if user.person:
            journal.write(f"account.{act}", user.person, by=user.person)
        self._warn(user, template_prefix)

    def _warn(self, user: User, what: str) -> None:
        device = devices.name_of(self.get_http_user_agent(self.request))
        access_letters.warn(user, what, on=clock.today(), device=device, address=self.get_client_ip(self.request))

    def add_message(self, request: HttpRequest, level: int, message_template: Any = None, *a: Any, **k: Any) -> None:
        if message_template not in UNSAID:
            super().add_message(request, level, message_template, *a, **k)


def provided_by(request: HttpRequest, user: Any) -> dict[str, Any]:
    """What the provider of their organization has said in this session; empty for who came in otherwise."""
    records = get_authentication_records(request, user)
    return next((one for one in reversed(records) if one["method"] == identity.METHOD), {})


class SecondFactor(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy("Ce code n’est pas le bon, ou il a déjà servi."),
    }

    def is_mfa_enabled(self, user: Any, types: Any = None) -> bool:
        """Not asked of who comes in by a provider that says it has asked more than a password (decision 0011)."""
        request = context.request
        if request and not request.user.is_authenticated and provided_by(request, user).get("two_factors"):
            return False
        return super().is_mfa_enabled(user, types)

    def get_totp_issuer(self) -> str:
        return "Cordée"

    def build_totp_svg(self, url: str) -> str:
        """On white, whatever the theme: cameras read dark on light."""
        drawing = BytesIO()
        segno.make(url, error="m", micro=False).save(drawing, kind="svg", light="#fff", xmldecl=False)
        return drawing.getvalue().decode()

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        """The device one is at, where the key most often lives; whoever adds it may write another name."""
        return devices.name_of(context.request.META.get("HTTP_USER_AGENT", ""))
