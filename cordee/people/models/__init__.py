"""Persons, organizations, groups and what binds them, each with its dates."""

from cordee.people.models.account import User
from cordee.people.models.alias import Alias, AliasKind
from cordee.people.models.consent import Consent, Purpose, purposes
from cordee.people.models.delegation import Delegation
from cordee.people.models.departure import Departure
from cordee.people.models.duty import Duty, DutyCode, DutyConfirmation
from cordee.people.models.group import Group, GroupKind, Membership, MembershipRole, Team
from cordee.people.models.invitation import AccountInvitation
from cordee.people.models.mail import DigestItem, MailChoice, MailKind, MailPace, languages, paces
from cordee.people.models.organization import Organization, OrganizationKind, OrganizationMembership
from cordee.people.models.person import Affiliation, Person, PersonMerge, StaffCategory

__all__ = [
    "AccountInvitation",
    "Affiliation",
    "Alias",
    "AliasKind",
    "Consent",
    "Delegation",
    "Departure",
    "DigestItem",
    "Duty",
    "DutyCode",
    "DutyConfirmation",
    "Group",
    "GroupKind",
    "MailChoice",
    "MailKind",
    "MailPace",
    "Membership",
    "MembershipRole",
    "Organization",
    "OrganizationKind",
    "OrganizationMembership",
    "Person",
    "PersonMerge",
    "Purpose",
    "StaffCategory",
    "Team",
    "User",
    "languages",
    "paces",
    "purposes",
]
