"""What someone may do and the recorded facts it comes from: policies ask these, and pages read them aloud.

Each app names its own in `rights.py`; a policy that rests on anything else fails `tests/test_rights.py`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cordee.people.models import DutyCode, MembershipRole, Person
from cordee.people.models.person import Standing
from cordee.toolkit.contributions import rights
from cordee.values.verdict import YES, Verdict, no

KEEPERS = (DutyCode.COORDINATOR, DutyCode.SECRETARY)
OVERSEERS = (*KEEPERS, DutyCode.TREASURER)
# Who runs a group plans its meetings, takes and validates its attendance.
RUNNING = (MembershipRole.RESPONSIBLE_MANAGER, MembershipRole.LIAISON, MembershipRole.COORDINATOR)


@dataclass(frozen=True, slots=True)
class Right:
    """`duties` give it everywhere, `of_organization` for the organization they are held for, `roles` in their group.

    `url` names the page where one uses it; `is_lent` is false for what a delegation never gives.
    """

    name: str
    label: str | Promise
    url: str
    duties: tuple[str, ...] = ()
    of_organization: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    is_lent: bool = True
    # In which groups the roles give it: bodies only, all but bodies, or all.
    bodies: bool | None = None

    def asked(
        self, person: Person, *, on: date, otherwise: str, organization: int | None = None, group: int | None = None
    ) -> Verdict:
        """Yes, or no with the sentence `otherwise`; without an organization or a group, of any of them."""
        lender = self._behind(person, on=on, organization=organization, group=group)
        if lender is None:
            return no(otherwise)
        return Verdict(allowed=True, acting=(person.pk, lender)) if lender else YES

    def held_by(self, person: Person, *, on: date, organization: int | None = None, group: int | None = None) -> bool:
        return self._behind(person, on=on, organization=organization, group=group) is not None

    def _behind(self, person: Person, *, on: date, organization: int | None, group: int | None) -> int | None:
        lender = person.standing(on).behind(lambda facts: self.given_by(facts, organization, group))
        return lender if self.is_lent or not lender else None

    def given_by(self, facts: Standing, organization: int | None = None, group: int | None = None) -> bool:
        found = [*(("duty", *duty) for duty in facts.duties), *(("role", *role) for role in facts.roles)]
        return any(self.rests_on(*fact, organization=organization, group=group) for fact in found)

    def rests_on(
        self, kind: str, code: str, where: int | None, *, organization: int | None = None, group: int | None = None
    ) -> bool:
        """Whether one recorded fact gives it; `where` is the organization or the group of the fact."""
        if kind == "role":
            return code in self.roles and group in (None, where)
        return code in self.duties or (code in self.of_organization and organization in (None, where))


ACCOUNTS = Right("people.accounts", _("Ouvrir et fermer des comptes"), "people:list", KEEPERS)
CREATE = Right("people.create", _("Créer la fiche d’une personne"), "meetings:list", KEEPERS, roles=RUNNING)
CORRECT = Right("people.correct", _("Corriger une fiche"), "people:list", KEEPERS)
MERGE = Right("people.merge", _("Réunir deux fiches"), "people:merge", KEEPERS)
EMPLOYMENT = Right(
    "people.employment",
    _("Inscrire et corriger l’employeur d’une personne, sa catégorie"),
    "people:list",
    (DutyCode.SECRETARY,),
    (DutyCode.BILLING_OFFICER,),
)
DEPARTURES = Right("people.departures", _("Inscrire un départ"), "people:list", KEEPERS, (DutyCode.BILLING_OFFICER,))
CONSENTS = Right("people.consents", _("Lire qui consent à quoi"), "people:consent_list", KEEPERS)
MEMBERS = Right(
    "people.members",
    _("Confirmer les membres d’une communauté"),
    "treasury:walk_ins",
    roles=(MembershipRole.RESPONSIBLE_MANAGER,),
)
DUTIES = Right("people.duties", _("Inscrire une fonction ou sa fin"), "people:rights", KEEPERS, is_lent=False)
CONFIRM = Right(
    "people.confirm", _("Confirmer une fonction qu’une autre personne a inscrite"), "people:rights", OVERSEERS,
    is_lent=False,
)  # fmt: skip
SEE_RIGHTS = Right("people.rights", _("Voir qui peut faire quoi"), "people:rights", OVERSEERS)


@rights.contribute
def of_people() -> Iterable[Right]:
    return (ACCOUNTS, CREATE, CORRECT, MERGE, EMPLOYMENT, DEPARTURES, CONSENTS, MEMBERS, DUTIES, CONFIRM, SEE_RIGHTS)
