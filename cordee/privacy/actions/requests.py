"""What someone asks about what is held on them: received, extended, withdrawn, noted."""

from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max

from cordee.people.models import Person, languages
from cordee.privacy import policy
from cordee.privacy.actions import refusals
from cordee.privacy.actions.letters import tell_extended, tell_received
from cordee.privacy.models import (
    Datum,
    Extension,
    Means,
    Note,
    Outcome,
    PrivacyRequest,
    RequestKind,
    Withdrawal,
    delays_on,
)
from cordee.records import journal
from cordee.reference.models import Edition
from cordee.toolkit import clock
from cordee.toolkit.access import enforce
from cordee.values.school_year import SchoolYear


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked. A rectification names the `datum` and the value `proposed`, or says it in words."""

    kind: str
    what: str = ""
    datum: str = ""
    proposed: str = ""


@dataclass(frozen=True, slots=True)
class Requester:
    """Who asks: someone on record, or an outsider by name; in which language to answer."""

    person: Person | None = None
    name: str = ""
    email: str = ""
    language: str = ""


@transaction.atomic
def ask(*, asked: Asked, by: Person, on: date) -> PrivacyRequest:
    """Ask about oneself. Raises NothingAsked, ProposesNothing, SameAsNow, or NoRulebook without a cadre."""
    language = languages([by], on=on)[by.pk]
    return _write(asked, Requester(by, language=language), means=Means.PAGE, received_on=on, by=by)


@transaction.atomic
def record_request(
    *, asked: Asked, requester: Requester, means: str, received_on: date, by: Person, on: date
) -> PrivacyRequest:
    """Write down what came otherwise, the day it was received. Raises NobodyAsks, NotYetReceived, and as `ask`."""
    enforce(policy.can_keep_requests(by, on=on))
    if received_on > on:
        raise refusals.NotYetReceived
    if requester.person is None and not requester.name.strip():
        raise refusals.NobodyAsks
    return _write(asked, requester, means=means, received_on=received_on, by=by)


def _write(asked: Asked, requester: Requester, *, means: str, received_on: date, by: Person) -> PrivacyRequest:
    before = _value_now(asked, requester.person)
    due_on = delays_on(received_on).first_end(received_on, is_complaint=asked.kind == RequestKind.COMPLAINT)
    year = str(SchoolYear.containing(received_on))
    made = PrivacyRequest.objects.create(
        year=year,
        number=next_number(PrivacyRequest, year),
        **asdict(asked),
        before=before,
        person=requester.person,
        name="" if requester.person else requester.name.strip(),
        email="" if requester.person else requester.email,
        means=means,
        received_on=received_on,
        due_on=due_on,
        language=requester.language,
        recorded_by=by,
        recorded_at=clock.now(),
    )
    tell_received(made)
    said = {"kind": made.kind, "received_on": received_on, "due_on": due_on}
    journal.write("request.received", made, by=by, in_the_name_of=made.person, reference=made.reference, **said)
    return made


def next_number(model: type[PrivacyRequest], year: str) -> int:
    """The next of that school year; two who take it at once wait for each other on the edition of the cadre."""
    list(Edition.objects.select_for_update().order_by("pk").values_list("pk", flat=True))
    return (model.objects.filter(year=year).aggregate(last=Max("number"))["last"] or 0) + 1


def _value_now(asked: Asked, person: Person | None) -> str:
    """What a rectification would replace; empty for what is only said in words."""
    if asked.kind != RequestKind.RECTIFICATION:
        if not asked.what.strip() and asked.kind == RequestKind.COMPLAINT:
            raise refusals.NothingAsked
        return ""
    if asked.datum in (Datum.EMPLOYMENT, Datum.OTHER) or person is None:
        if not asked.what.strip():
            raise refusals.NothingAsked
        return ""
    if not asked.proposed.strip():
        raise refusals.ProposesNothing
    now = getattr(person, asked.datum) or ""
    if now == asked.proposed:
        raise refusals.SameAsNow
    return str(now)


@transaction.atomic
def extend(*, request: PrivacyRequest, days: int, reason: str, by: Person, on: date) -> Extension:
    """Take `days` more, once, before the end, and tell why. Raises AlreadyExtended, TooLateToExtend, TooLong…"""
    enforce(policy.can_answer(by, request, on=on))
    request = waiting(request)
    refuse_unless_extendable(request, on=on)
    delays = delays_on(request.received_on)
    if days > delays.extension:
        raise refusals.TooLong(delays.extension)
    if not reason.strip():
        raise refusals.ReasonMissing
    until = delays.extended_end(request.received_on, days)
    made = {"days": days, "reason": reason.strip(), "until": until, "extended_on": on}
    extension = Extension.objects.create(request=request, **made, extended_by=by, extended_at=clock.now())
    tell_extended(extension)
    journal.write("request.extended", request, by=by, until=until)
    return extension


def refuse_unless_extendable(request: PrivacyRequest, *, on: date) -> None:
    """Raise ComplaintHasNoExtension, AlreadyExtended or TooLateToExtend."""
    if request.kind == RequestKind.COMPLAINT:
        raise refusals.ComplaintHasNoExtension
    if request.steps["extension"]:
        raise refusals.AlreadyExtended
    if on > request.due_on:
        raise refusals.TooLateToExtend(request.due_on)


def waiting(request: PrivacyRequest) -> PrivacyRequest:
    """The request, locked, its steps read. Raises AlreadyAnswered when nothing is awaited any more."""
    PrivacyRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    found = PrivacyRequest.objects.select_related("person", "extension", "answer", "withdrawal").get(pk=request.pk)
    refuse_unless_waiting(found)
    return found


def refuse_unless_waiting(request: PrivacyRequest) -> None:
    """Raise AlreadyAnswered when it was answered or withdrawn."""
    if request.steps["answer"] or request.steps["withdrawal"]:
        raise refusals.AlreadyAnswered


@transaction.atomic
def withdraw(*, request: PrivacyRequest, by: Person, on: date) -> Withdrawal:
    """Ask nothing any more. Raises AlreadyAnswered."""
    enforce(policy.can_withdraw(by, request, on=on))
    request = waiting(request)
    made = Withdrawal.objects.create(request=request, withdrawn_on=on, withdrawn_by=by, withdrawn_at=clock.now())
    journal.write("request.withdrawn", request, by=by, in_the_name_of=request.person)
    return made


@transaction.atomic
def resume(*, request: PrivacyRequest, by: Person, on: date) -> None:
    """Undo a withdrawal; the delay did not stop meanwhile. Raises NotWithdrawn."""
    enforce(policy.can_withdraw(by, request, on=on))
    gone, _rows = Withdrawal.objects.filter(request=request).delete()
    if not gone:
        raise refusals.NotWithdrawn
    journal.write("request.resumed", request, by=by, in_the_name_of=request.person)


@transaction.atomic
def keep_note(*, request: PrivacyRequest, text: str, by: Person, on: date) -> Note:
    """Keep with a refused rectification what the person wants said of it (s. 91). Raises NoteOnRefusalOnly."""
    enforce(policy.can_note(by, request, on=on))
    PrivacyRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    found = PrivacyRequest.objects.select_related("person", "answer", "note").get(pk=request.pk)
    refuse_unless_notable(found)
    if not text.strip():
        raise refusals.NothingAsked
    note = Note.objects.create(request=found, text=text.strip(), noted_by=by, noted_at=clock.now())
    journal.write("request.noted", found, by=by, in_the_name_of=found.person)
    return note


def refuse_unless_notable(request: PrivacyRequest) -> None:
    """Raise NoteOnRefusalOnly unless it is a rectification that was refused, were it in part, and has no note yet."""
    answer = request.steps["answer"]
    refused = answer is not None and answer.outcome != Outcome.GRANTED
    if not refused or request.kind != RequestKind.RECTIFICATION or request.steps["note"]:
        raise refusals.NoteOnRefusalOnly
