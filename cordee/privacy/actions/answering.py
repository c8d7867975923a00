"""Answering what was asked: in writing, or by setting right what a rectification proposes."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from cordee.people.actions.affiliations import correct_affiliation
from cordee.people.actions.persons import correct_person
from cordee.people.models import Affiliation, Organization, Person
from cordee.privacy import policy
from cordee.privacy.actions import refusals
from cordee.privacy.actions.letters import tell_answered
from cordee.privacy.actions.requests import waiting
from cordee.privacy.models import WRITTEN, Answer, Datum, Outcome, PrivacyRequest, delays_on
from cordee.records import journal
from cordee.toolkit import clock
from cordee.toolkit.access import enforce

SAME = ("first_name", "last_name", "email", "language")


@dataclass(frozen=True, slots=True)
class Decided:
    """What is answered; a refusal, even in part, has its words and its article."""

    outcome: str
    text: str = ""
    article: str = ""


@dataclass(frozen=True, slots=True)
class Employment:
    """Whose employee the person is in truth, in which category, since when."""

    organization: Organization
    category: str
    starts_on: date


@transaction.atomic
def answer(*, request: PrivacyRequest, decided: Decided, by: Person, on: date) -> Answer:
    """Answer in writing, and send it with what may be asked of the Commission. Late is better than never.

    Raises AlreadyAnswered or GroundMissing.
    """
    enforce(policy.can_answer(by, request, on=on))
    return _answered(waiting(request), decided, by=by, on=on)


def _answered(request: PrivacyRequest, decided: Decided, *, by: Person, on: date) -> Answer:
    text, article = decided.text.strip(), decided.article.strip()
    if decided.outcome != Outcome.GRANTED and not (text and article):
        raise refusals.GroundMissing
    made = Answer.objects.create(
        request=request,
        outcome=decided.outcome,
        text=text,
        article=article,
        answered_on=on,
        review_until=delays_on(on).review_end(on),
        answered_by=by,
        answered_at=clock.now(),
    )
    tell_answered(made)
    journal.write("request.answered", request, by=by, outcome=decided.outcome, article=article)
    return made


@transaction.atomic
def accept_rectification(
    *, request: PrivacyRequest, by: Person, on: date, employment: Employment | None = None
) -> Answer:
    """Set the record right as proposed, and say so: one click for a name or an address.

    Raises NotARectification, ChangedSince, NothingEmployed, or what correcting the record or the affiliation refuses.
    """
    enforce(policy.can_answer(by, request, on=on))
    request = waiting(request)
    if request.person is None or request.datum not in (*WRITTEN, Datum.EMPLOYMENT):
        raise refusals.NotARectification
    if request.datum == Datum.EMPLOYMENT:
        _correct_employment(request.person, employment, by=by, on=on)
    else:
        _correct_record(request, by=by, on=on)
    return _answered(request, Decided(Outcome.GRANTED), by=by, on=on)


def _correct_record(request: PrivacyRequest, *, by: Person, on: date) -> None:
    person = request.person
    assert person is not None
    if (getattr(person, request.datum) or "") != request.before:
        raise refusals.ChangedSince
    said = {name: getattr(person, name) or "" for name in SAME} | {request.datum: request.proposed}
    correct_person(person=person, **said, by=by, on=on)


def _correct_employment(person: Person, wanted: Employment | None, *, by: Person, on: date) -> None:
    """From that day on; what stood before stays."""
    if wanted is None:
        raise refusals.NotARectification
    held = Affiliation.objects.current(wanted.starts_on).filter(person=person).first()
    if held is None:
        raise refusals.NothingEmployed
    correct_affiliation(
        affiliation=held,
        category=wanted.category,
        organization=wanted.organization,
        starts_on=wanted.starts_on,
        by=by,
        on=on,
    )
