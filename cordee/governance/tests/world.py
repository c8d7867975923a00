"""The four bodies, people who sit on them, a framework in force and the draft of the next one."""

from datetime import date

from cordee.governance.actions import Said, decide_step, name_member
from cordee.governance.models import Body, Mandate
from cordee.people.models import Group, Membership, Person
from cordee.reference.models import Revision
from cordee.reference.tests import drafts

BODIES = {"executive": "CE", "managers": "CGSÉ", "cgscas": "CGSCAS", "tdg": "TDG"}
START, MARCH, APRIL, JUNE = date(2024, 7, 1), date(2025, 3, 13), date(2025, 4, 29), date(2025, 6, 12)
DAYS = (MARCH, APRIL, JUNE)


class World:
    """Solène coordinates, Blandine is the secretary, Gaspard has just been named treasurer, Paule sits nowhere."""

    def __init__(self) -> None:
        self.bodies = {key: body(key, acronym) for key, acronym in BODIES.items()}
        self.coordinator, self.secretary = (
            drafts.person("Solène", "coordinator"),
            drafts.person("Blandine", "secretary"),
        )
        self.gaspard, self.paule = drafts.person("Gaspard"), drafts.person("Paule")
        self.draft = drafts.draft(self.secretary)

    @property
    def executive(self) -> Body:
        return self.bodies["executive"]

    def name(
        self, person: Person, code: str = "treasurer", rank: int = 1, start: date = START, **who: Person
    ) -> Mandate:
        seat = {"body": self.executive, "code": code, "rank": rank}
        return name_member(**seat, person=person, starts_on=start, by=who.get("by", self.secretary), on=MARCH)

    def take(self, number: int, by: Person | None = None, revision: Revision | None = None, **more: object):
        """The step of that number, decided and written down on its day."""
        on = DAYS[number - 1]
        given = {
            "revision": revision or self.draft,
            "number": number,
            "decided_on": on,
            "said": Said("Cadre"),
            "on": on,
        }
        return decide_step(**{**given, "by": by or self.secretary, **more})


def body(key: str, acronym: str) -> Body:
    return Body.objects.create(group=Group.objects.create(slug=key, name=key, kind="body"), key=key, acronym=acronym)


def member(person: Person, where: Body, role: str = "member") -> Membership:
    return Membership.objects.create(person=person, group=where.group, role=role, starts_on=START)
