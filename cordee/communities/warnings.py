"""How many days a community meets in a year: what its type allows, and what its plan foresees."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from cordee.communities.models import AnticipatedTerm
from cordee.meetings.rules.proposal import Proposals
from cordee.reference.citation import cite
from cordee.toolkit.contributions import Caution, planning_cautions
from cordee.toolkit.formats import number


@planning_cautions.contribute
def days_of_its_type(proposals: Proposals, *, on: date) -> Iterator[Caution]:
    """No query: the meetings of the year were counted once for all."""
    for proposal, rules, count in proposals.counted():
        key = f"type.{proposal.kind}.frequency-days"
        limit = rules.optional_days(key)
        if limit is not None and count.halves > 2 * limit:
            words = {"days": number(Decimal(count.halves) / 2), "limit": number(limit)}
            text = _("Avec elle, la communauté a %(days)s jours de rencontre; son type en prévoit au plus %(limit)s.")
            yield Caution(proposal.day, text % words, *cite(rules, key))


@planning_cautions.contribute
def days_of_its_plan(proposals: Proposals, *, on: date) -> Iterator[Caution]:
    """One query. A type with its own number of days is not told twice."""
    planned = _planned_days(proposals)
    for proposal, rules, count in proposals.counted():
        days, key = planned.get((proposal.group, str(rules.year))), f"type.{proposal.kind}.yearly-limit"
        if days and count.halves > 2 * days and rules.optional_days(f"type.{proposal.kind}.frequency-days") != days:
            words = {"days": number(Decimal(count.halves) / 2), "limit": number(days)}
            text = _("Avec elle, la communauté a %(days)s jours de rencontre; son plan en prévoit %(limit)s.")
            yield Caution(proposal.day, text % words, *(cite(rules, key) if rules.has(key) else ()))


def _planned_days(proposals: Proposals) -> dict[tuple[int, str], int]:
    """The days of a plan: those of its teams together, since each team meets apart."""
    groups = {proposal.group for proposal in proposals.each}
    years = {str(rules.year) for _proposal, rules in proposals.with_rules()}
    terms = AnticipatedTerm.objects.filter(plan__community__group__in=groups, plan__year__in=years)
    by_team: dict[tuple[int, str], dict[int | None, int]] = {}
    for group, year, team, days in terms.values_list("plan__community__group", "plan__year", "team", "days").order_by():
        teams = by_team.setdefault((group, year), {})
        teams[team] = max(days, teams.get(team, 0))
    return {season: sum(teams.values()) for season, teams in by_team.items()}
