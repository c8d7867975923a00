"""The dated tasks of a school year: its rows, for each organization, each community or once, as of a day.

Nothing of them is stored: they are those of the edition in force that day, of whoever holds the role that day. The next
edition brings its own.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cordee.charter.models.facts import Fact, YearFacts
from cordee.charter.rules.timeline import SOON, Deadline, Reach, State, deadlines, state_of
from cordee.people.models import Duty, DutyCode, Group, Membership, MembershipRole, Organization, Person
from cordee.people.models.person import Standing
from cordee.reference.models import made_once, timeline
from cordee.reference.rulebook import Rulebook
from cordee.values.school_year import SchoolYear
from cordee.values.text import plain

# Who holds what the edition calls a role: a duty, or a role in a group.
DUTIES = {
    "management-secretary": DutyCode.SECRETARY,
    **{code.value: code for code in DutyCode if code is not DutyCode.SECRETARY},
}
ROLES = {role.value: role for role in (MembershipRole.RESPONSIBLE_MANAGER, MembershipRole.LIAISON)}


@dataclass(frozen=True, slots=True)
class DatedTask:
    """One row for one place (None: the cooperative), as of the day asked."""

    year: SchoolYear
    deadline: Deadline
    place: Fact | None
    done_on: date | None
    state: State
    # It stands on « À faire » by itself, as a claim being prepared does.
    is_elsewhere: bool

    @property
    def organization(self) -> int | None:
        return self.place.organization if self.place else None

    @property
    def group(self) -> int | None:
        return self.place.group if self.place else None

    @property
    def token(self) -> str:
        """`c`, `o12` or `g7`: its place, as addresses say it."""
        return f"{self.deadline.reach}{self.organization or self.group or ''}"

    @property
    def address(self) -> tuple[str, str, str]:
        """What names it in the address of its page."""
        return str(self.year), self.deadline.key, self.token

    @property
    def identity(self) -> str:
        return f"{self.year}.{self.deadline.key}.{self.token}"

    @property
    def title(self) -> str:
        return title_of(self.deadline)

    @property
    def where(self) -> str:
        """The name of the organization or of the community; empty for the cooperative."""
        return where(self.place) if self.place else ""

    @property
    def is_late(self) -> bool:
        return self.state is State.LATE

    @property
    def was_late(self) -> bool:
        return self.done_on is not None and self.done_on > self.deadline.last

    def is_of(self, standing: Standing) -> bool:
        """Whether someone answers for it with what they hold that day."""
        role = self.deadline.role
        if self.group is not None:
            return self.group in standing.groups(role)
        if self.organization is not None:
            return self.organization in standing.organizations(DUTIES[role])
        return holds(standing, role)


def holds(standing: Standing, role: str) -> bool:
    """Whether this role is theirs that day, for whatever organization or group."""
    return bool(standing.groups(role)) if role in ROLES else role in DUTIES and standing.holds(DUTIES[role])


def title_of(deadline: Deadline) -> str:
    return (deadline.title_en if speaks_english() else "") or deadline.title_fr


def where(place: Fact) -> str:
    if place.group is not None:
        return Group(number=place.key, name=place.label).label
    return Organization(short_name=place.label, english_name=place.english).name


def role_label(role: str) -> str:
    """In words, as duties and roles are called."""
    known = DUTIES.get(role) or ROLES.get(role)
    return str(known.label) if known else role


def speaks_english() -> bool:
    return (get_language() or "").startswith("en")


@dataclass(frozen=True)
class YearTasks:
    """The rows of the edition in force during a year, and the tasks they make, as of a day."""

    book: Rulebook
    rows: tuple[Deadline, ...]
    on: date

    @classmethod
    def of(cls, year: SchoolYear, *, on: date) -> "YearTasks | None":
        """Two queries, once a page, and one for its tasks; None without an edition of that year in force by then."""
        return made_once((cls, year, on), lambda: cls._made(year, on))

    @classmethod
    def _made(cls, year: SchoolYear, on: date) -> "YearTasks | None":
        book = in_force(year, on=on)
        if book is None:
            return None
        return cls(book, deadlines(book), on)

    @cached_property
    def facts(self) -> YearFacts:
        return YearFacts.of(self.book, self.rows, on=self.on)

    @property
    def all(self) -> list[DatedTask]:
        return [task for row in self.rows if row.is_task for task in self.tasks_of(row)]

    def tasks_of(self, row: Deadline) -> Iterator[DatedTask]:
        if row.reach is Reach.COOPERATIVE:
            yield self._task(row, None)
        else:
            for place in sorted(self.facts.places(row.reach), key=_by_number):
                yield self._task(row, place)

    def _task(self, row: Deadline, place: Fact | None) -> DatedTask:
        done_on = self.facts.done_on(row, place)
        state = state_of(row, done_on, on=self.on)
        return DatedTask(self.book.year, row, place, done_on, state, self.facts.is_claimed(row, place))

    def find(self, key: str, token: str) -> DatedTask | None:
        row = next((row for row in self.rows if row.key == key and row.is_task), None)
        return next((task for task in self.tasks_of(row) if task.token == token), None) if row else None


def _by_number(place: Fact) -> tuple[bool, str, str]:
    """Those to which the cadre gives no number, by name after the others."""
    return not place.key, place.key, plain(place.label)


def in_force(year: SchoolYear, *, on: date) -> Rulebook | None:
    """The rules that date that year, as of a day: its last revision in force by then."""
    begun = [book for book in timeline(year).rulebooks if book.effective_from <= on]
    return begun[-1] if begun else None


def rows_about(on: date) -> Iterator[tuple[YearTasks, Deadline]]:
    """The rows that are someone’s task and whose day is past or comes within two months.

    For as long after it, those of the year that ended: what was late on 30 June still is in July.
    """
    year, before = SchoolYear.containing(on), SchoolYear.containing(on - SOON)
    for one in (before, year) if before != year else (year,):
        found = YearTasks.of(one, on=on)
        for row in found.rows if found else ():
            if row.is_task and row.last - SOON <= on and (one == year or row.last >= on - SOON):
                yield found, row


def tasks_about(on: date) -> list[DatedTask]:
    """Those of these rows."""
    return [task for year, row in rows_about(on) for task in year.tasks_of(row)]


def holders(tasks: Iterable[DatedTask], *, on: date) -> dict[str, list[Person]]:
    """Who answers that day for each task (`identity`), in the order of their names; two queries."""
    tasks = list(tasks)
    duties = Duty.objects.current(on).filter(code__in={DUTIES[task.deadline.role] for task in tasks if not task.group})
    roles = Membership.objects.current(on).filter(
        role__in={task.deadline.role for task in tasks if task.group}, group__in={task.group for task in tasks}
    )
    found: dict[tuple[str, int | None], dict[int, Person]] = {}
    for duty in duties.select_related("person"):
        found.setdefault((duty.code, duty.organization_id), {})[duty.person_id] = duty.person
    for membership in roles.select_related("person"):
        found.setdefault((membership.role, membership.group_id), {})[membership.person_id] = membership.person
    return {task.identity: _in_order(found.get(_held(task), {}).values()) for task in tasks}


def _held(task: DatedTask) -> tuple[str, int | None]:
    if task.group is not None:
        return task.deadline.role, task.group
    return DUTIES[task.deadline.role], task.organization


def _in_order(people: Iterable[Person]) -> list[Person]:
    return sorted(people, key=lambda person: (plain(person.last_name), plain(person.first_name), person.pk))


def held_title(task: DatedTask) -> str:
    """« Réclamations de mi-année, CSS des Patriotes »."""
    return _("%(what)s, %(where)s") % {"what": task.title, "where": task.where} if task.place else task.title
