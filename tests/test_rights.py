"""What the pages of rights say and what the policies answer: the same, for every right and every fact behind one."""

import ast
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse

from cordee.charter import policy as charter
from cordee.charter.rights import TICK
from cordee.communities import policy as communities
from cordee.communities.models import Community
from cordee.governance import policy as governance
from cordee.governance.models import EXECUTIVE, Body
from cordee.home import policy as home
from cordee.meetings import policy as meetings
from cordee.meetings.models import Meeting
from cordee.meetings.tests import factory
from cordee.people import policy as people
from cordee.people.models import Affiliation, Delegation, Duty, DutyCode, Group, MembershipRole, Organization, Person
from cordee.people.models.facts import facts
from cordee.people.views.rights import all_rights, given_to
from cordee.privacy import policy as privacy
from cordee.reference import policy as reference
from cordee.toolkit import clock
from cordee.treasury import policy as treasury
from cordee.treasury.models import Claim
from cordee.treasury.rules.codes import SECOND_SUPPORTED, YEARLY_LIMIT

TODAY = factory.TODAY
PACKAGE = Path(people.__file__).parent.parent
# What is only seen, not done; and who one is, which is no right: each with its reason.
NOT_A_RIGHT = {
    "people.needs_second_factor": "what is asked of someone, not what they may do",
    "people.can_record_departure": "a keeper, whatever right let them in",
    "people.can_merge_records": "what the records hold, whoever joins them",
    "charter.sees": "which rows one sees",
    "charter.names_holders": "whose name one reads",
    "governance.sits_on": "who is of a body",
    "governance.can_see_past_mandates": "what one sees",
    "meetings.can_see_roster": "what one sees",
    "meetings.can_see_agenda": "what one sees",
    "meetings.can_subscribe": "what one sees, in a calendar",
    "meetings.can_read_minutes": "what one sees",
    "treasury.centres_of": "which claims one sees",
    "treasury.bills_for": "whether a submission is one’s own or for another",
}
ASKING = {"holds", "oversees", "organizations", "groups", "duties", "roles"}


@dataclass
class World:
    """A centre, a community, the executive committee, and someone for each fact that gives a right."""

    centre: Organization
    group: Group
    committee: Body
    table: Body
    other: Person
    claim: Claim
    meeting: Meeting
    everyone: dict[str, Person]


@pytest.fixture
def world(db):
    centre, group = factory.organization(), factory.group()
    table = body(factory.group("tdg", "", "Table", "body"), "tdg")
    committee = body(factory.group("27-ce", "27", "Comité exécutif", "body"), EXECUTIVE)
    everyone = {"nobody": factory.person("Charlie")}
    for code in DutyCode:
        everyone[code] = factory.person(f"Duty{code}")
        of_centre = code in {"billing-officer", "educational-director", "director-general"}
        factory.duty(everyone[code], code, centre if of_centre else None)
    for role in MembershipRole:
        everyone[role if role != "coordinator" else "group-coordinator"] = who = factory.person(f"Role{role}")
        for where in (group, table.group):
            factory.membership(who, where, role)
    for lent in ("treasurer", "secretary", "billing-officer"):
        everyone[f"delegate-{lent}"] = who = factory.person(f"Delegate{lent}")
        lend(everyone[lent], who)
    meeting, claim = Meeting(group=group, date=TODAY), Claim(organization=centre)
    return World(centre, group, committee, table, factory.person("Autre"), claim, meeting, everyone)


def body(group, key):
    return Body.objects.create(group=group, key=key, acronym=key)


def lend(holder, to):
    duty = Duty.objects.get(person=holder)
    span = {"starts_on": TODAY, "ends_on": TODAY + timedelta(days=10), "recorded_at": clock.now()}
    Delegation.objects.create(delegator=holder, delegate=to, duty=duty, **span)


