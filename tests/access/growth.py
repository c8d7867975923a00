"""A dozen more of everything a page can list, so that a page whose queries follow its rows shows itself."""

from collections.abc import Iterable
from datetime import date, time, timedelta

from cordee.charter.models import Nudge, NudgedPerson, Override, Scenario, Tick
from cordee.communities.models import (
    AnticipatedTerm,
    Community,
    CompensationGrant,
    ImprovementPause,
    LimitExtension,
    Objective,
    ParticipationAgreement,
    Plan,
    PlanChange,
    StrategicProject,
)
from cordee.governance.models import AdoptionStep, Body, Decision, Mandate, MandateNotice, Seat
from cordee.home.demo.year import PERIOD, TODAY, YEAR
from cordee.meetings.models import (
    AgendaItem,
    AgendaTemplate,
    AgendaTemplateItem,
    Announcement,
    Answer,
    Attendance,
    AttendanceChange,
    Cancellation,
    CheckIn,
    CheckInRefusal,
    Direction,
    DocumentRemoval,
    FeedKey,
    FollowUp,
    FollowUpDone,
    Meeting,
    MeetingDocument,
    MinutesApproval,
    MinutesCorrection,
    MinutesLock,
    MinutesSection,
    Move,
    Validation,
)
from cordee.people.models import (
    Affiliation,
    Alias,
    Delegation,
    Departure,
    DigestItem,
    Duty,
    DutyConfirmation,
    Group,
    MailChoice,
    Membership,
    Organization,
    OrganizationMembership,
    Person,
    Team,
)
from cordee.records import journal
from cordee.records.models import Message, StoredFile
from cordee.reference.models import Revision
from cordee.toolkit import clock
from cordee.treasury.models import (
    Approval,
    BudgetLine,
    BudgetRemark,
    Claim,
    ClaimRun,
    Payment,
    Return,
    Submission,
    Verification,
)
from cordee.values.school_year import SchoolYear
from tests.access.again import START, again
from tests.access.objects import BODY, CENTRES, MEETINGS, World
from tests.access.registers import registers, retention

MORE = 12


def grow(world: World, numbers: Iterable[int]) -> None:
    for number in numbers:
        organizations(number)
        group = groups(number)
        people(world, number, group)
        bodies(world, number, group)
        meetings(world, number)
        invitations(world, number)
        minutes(world, number)
        files(world, number)
        budget(number)
        claim_steps(world, number)
        scenarios(world, number)
        dated_tasks(world, number)
        registers(world, number)
        retention(world, number)
    claim_lines(world)


def organizations(number: int) -> None:
    made = Organization.objects.create(
        code=f"99{number:04d}", kind="css", short_name=f"CSS Crue {number}", long_name=f"CSS de la Crue {number}"
    )
    OrganizationMembership.objects.create(organization=made, starts_on=START)
    Claim.objects.create(organization=made, year=YEAR, period=PERIOD)


def groups(number: int) -> Group:
    kind = ("strategic-project", "supported", "networking", "priority-32")[number % 4]
    group = Group.objects.create(slug=f"crue-{number}", number=str(60 + number), name=f"Crue {number}", kind=kind)
    community = Community.objects.create(group=group)
    plan = Plan.objects.create(community=community, year=YEAR, status="ongoing")
    for name in ("Amont", "Aval"):
        team = Team.objects.create(group=group, name=name)
        AnticipatedTerm.objects.create(plan=plan, team=team, people=3, days=5)
    project = StrategicProject.objects.create(number=50 + number, title=f"Crue {number}", community=community)
    for place in range(3):
        Objective.objects.create(project=project, number=f"{number}.{place}", kind="smart", text="Monter")
    return group


def people(world: World, number: int, group: Group) -> None:
    """A new member of every group tried; the personas join the new group."""
    newcomer = Person.objects.create(first_name=f"Crue {number}", last_name="Montante")
    centre = Organization.objects.get(code=CENTRES["patriotes"])
    Affiliation.objects.create(person=newcomer, organization=centre, category="professional", starts_on=START)
    for key in (*MEETINGS.values(), *BODY.values()):
        joined = Membership.objects.create(
            person=newcomer, group=world.year.meetings[key].group, role="participant", starts_on=START
        )
        mark(world.year.meetings[key], joined.person)
        declare(world.year.meetings[key], joined.person, number)
    community = Community.objects.get(group=group)
    decided = {"decided_on": START, "recorded_by": newcomer, "recorded_at": clock.now(), "year": YEAR}
    CompensationGrant.objects.create(community=community, decision="CE", **decided)
    LimitExtension.objects.create(community=community, person=newcomer, half_days=1, decision="CE", **decided)
    agreed = {"agreed_on": START, "recorded_by": newcomer, "recorded_at": clock.now(), "year": YEAR}
    ParticipationAgreement.objects.create(person=newcomer, superior="Amont", **agreed)
    Alias.objects.create(person=world.year.people["delphine.arete"], kind="name", value=f"ipad {number}")
    for key in ("delphine.arete", "josee.bivouac", "helene.surplomb", "flavie.ressaut"):
        Membership.objects.create(person=world.year.people[key], group=group, role="liaison", starts_on=START)
        starts_on = START - timedelta(days=400 + number)
        Duty.objects.create(
            person=world.year.people[key], code="educational-director", starts_on=starts_on, ends_on=START
        )
    rights(world, number, newcomer)


