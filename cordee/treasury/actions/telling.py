"""Telling a centre what became of its claim, in the transaction of the step: returned, approved, paid. Each once."""

from collections.abc import Callable

from django.utils import translation
from django.utils.translation import gettext as _

from cordee.people.actions.mailing import Notice, tell
from cordee.people.models import Duty, DutyCode, MailKind, Organization, Person, languages
from cordee.toolkit import clock
from cordee.toolkit.addresses import absolute
from cordee.toolkit.formats import date_long, money
from cordee.treasury.models import Approval, Claim, Payment, Return, Submission


def returned(claim: Claim, step: Return) -> None:
    def words() -> tuple[str, str]:
        subject = _("Réclamation renvoyée : %(claim)s") % {"claim": claim.reference}
        text = _("La trésorerie vous renvoie cette réclamation : %(reason)s Corrigez-la, puis soumettez-la de nouveau.")
        return subject, text % {"reason": sentence(step.reason)}

    _tell(claim, step.submission, "returned", words)


def approved(claim: Claim, step: Approval) -> None:
    def words() -> tuple[str, str]:
        subject = _("Réclamation approuvée : %(claim)s") % {"claim": claim.reference}
        return subject, _("Elle est approuvée pour %(total)s. Le paiement suivra.") % {"total": money(claim.total)}

    _tell(claim, step.submission, "approved", words)


def paid(claim: Claim, step: Payment) -> None:
    def words() -> tuple[str, str]:
        subject = _("Réclamation payée : %(claim)s") % {"claim": claim.reference}
        text = _("%(total)s ont été payés le %(day)s, référence %(reference)s.")
        return subject, text % {
            "total": money(step.amount),
            "day": date_long(step.paid_on),
            "reference": step.reference,
        }

    _tell(claim, step.submission, "paid", words)


def _tell(claim: Claim, submission: Submission, step: str, words: Callable[[], tuple[str, str]]) -> None:
    """`words` gives the subject and the text in the language that is on."""
    about = f"claim.{claim.pk}"
    people = _officers(claim.organization)
    spoken = languages(people, on=clock.today())
    notices = []
    for person in people:
        with translation.override(spoken[person.pk]):
            subject, text = words()
            text = f"{text}\n\n{absolute('treasury:claim', claim.pk)}"
        key = f"{about}.{submission.number}.{step}"
        notices.append(Notice(key, MailKind.CLAIM, person, subject, text, about))
    tell(MailKind.CLAIM, notices)


def _officers(organization: Organization) -> list[Person]:
    duties = Duty.objects.current(clock.today()).filter(code=DutyCode.BILLING_OFFICER, organization=organization)
    return list(Person.objects.filter(pk__in=duties.order_by().values("person")).order_by("pk"))


def sentence(reason: str) -> str:
    """The reason as a sentence that ends."""
    reason = reason.strip()
    return reason if reason.endswith((".", "!", "?", "…")) else f"{reason}."
