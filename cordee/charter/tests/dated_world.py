"""A year under the cadre 2024-2025: two centres, two communities, and who holds its roles."""

from dataclasses import dataclass, field
from datetime import date

from cordee.charter.models.dated import DatedTask, YearTasks
from cordee.communities.models import Community, Plan
from cordee.people.models import Duty, Group, Membership, Organization, Person
from cordee.treasury.tests import year_sample as sample
from cordee.treasury.tests.desks import HIRED, someone
from cordee.treasury.tests.year_sample import SAINT_HYACINTHE, SHERBROOKE
from cordee.values.school_year import SchoolYear

YEAR = SchoolYear(2024)
JANUARY = date(2025, 1, 20)
FORECAST, PLANNING, REPORT, REVIEW, CLAIMS = (
    *("timeline.1", "timeline.2", "timeline.3", "review.mid-year", "period.mid-year"),
)


@dataclass
class World:
    """Oscar bills for Sherbrooke and Odile for Saint-Hyacinthe, Marthe manages the project; nobody runs the other."""

    project: Group = field(init=False)
    supported: Group = field(init=False)

    def __post_init__(self) -> None:
        sample.edition()
        sample.organizations()
        self.coordinator, self.secretary = someone("Coralie", "coordinator"), someone("Sacha", "secretary")
        self.treasurer, self.passerby = someone("Tristan", "treasurer"), someone("Pascale")
        self.oscar = someone("Oscar", "billing-officer", SHERBROOKE)
        self.odile = someone("Odile", "billing-officer", SAINT_HYACINTHE)
        self.manager = someone("Marthe")
        self.project, self.supported = community("projet", "strategic-project"), community("soutenue", "supported")
        Membership.objects.create(person=self.manager, group=self.project, role="responsible-manager", starts_on=HIRED)

    def task(self, key: str, place: Organization | Group | str | None = None, on: date = JANUARY) -> DatedTask:
        """The task of that row for a centre (by its code), a group, or once."""
        year = YearTasks.of(YEAR, on=on)
        assert year is not None
        found = year.find(key, token(place))
        assert found is not None, (key, place)
        return found

    def succeed(self, before: Person, after: Person, on: date) -> None:
        """From that day on, another holds the duty."""
        duty = Duty.objects.get(person=before)
        duty.ends_on = on
        duty.save(update_fields=["ends_on"])
        Duty.objects.create(person=after, code=duty.code, organization=duty.organization, starts_on=on)


def community(slug: str, kind: str) -> Group:
    made = sample.group(slug, kind)
    Plan.objects.create(community=Community.objects.get(group=made), year=str(YEAR), status="ongoing")
    return made


def token(place: Organization | Group | str | None) -> str:
    if place is None:
        return "c"
    if isinstance(place, Group):
        return f"g{place.pk}"
    return f"o{(place if isinstance(place, Organization) else Organization.objects.get(code=place)).pk}"