def rights(world: World, number: int, newcomer: Person) -> None:
    """Duties that wait for a second yes and that had it, delegations given and received, departures."""
    now, secretary = clock.now(), world.year.secretary
    recorded = {"recorded_by": secretary, "recorded_at": now}
    waiting = {"person": newcomer, "code": "treasurer", "starts_on": TODAY + timedelta(days=30 + number)}
    Duty.objects.create(**waiting, is_pending=True, **recorded)
    lent = Duty.objects.create(person=secretary, code="secretary", starts_on=START, **recorded)
    DutyConfirmation.objects.create(duty=lent, confirmed_by=newcomer, confirmed_at=now)
    span = {"starts_on": TODAY - timedelta(days=number), "ends_on": TODAY + timedelta(days=9), "recorded_at": now}
    Delegation.objects.create(delegator=secretary, delegate=newcomer, duty=lent, **span)
    officer = world.year.people["flavie.ressaut"]
    role = Membership.objects.create(person=newcomer, group=Group.objects.latest("pk"), role="liaison", starts_on=START)
    Delegation.objects.create(delegator=newcomer, delegate=officer, membership=role, **span)
    left = Affiliation.objects.get(person=newcomer)
    Departure.objects.create(
        person=newcomer, affiliation=left, left_on=TODAY, undone_at=now, recorded_by=secretary, recorded_at=now
    )
    Departure.objects.create(person=newcomer, affiliation=left, left_on=TODAY, **recorded)


def bodies(world: World, number: int, group: Group) -> None:
    """More bodies; of the committee, mandates of long ago and decisions, some of which are steps of the draft."""
    Body.objects.create(group=group, key=f"crue-{number}", acronym=f"C{number}")
    committee, newcomer = Body.objects.get(key="executive"), Person.objects.latest("pk")
    recorded = {"recorded_by": newcomer, "recorded_at": clock.now()}
    seat = Seat.objects.get(body=committee, code="treasurer", rank=1)
    Seat.objects.create(body=committee, code="crue", rank=number)
    term = {"starts_on": date(1900 + number, 7, 1), "ends_on": date(1901 + number, 7, 1)}
    mandate = Mandate.objects.create(seat=seat, person=newcomer, **term, **recorded)
    MandateNotice.objects.create(
        mandate=mandate, wish="leave", said_on=term["starts_on"], ended_before=term["ends_on"], **recorded
    )
    said = {"subject": f"Crue {number}", "outcome": "adopted", "language": "fr", **recorded}
    where = {"body": committee, "year": YEAR, "number": 100 + number, "decided_on": START}
    draft = Revision.objects.get(effective_from=None)
    taken = {"number": 100 + number, "act": "validate", "taken_by": newcomer, "taken_at": clock.now()}
    AdoptionStep.objects.create(revision=draft, decision=Decision.objects.create(**where, **said), **taken)


def mark(meeting: Meeting, person: Person) -> None:
    made = {"source": "roster", "marked_by": person, "marked_at": clock.now()}
    attendance = Attendance.objects.create(meeting=meeting, person=person, portion="half", **made)
    AttendanceChange.objects.create(attendance=attendance, after="half", source="roster", changed_at=clock.now())


def declare(meeting: Meeting, person: Person, number: int) -> None:
    """Someone arrived and left by the code of the room; an old code was refused."""
    said = {"meeting": meeting, "person": person, "at": clock.now(), "portion": "half", "signed_in": True}
    for direction in Direction:
        CheckIn.objects.create(direction=direction, **said)
    CheckInRefusal.objects.create(meeting=meeting, person=person, at=clock.now(), why="late", code=f"crue-{number}")


