"""A small year in the database: two centres, a partner, a few communities, and one line a fact."""

from datetime import date, time
from typing import Any

from cordee.communities.models import Community, CompensationGrant
from cordee.meetings.models import Attendance, Meeting, Validation
from cordee.people.models import Affiliation, Group, Membership, Organization, OrganizationMembership, Person
from cordee.reference.actions import load_edition, put_in_force
from cordee.reference.management.commands.load_edition import EDITIONS
from cordee.toolkit import clock
from cordee.treasury.actions.runs import advance_run, start_run
from cordee.treasury.models import Claim, ClaimLine, ClaimRun, ClaimState, Submission

YEAR = "2024-2025"
START = date(2024, 7, 1)
TODAY = date(2025, 6, 20)
SAINT_HYACINTHE, SHERBROOKE, UNIVERSITY = "862000", "752000", "UNIV"
REGIONS = {SAINT_HYACINTHE: "Montérégie", SHERBROOKE: "Estrie", UNIVERSITY: ""}


def edition(text: str | None = None) -> None:
    """The reviewed edition of 2024-2025, in force."""
    text = text or (EDITIONS / f"{YEAR}.toml").read_text(encoding="utf-8")
    put_in_force(revision=load_edition(text, by=None, on=START), effective_from=START, by=None, on=START)


def organizations() -> None:
    for code, region in REGIONS.items():
        kind = "partner" if code == UNIVERSITY else "css"
        made = Organization.objects.create(code=code, kind=kind, short_name=code, long_name=code, crdp_region=region)
        if kind == "css":
            OrganizationMembership.objects.create(organization=made, starts_on=date(2021, 7, 1))


def group(slug: str, kind: str = "strategic-project", *, granted: bool = True) -> Group:
    made = Group.objects.create(slug=slug, name=slug, kind=kind)
    community = Community.objects.create(group=made)
    if kind == "supported" and granted:
        CompensationGrant.objects.create(
            community=community,
            year=YEAR,
            decision="CE-1",
            decided_on=START,
            recorded_by=clerk(),
            recorded_at=clock.now(),
        )
    return made


def person(employer: str = SAINT_HYACINTHE, category: str = "professional", name: str = "Camille") -> Person:
    made = Person.objects.create(first_name=name, last_name="Inventée")
    if employer:
        hire(made, employer, category)
    return made


def hire(made: Person, employer: str, category: str, starts_on: date = START, ends_on: date | None = None) -> None:
    organization = Organization.objects.get(code=employer)
    Affiliation.objects.create(
        person=made, organization=organization, category=category, starts_on=starts_on, ends_on=ends_on
    )


def join(made: Person, *groups: Group, **facts: Any) -> None:
    for one in groups:
        Membership.objects.create(person=made, group=one, **{"role": "member", "starts_on": START, **facts})


def meeting(of: Group, on: date, *, half: bool = False, validated: bool = True) -> Meeting:
    end = time(11, 30) if half else time(15, 30)
    made = Meeting.objects.create(
        group=of,
        date=on,
        starts_at=time(8, 30),
        ends_at=end,
        planned_portion="half" if half else "day",
        modality="in-person",
    )
    if validated:
        validate(made)
    return made


def validate(made: Meeting) -> None:
    Validation.objects.create(meeting=made, validated_by=clerk(), validated_at=clock.now())


def attend(who: Person, where: Meeting, portion: str = "day") -> Attendance:
    return Attendance.objects.create(
        meeting=where, person=who, portion=portion, source="roster", marked_by=who, marked_at=clock.now()
    )


def correct(attendance: Attendance, portion: str) -> None:
    """As the roster does: a change makes a new version."""
    attendance.portion, attendance.version = portion, attendance.version + 1
    attendance.save(update_fields=["portion", "version"])


def prepare(period: str = "year-end") -> ClaimRun:
    run = start_run(year=YEAR, period=period, by=None, on=TODAY)
    assert advance_run(run)
    return run


def submit(code: str, period: str = "mid-year", state: str = ClaimState.SUBMITTED) -> Claim:
    """What submitting comes to: the draft lines belong to a submission, and never change again."""
    claim = Claim.objects.filter(organization__code=code, period=period).latest("sequence")
    number = claim.submissions.count() + 1
    made = Submission.objects.create(claim=claim, number=number, submitted_by=clerk(), submitted_at=clock.now())
    ClaimLine.objects.filter(claim=claim, run__is_current=True, submission=None).update(submission=made)
    claim.state = state
    claim.save(update_fields=["state"])
    return claim


def give_back(claim: Claim) -> None:
    """What returning comes to: the submission is closed, its lines no longer count."""
    claim.submissions.update(closed_at=clock.now())
    claim.state = ClaimState.RETURNED
    claim.save(update_fields=["state"])


def clerk() -> Person:
    return Person.objects.get_or_create(first_name="Sacha", last_name="Secrétariat")[0]


def claim_of(code: str, period: str = "year-end", sequence: int = 0) -> Claim:
    return Claim.objects.get(organization__code=code, period=period, sequence=sequence)


def lines_of(code: str, period: str = "year-end", sequence: int = 0) -> list[tuple[str, int]]:
    """(code, dollars) of the lines that count, in the order of the meetings."""
    lines = claim_of(code, period, sequence).lines_that_count().order_by("date", "attendance_id", "-amount", "pk")
    return [(line.code, int(line.amount)) for line in lines]


def everything() -> list[tuple[Any, ...]]:
    """All the lines that count, without the keys that differ from run to run."""
    fields = ("claim_id", "attendance_id", "code", "halves", "amount", "rule_key", "rate_key", "category", "adjusts")
    return sorted(map(str, ClaimLine.objects.counted().order_by().values_list(*fields)))
