"""A year of any size, made in seconds: the same rows at each run, for tests and measures, never for people.

`make_volume(100_000)` adds that many marks beside what the database holds: people with 25 marks a year in three
groups of every kind, employers and categories that change, days over the limits, some meetings not validated.
`multiply(10)` adds what makes ten times of it: as many marks a person and people a group as there were.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import batched
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.utils import timezone

from cordee.communities.models import AnticipatedTerm, Community, CompensationGrant, Plan
from cordee.meetings.models import Attendance, Meeting, Validation
from cordee.people.models import Affiliation, Group, Membership, Organization, OrganizationMembership, Person
from cordee.reference.actions import load_edition, put_in_force
from cordee.reference.management.commands.load_edition import EDITIONS

MARKS_A_PERSON = 25
MARKS_A_GROUP = 2500
YEAR, START = "2024-2025", date(2024, 7, 1)
FIRST_MEETING = date(2024, 9, 3)
ROWS_A_TRANSACTION = 4000
MADE_AT = datetime(2025, 1, 20, 9, 0, tzinfo=timezone.get_fixed_timezone(-300))
KINDS = ("strategic-project", "supported", "priority-32", "supported", "strategic-project", "networking")
CATEGORIES = ("professional", "professional", "teacher", "special-education-technician", "support", "manager")


@dataclass(frozen=True)
class Size:
    """How much is added. Meetings stand in the first `days` from September on."""

    marks: int
    people: int
    groups: int
    meetings_a_group: int = 120
    days: int = 290

    @property
    def marks_a_person(self) -> int:
        return -(-self.marks // self.people)


def make_volume(marks: int) -> None:
    """Add `marks` attendances of 2024-2025 and all they rest on; the edition when it is missing."""
    add(Size(marks, people=-(-marks // MARKS_A_PERSON), groups=max(6, marks // MARKS_A_GROUP)))


def multiply(times: int, *, until: date) -> None:
    """Make `times` as much of everything people made; the meetings added stand before `until`."""
    more = times - 1
    groups, people = Group.objects.count(), Person.objects.count()
    meetings, marks = Meeting.objects.count(), Attendance.objects.count()
    size = Size(marks * more, people * more, groups * more, max(1, meetings // groups), (until - FIRST_MEETING).days)
    add(size)


def add(size: Size) -> None:
    """In several transactions: on PostgreSQL the trigger against overlaps keeps one lock a person until each ends."""
    _edition()
    organizations = _organizations()
    groups = _groups(size.groups)
    meetings = _meetings(groups, size)
    people = _ids(Person, size.people)
    _insert(Person, ("id", "first_name", "last_name"), ((pk, "Volume", f"Personne {pk}") for pk in people))
    _affiliations(people, organizations)
    _memberships(people, groups)
    _attendances(people, meetings, size)
    _restart_counters()


def _edition() -> None:
    text = (EDITIONS / f"{YEAR}.toml").read_text(encoding="utf-8")
    put_in_force(revision=load_edition(text, by=None, on=START), effective_from=START, by=None, on=START)


def _organizations() -> list[int]:
    """Those there are, else fifteen, members all year."""
    members = list(Organization.objects.members_on(FIRST_MEETING).order_by("code").values_list("id", flat=True))
    if members:
        return members
    made = [
        Organization(code=f"{861 + at}000", kind="css", short_name=f"Centre {at}", long_name=f"Centre {at}")
        for at in range(15)
    ]
    for at, one in enumerate(made):
        one.crdp_region = "Estrie" if at % 4 == 0 else "Montérégie"
    Organization.objects.bulk_create(made)
    OrganizationMembership.objects.bulk_create(
        OrganizationMembership(organization=one, starts_on=date(2021, 7, 1)) for one in made
    )
    return [one.pk for one in made]


def _groups(count: int) -> list[int]:
    groups = _ids(Group, count)
    _insert(
        Group,
        ("id", "slug", "number", "name", "kind"),
        ((pk, f"volume-{pk}", "", f"Volume {pk}", KINDS[at % len(KINDS)]) for at, pk in enumerate(groups)),
    )
    communities = Community.objects.bulk_create(Community(group_id=pk) for pk in groups)
    plans = Plan.objects.bulk_create(Plan(community=one, year=YEAR, status="ongoing") for one in communities)
    AnticipatedTerm.objects.bulk_create(AnticipatedTerm(plan=plan, people=10, days=5) for plan in plans)
    secretary = Person.objects.create(first_name="Volume", last_name="Secrétariat")
    CompensationGrant.objects.bulk_create(
        CompensationGrant(
            community=one, year=YEAR, decision="V", decided_on=START, recorded_by=secretary, recorded_at=MADE_AT
        )
        for at, one in enumerate(communities)
        if KINDS[at % len(KINDS)] == "supported" and at % 10
    )
    return groups


def _meetings(groups: list[int], size: Size) -> dict[int, list[int]]:
    """As many a group, spread over the days; one in twenty is not validated."""
    found: dict[int, list[int]] = {}
    keys = iter(_ids(Meeting, len(groups) * size.meetings_a_group))
    rows: list[tuple[Any, ...]] = []
    for group in groups:
        found[group] = []
        for at in range(size.meetings_a_group):
            on = FIRST_MEETING + timedelta(days=(at * 2 + group) % size.days)
            key, half = next(keys), at % 4 == 0
            end = "11:30:00" if half else "15:30:00"
            start = f"{8 + at % 3:02d}:30:00"
            rows.append((key, group, "", on, start, end, "half" if half else "day", "in-person", ""))
            found[group].append(key)
    columns = ("id", "group_id", "title", "date", "starts_at", "ends_at", "planned_portion", "modality", "place")
    _insert(Meeting, columns, rows)
    author = Person.objects.order_by("-pk").values_list("pk", flat=True)[0]
    validated = (key for key in (row[0] for row in rows) if key % 20)
    _insert(
        Validation, ("meeting_id", "validated_by_id", "validated_at"), ((key, author, MADE_AT) for key in validated)
    )
    return found


def _affiliations(people: list[int], organizations: list[int]) -> None:
    """One in twenty changes employer and category at the New Year."""
    change = date(2025, 1, 1)

    def rows() -> Iterator[tuple[Any, ...]]:
        for at, person in enumerate(people):
            organization, category = organizations[at % len(organizations)], CATEGORIES[at % len(CATEGORIES)]
            changes = at % 20 == 0
            yield (person, organization, category, date(2022, 7, 1), change if changes else None)
            if changes:
                yield (person, organizations[(at + 1) % len(organizations)], "professional", change, None)

    _insert(Affiliation, ("person_id", "organization_id", "category", "starts_on", "ends_on"), rows())


def _theirs(at: int, groups: list[int]) -> list[int]:
    """The three groups of a person."""
    return [groups[(at * 7 + step * (len(groups) // 3)) % len(groups)] for step in range(3)]


def _memberships(people: list[int], groups: list[int]) -> None:
    rows = (
        (person, group, "member", START) for at, person in enumerate(people) for group in _theirs(at, groups) if at % 50
    )
    _insert(Membership, ("person_id", "group_id", "role", "starts_on"), rows)


def _attendances(people: list[int], meetings: dict[int, list[int]], size: Size) -> None:
    groups = list(meetings)
    made_at = connection.ops.adapt_datetimefield_value(MADE_AT)

    def rows() -> Iterator[tuple[Any, ...]]:
        for number in range(size.marks):
            at, slot = divmod(number, size.marks_a_person)
            group = _theirs(at, groups)[slot % 3]
            meeting = meetings[group][(at * 5 + slot // 3 * 13) % size.meetings_a_group]
            portion = "half" if (at + slot) % 5 == 0 else "day"
            yield (meeting, people[at], portion, "", "import", people[0], made_at, 1)

    columns = ("meeting_id", "person_id", "portion", "reason", "source", "marked_by_id", "marked_at", "version")
    _insert(Attendance, columns, rows())


def _ids(model: type[models.Model], count: int) -> list[int]:
    last = model._default_manager.aggregate(last=models.Max("pk"))["last"] or 0
    return list(range(last + 1, last + 1 + count))


def _insert(model: type[models.Model], columns: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> None:
    """COPY on PostgreSQL, one prepared statement on SQLite: a million rows in some seconds.

    What is not named gets its default, which Django alone knows.
    """
    others = [field for field in model._meta.concrete_fields if not (field.primary_key or field.null)]
    others = [field for field in others if field.column not in columns]
    defaults = tuple(field.get_db_prep_save(field.get_default(), connection) for field in others)
    columns, rows = (*columns, *(field.column for field in others)), ((*row, *defaults) for row in rows)
    names = ", ".join(f'"{column}"' for column in columns)
    for batch in batched(rows, ROWS_A_TRANSACTION):
        with transaction.atomic(), connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.cursor.copy(f"COPY {model._meta.db_table} ({names}) FROM STDIN") as copy:
                    for row in batch:
                        copy.write_row(row)
            else:
                holes = ", ".join(["%s"] * len(columns))
                cursor.executemany(f"INSERT INTO {model._meta.db_table} ({names}) VALUES ({holes})", batch)


def _restart_counters() -> None:
    """Rows came with their identifiers: the next one made by Django must follow them."""
    made = [Person, Group, Meeting]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), made):
            cursor.execute(statement)