def meetings(world: World, number: int) -> None:
    """In every group tried and every new one, held and to come; a longer history of the mark that is tried."""
    for group in [world.year.meetings[key].group for key in MEETINGS.values()] + [Group.objects.latest("pk")]:
        for day in (date(2024, 9, 3) + timedelta(days=number), date(2025, 2, 3) + timedelta(days=number)):
            held = Meeting.objects.create(
                group=group, date=day, starts_at=time(9), ends_at=time(12), planned_portion="half", modality="virtual"
            )
            Announcement.objects.create(meeting=held, announced_by=world.liaison, announced_at=clock.now())
            done = {"meeting": held, f"{'validated' if day < TODAY else 'cancelled'}_at": clock.now()}
            if day < TODAY:
                mark(held, world.year.people["delphine.arete"])
                Validation.objects.create(validated_by=world.liaison, **done)
            else:
                Cancellation.objects.create(cancelled_by=world.liaison, reason="Crue", **done)
    for key in MEETINGS.values():
        planned(world, world.year.meetings[key], number)
    for attendance in Attendance.objects.filter(person=world.year.people["delphine.arete"]).order_by("pk"):
        again(attendance.changes.order_by("pk")[0], changed_by=world.liaison)


def planned(world: World, meeting: Meeting, number: int) -> None:
    """What is planned around a meeting: moves, points of its agenda, the agenda its group keeps, its series."""
    who, at, nine, noon = world.liaison, clock.now(), time(9), time(12)
    before = {"date_before": START, "starts_before": nine, "ends_before": noon}
    after = {"date_after": TODAY, "starts_after": nine, "ends_after": noon}
    Move.objects.create(meeting=meeting, **before, **after, reason="Crue", moved_by=who, moved_at=at)
    AgendaItem.objects.create(meeting=meeting, position=100 + number, title="Crue", owner=who, minutes=5)
    saved = {"saved_by": who, "saved_at": at}
    template, _new = AgendaTemplate.objects.get_or_create(group=Group.objects.latest("pk"), defaults=saved)
    AgendaTemplateItem.objects.create(template=template, position=100 + template.items.count(), title="Crue")


def invitations(world: World, number: int) -> None:
    """More who were invited to the next meeting of 18 and answered, more addresses of calendars, more e-mails."""
    coming, newcomer = world.year.meetings["18-tc-trp/4"], Person.objects.latest("pk")
    AgendaItem.objects.create(meeting=coming, position=300 + number, title=f"Crue {number}", owner=world.liaison)
    Answer.objects.create(meeting=coming, person=newcomer, reply="yes", day=coming.date, answered_at=clock.now())
    for reader in (world.liaison, world.year.secretary, world.year.people["flavie.ressaut"]):
        made = {"group": Group.objects.latest("pk"), "secret": f"crue-{number}-{reader.pk}", "created_at": clock.now()}
        FeedKey.objects.create(person=reader, **made)
    told = Message.objects.filter(about=f"meeting.{coming.pk}").order_by("pk")[0]
    again(told, key=f"crue-{number}", message_id=f"crue-{number}", person_id=newcomer.pk)
    MailChoice.objects.create(person=newcomer, kind="reminder", pace="weekly")
    said = {"key": f"crue-{number}", "subject": "Crue", "text": "Crue", "created_at": clock.now()}
    DigestItem.objects.create(person=newcomer, kind="reminder", **said)


def minutes(world: World, number: int) -> None:
    """More parts, corrections, follow-ups, documents and pauses of what has some; approvals and locks elsewhere."""
    who, now = world.liaison, clock.now()
    for key in MEETINGS.values():
        meeting = world.year.meetings[key]
        if not hasattr(meeting, "minutes_approval"):
            item = AgendaItem.objects.create(meeting=meeting, position=200 + number, title=f"Crue {number}")
            wrote = {"written_by": who, "written_at": now, "language": "fr"}
            MinutesSection.objects.create(meeting=meeting, part="point", item=item, text="Montée", **wrote)
            taken = {"owner": who, "added_by": who, "added_at": now, "language": "fr"}
            FollowUp.objects.create(meeting=meeting, what=f"Monter {number}", **taken)
            FollowUpDone.objects.create(
                follow_up=FollowUp.objects.create(meeting=meeting, what=f"Descendre {number}", **taken),
                done_by=who,
                done_at=now,
            )
        file = StoredFile.objects.create(
            sha256=f"{meeting.pk}-{number}", size=1, media_type="text/plain", stored_at=now
        )
        kept = {"meeting": meeting, "file": file, "added_by": who, "added_at": now}
        MeetingDocument.objects.create(name=f"crue-{number}.txt", **kept)
        gone = MeetingDocument.objects.create(name=f"gone-{number}.txt", **kept)
        DocumentRemoval.objects.create(document=gone, removed_by=who, removed_at=now)
    close_minutes(world)


