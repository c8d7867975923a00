"""The mid-year claims, by the real acts: prepared on 16 January, then each at the step its centre had reached.

On the 20th one is paid, one approved, two are verified, four submitted (one by the secretary for a centre that never
signs in), one returned with its reason, and six are drafts. In between, attendance was corrected and validated late.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from cordee.home.demo.year import PERIOD, YEAR, Year, at
from cordee.meetings import actions as meetings
from cordee.people.models import Duty, DutyCode, Person
from cordee.toolkit import clock
from cordee.treasury.actions import runs, steps
from cordee.treasury.models import Claim

THURSDAY, FRIDAY, MONDAY = date(2025, 1, 16), date(2025, 1, 17), date(2025, 1, 20)

RETURNED = (
    "The staff category of one person in 08-Numératie does not match your payroll list. "
    "Please check it, then submit again."
)


@dataclass(frozen=True)
class Act:
    """What was done, to which claim or seat, and when."""

    on: date
    hour: int
    minute: int
    do: Callable[[Year, str, date], object]
    subject: str = ""


def play(year: Year) -> None:
    """Every act at its own hour, in order."""
    for act in sorted(history(year), key=lambda act: (act.on, act.hour, act.minute)):
        with clock.standing_at(at(act.on, act.hour, act.minute)):
            act.do(year, act.subject, act.on)


def history(year: Year) -> list[Act]:
    late = [Act(when.date(), when.hour, when.minute, validate, key) for key, when in year.late.items()]
    return [
        Act(THURSDAY, 7, 30, prepare),
        Act(THURSDAY, 9, 20, submit, "862000"),
        Act(THURSDAY, 10, 5, submit, "864000"),
        Act(THURSDAY, 13, 30, verify, "862000"),
        Act(THURSDAY, 14, 10, submit, "866000"),
        Act(THURSDAY, 15, 0, submit, "863000"),
        Act(FRIDAY, 8, 40, approve, "862000"),
        Act(FRIDAY, 9, 15, verify, "864000"),
        Act(FRIDAY, 9, 30, verify, "866000"),
        Act(FRIDAY, 9, 45, verify, "863000"),
        Act(FRIDAY, 10, 20, submit, "867000"),
        Act(FRIDAY, 11, 0, submit, "752000"),
        Act(FRIDAY, 13, 0, submit, "869000"),
        Act(FRIDAY, 13, 20, submit_for_them, "751000"),
        Act(FRIDAY, 13, 45, submit, "884000"),
        Act(FRIDAY, 14, 30, approve, "864000"),
        Act(FRIDAY, 15, 20, correct, "corrected_after_submission"),
        *late,
        Act(FRIDAY, 16, 40, send_back, "884000"),
        Act(FRIDAY, 17, 30, prepare),
        Act(MONDAY, 8, 30, pay, "862000"),
    ]


def prepare(year: Year, _subject: str, on: date) -> None:
    runs.advance_run(runs.start_run(year=YEAR, period=PERIOD, by=year.secretary, on=on))


def submit(year: Year, code: str, on: date) -> None:
    steps.submit_claim(claim=claim_of(code), by=billing_officer(code), on=on)


def submit_for_them(year: Year, code: str, on: date) -> None:
    steps.submit_claim(claim=claim_of(code), by=year.secretary, on=on)


def verify(year: Year, code: str, on: date) -> None:
    steps.verify_claim(claim=claim_of(code), by=year.secretary, on=on)


def approve(year: Year, code: str, on: date) -> None:
    steps.approve_claim(claim=claim_of(code), by=year.treasurer, on=on)


def pay(year: Year, code: str, on: date) -> None:
    steps.pay_claim(claim=claim_of(code), paid_on=on, reference=f"VIR-2025-01-{code}", by=year.treasurer, on=on)


def send_back(year: Year, code: str, on: date) -> None:
    steps.return_claim(claim=claim_of(code), reason=RETURNED, by=year.secretary, on=on)


def validate(year: Year, key: str, on: date) -> None:
    """The late entry of a meeting nobody had validated."""
    keeper = year.keeper(year.slugs[key])
    meetings.validate_meeting(meeting=year.meetings[key], by=keeper, on=on)


def correct(year: Year, name: str, on: date) -> None:
    """A day that was a half: the centre’s next claim will take the difference back."""
    (seat,) = year.evidence[name]
    attendance = year.attendances[seat]
    meetings.correct_attendance(
        attendance=attendance,
        portion="half",
        reason="Repartie à midi, signalé par la personne elle-même",
        version=attendance.version,
        by=year.keeper(year.slugs[seat[0]]),
        on=on,
    )


def claim_of(code: str) -> Claim:
    return Claim.objects.get(organization__code=code, year=YEAR, period=PERIOD, sequence=0)


def billing_officer(code: str) -> Person:
    duties = Duty.objects.filter(code=DutyCode.BILLING_OFFICER, organization__code=code)
    return duties.select_related("person").get().person