# What each right lets one do, asked of the policy that guards it.
ASKED = {
    "people.accounts": lambda who, w: people.can_open_accounts(who, on=TODAY),
    "people.create": lambda who, w: people.can_create_person(who, on=TODAY),
    "people.correct": lambda who, w: people.can_correct_person(who, on=TODAY),
    "people.merge": lambda who, w: people.can_merge(who, on=TODAY),
    "people.employment": lambda who, w: people.can_correct_affiliation(who, employment(w), on=TODAY),
    "people.departures": lambda who, w: people.can_record_departure(who, employment(w), on=TODAY),
    "people.consents": lambda who, w: people.can_read_consents(who, on=TODAY),
    "people.members": lambda who, w: people.can_confirm_member(who, w.group, on=TODAY),
    "people.duties": lambda who, w: people.can_record_duty(who, w.other, on=TODAY),
    "people.confirm": lambda who, w: people.can_confirm_duty(who, Duty(person=w.other), on=TODAY),
    "people.rights": lambda who, w: people.can_see_rights(who, on=TODAY),
    "meetings.mark": lambda who, w: meetings.can_mark(who, w.meeting, on=TODAY),
    "meetings.validate": lambda who, w: meetings.can_validate(who, w.meeting, on=TODAY),
    "meetings.plan": lambda who, w: meetings.can_plan_for(who, w.group.pk, on=TODAY),
    "meetings.minutes": lambda who, w: meetings.can_write_minutes(who, w.meeting, on=TODAY),
    "meetings.documents": lambda who, w: meetings.can_add_documents(who, w.meeting, on=TODAY),
    "meetings.import": lambda who, w: meetings.can_import_for(who, w.group.pk, on=TODAY),
    "meetings.outsiders": lambda who, w: meetings.can_add_outsiders(who, on=TODAY),
    "meetings.groups": lambda who, w: meetings.can_create_groups(who, on=TODAY),
    "governance.register": lambda who, w: governance.can_record(who, w.table, on=TODAY),
    "governance.committee": lambda who, w: governance.can_record(who, w.committee, on=TODAY),
    "governance.name": lambda who, w: governance.can_name_someone(who, w.other, on=TODAY),
    "reference.edit": lambda who, w: reference.can_edit(who, on=TODAY),
    "charter.simulate": lambda who, w: charter.can_simulate(who, on=TODAY),
    "charter.remind": lambda who, w: charter.can_remind(who, on=TODAY),
    "charter.tick": lambda who, w: TICK.asked(who, on=TODAY, otherwise="no"),
    "communities.grant": lambda who, w: communities.records_committee_decisions(who, on=TODAY),
    "communities.agreement": lambda who, w: communities.can_record_agreement(who, w.other, on=TODAY),
    "communities.pause": lambda who, w: communities.can_pause(who, Community(group=w.group), on=TODAY),
    "home.mail": lambda who, w: home.can_read_mail(who, on=TODAY),
    "privacy.journal": lambda who, w: privacy.can_read_journal(who, on=TODAY),
    "privacy.requests": lambda who, w: privacy.can_keep_requests(who, on=TODAY),
    "privacy.incidents": lambda who, w: privacy.can_keep_incidents(who, on=TODAY),
    "privacy.retention": lambda who, w: privacy.can_keep(who, on=TODAY),
    "claims.see": lambda who, w: treasury.sees_claims(who, on=TODAY),
    "claims.oversee": lambda who, w: treasury.oversees_claims(who, on=TODAY),
    "claims.prepare": lambda who, w: treasury.prepares_claims(who, on=TODAY),
    "claims.submit": lambda who, w: treasury.can_submit(who, w.claim, on=TODAY),
    "claims.verify": lambda who, w: treasury.can_verify(who, on=TODAY),
    "claims.approve": lambda who, w: treasury.can_approve(who, None, on=TODAY),
    "claims.return": lambda who, w: treasury.can_return(who, on=TODAY),
    "claims.record": lambda who, w: treasury.can_settle(who, YEARLY_LIMIT, w.claim, w.group.pk, on=TODAY),
    "claims.staff": lambda who, w: treasury.can_settle(who, SECOND_SUPPORTED, w.claim, w.group.pk, on=TODAY),
    "budget.remarks": lambda who, w: treasury.settles_remarks(who, on=TODAY),
}


def employment(world):
    return Affiliation.objects.get(person=world.other)


def test_what_the_page_says_is_what_the_policies_answer(world):
    assert {right.name for right in all_rights()} == set(ASKED), "each right is asked of the policy that guards it"
    for key, person in world.everyone.items():
        said = {one.right.name for one in given_to(facts(TODAY, person=person))}
        answered = {name for name, asked in ASKED.items() if asked(person, world)}
        assert said == answered, key


def test_another_centre_and_another_group_are_not_ones_own(world):
    centre, group = factory.organization("884000", "CS Riverside"), factory.group("41-inclusion", "41", "Inclusion")
    claim, meeting = Claim(organization=centre), Meeting(group=group, date=TODAY)
    for key in ("billing-officer", "delegate-billing-officer"):
        assert not treasury.can_submit(world.everyone[key], claim, on=TODAY)
    for role in ("liaison", "responsible-manager", "group-coordinator"):
        assert not meetings.can_validate(world.everyone[role], meeting, on=TODAY)


def test_only_what_is_lent_is_done_in_the_name_of_another(world):
    treasurer, delegate = world.everyone["treasurer"], world.everyone["delegate-treasurer"]
    assert treasury.can_approve(treasurer, None, on=TODAY).acting is None
    assert treasury.can_approve(delegate, None, on=TODAY).acting == (delegate.pk, treasurer.pk)
    secretary = world.everyone["delegate-secretary"]
    assert people.can_correct_person(secretary, on=TODAY).acting == (secretary.pk, world.everyone["secretary"].pk)
    for asked in ("people.duties", "people.confirm", "governance.name"):
        assert not ASKED[asked](secretary, world), "who gives rights does so in their own name"


def test_each_right_leads_to_a_page_that_exists():
    for right in all_rights():
        assert reverse(right.url)


def test_every_policy_rests_on_a_named_right():
    """A policy that asks a duty or a role by itself would be missing from « Mes droits »."""
    found = {name for path in PACKAGE.glob("*/policy.py") for name in asking_by_themselves(path)}
    assert found == set(NOT_A_RIGHT), "name a Right in rights.py and ask it; or say here why it is none"


def asking_by_themselves(path):
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.FunctionDef):
            asked = {one.attr for one in ast.walk(node) if isinstance(one, ast.Attribute)}
            if asked & ASKING:
                yield f"{path.parent.name}.{node.name}"