def close_minutes(world: World) -> None:
    """Of meetings that have none: approved, locked, corrected, and a pause that proposes a change."""
    who, now = world.liaison, clock.now()
    for held in Meeting.objects.filter(date__lte=TODAY, minutes_approval=None, title="").order_by("-pk")[:1]:
        recorded = {"approved_on": TODAY, "recorded_by": who, "recorded_at": now}
        MinutesApproval.objects.create(meeting=held, way="by-members", **recorded)
        MinutesLock.objects.create(meeting=held, locked_by=who, locked_at=now)
        said = {"text": "Crue", "reason": "Crue", "language": "fr", "corrected_by": who, "corrected_at": now}
        MinutesCorrection.objects.create(meeting=held, **said)
        community = Community.objects.get(group=held.group)
        made = {"written_by": who, "written_at": now, "language": "fr", "adjustments": "Monter"}
        pause = ImprovementPause.objects.create(
            community=community, meeting=held, means="yes", objectives="yes", **made
        )
        proposed = {"year": YEAR, "language": "fr", "proposed_by": who, "proposed_at": now}
        PlanChange.objects.create(community=community, pause=pause, **proposed)


def files(world: World, number: int) -> None:
    for batch in world.imports.values():
        again(batch, sha256=f"{number}")
    twins = [Person.objects.create(first_name=f"Jumelle {number}", last_name="Double") for _ in range(2)]
    again(world.merge, kept=twins[0], absorbed=twins[1])


def budget(number: int) -> None:
    for table in ("expense", "revenue", "ministry", "allocation"):
        line = BudgetLine.objects.filter(year=YEAR, table=table).order_by("pk")[0]
        again(line, key=f"{line.key}-{number}", position=500 + number)
    again(BudgetRemark.objects.order_by("pk")[0], code=f"X{number}")


def claim_steps(world: World, number: int) -> None:
    """Submissions that were verified, approved, paid and returned, all closed."""
    who, at = world.liaison, clock.now()
    for code in CENTRES.values():
        made = {
            "claim": world.claim(code),
            "number": 20 + number,
            "submitted_by": who,
            "submitted_at": at,
            "closed_at": at,
        }
        closed = Submission.objects.create(**made)
        Verification.objects.create(submission=closed, verified_by=who, verified_at=at)
        Approval.objects.create(submission=closed, approved_by=who, approved_at=at)
        paid = {"paid_on": TODAY, "reference": "V", "amount": 1, "recorded_by": who, "recorded_at": at}
        Payment.objects.create(submission=closed, **paid)
        Return.objects.create(submission=closed, reason="Crue", returned_by=who, returned_at=at)
        journal.write("claim.verified", world.claim(code), by=who, number=number)


def claim_lines(world: World) -> None:
    """The lines of the first attendance of each claim tried, for as many others of its people."""
    run = ClaimRun.objects.get(year=YEAR, period=PERIOD, is_current=True)
    for code in CENTRES.values():
        claim = world.claim(code)
        for line in claim.lines_that_count().order_by("pk")[:MORE]:
            marks = Attendance.objects.filter(claim_lines=None, portion="half").order_by("-pk")[:3]
            for attendance in marks:
                again(line, attendance=attendance, person_id=attendance.person_id, run=line.run or run)


def scenarios(world: World, number: int) -> None:
    """Each a « et si? » of two rules more, and the scenario that is shown changes one rule more."""
    draft = Revision.objects.get(edition__year=str(SchoolYear.parse(YEAR).next()))
    shown = draft.scenarios.order_by("pk").first()
    made = Scenario.objects.create(base=draft, name=f"Crue {number}", made_by=world.year.secretary, made_at=clock.now())
    for key in ("rate.teacher.day", "rate.support.day"):
        Override.objects.create(scenario=made, key=key, value="255.00")
    Override.objects.create(scenario=shown, key=f"crue.{number}", value="1")


def dated_tasks(world: World, number: int) -> None:
    """More rows said done, taken back or standing; more who were told they are late, more calendars of a role."""
    who, now = world.year.secretary, clock.now()
    said = {"year": YEAR, "key": "timeline.1", "done_on": START, "note": "Crue", "ticked_by": who, "ticked_at": now}
    back = {"taken_back_by": who, "taken_back_at": now}
    Tick.objects.create(organization=Organization.objects.latest("pk"), **said)
    for code in CENTRES.values():
        Tick.objects.create(organization=Organization.objects.get(code=code), **said, **back)
    nudge = Nudge.objects.create(on=START, nudged_by=who, nudged_at=now)
    NudgedPerson.objects.create(nudge=nudge, person=who, on=START - timedelta(days=number))
    FeedKey.objects.create(person=who, what=f"crue-{number}", secret=f"role-{number}", created_at=now)
