"""How often, how long and how a body meets, as the cadre says."""

from collections.abc import Iterator
from datetime import date

from django.utils.text import slugify
from django.utils.translation import gettext as _

from cordee.meetings.rules.proposal import Count, Proposal, Proposals
from cordee.people.models import GroupKind
from cordee.reference.citation import cite
from cordee.reference.rulebook import Rulebook
from cordee.toolkit.contributions import Caution, planning_cautions
from cordee.toolkit.formats import duration


@planning_cautions.contribute
def limits_of_a_body(proposals: Proposals, *, on: date) -> Iterator[Caution]:
    """No query: the meetings of the year were counted once for all."""
    for proposal, rules, count in proposals.counted():
        if body := body_of(proposal, rules):
            yield from too_many(proposal, rules, count, f"body.{body}.")
            yield from too_long(proposal, rules, f"body.{body}.meeting-minutes")
            yield from another_modality(proposal, rules, f"body.{body}.modality")


def body_of(proposal: Proposal, rules: Rulebook) -> str:
    """The body whose rules of that day name this group, as people write it; empty when none does."""
    if proposal.kind != GroupKind.BODY:
        return ""
    named = ((body, rules.optional_text(f"body.{body}.group")) for body in rules.branches("body"))
    return next((body for body, group in named if group and slugify(group) == proposal.slug), "")


def too_many(proposal: Proposal, rules: Rulebook, count: Count, prefix: str) -> Iterator[Caution]:
    for key in (f"{prefix}meetings-max", f"{prefix}meetings"):
        most = rules.optional_count(key)
        if most is not None and count.meetings > most:
            text = _("C’est la rencontre %(number)s de l’année; le cadre en prévoit %(most)s.")
            yield Caution(proposal.day, text % {"number": count.meetings, "most": most}, *cite(rules, key))


def too_long(proposal: Proposal, rules: Rulebook, key: str) -> Iterator[Caution]:
    if rules.has(key) and proposal.minutes > rules.minutes(key):
        text = _("Elle dure %(length)s; le cadre en prévoit %(most)s.")
        words = {"length": duration(proposal.minutes), "most": duration(rules.minutes(key))}
        yield Caution(proposal.day, text % words, *cite(rules, key))


def another_modality(proposal: Proposal, rules: Rulebook, key: str) -> Iterator[Caution]:
    wanted = rules.optional_choice(key)
    if wanted and proposal.modality != wanted:
        text = (
            _("Cette instance se réunit en présence.")
            if wanted == "in-person"
            else _("Cette instance se réunit en virtuel.")
        )
        yield Caution(proposal.day, text, *cite(rules, key))
