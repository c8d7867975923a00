"""What claims ask of people: to submit, verify, approve or pay; to settle; to confirm who was there."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.people.models import Person
from cordee.toolkit import formats
from cordee.toolkit.contributions import Task, todo
from cordee.treasury.models import BudgetRemark, Claim, ClaimState
from cordee.treasury.models.flags import OpenFlag, open_flags
from cordee.treasury.models.listing import claims_seen
from cordee.treasury.models.periods import YearPeriods
from cordee.treasury.models.walk_ins import walk_ins_of
from cordee.treasury.rules.codes import CATEGORY_UNKNOWN, NOT_GRANTED, SECOND_SUPPORTED, YEARLY_LIMIT
from cordee.values.school_year import SchoolYear

ONE_BY_ONE = 3
NOT_APPROVED = (ClaimState.DRAFT, ClaimState.RETURNED, ClaimState.SUBMITTED, ClaimState.VERIFIED)


def act_words(state: str) -> str:
    return {
        ClaimState.DRAFT: _("Soumettre"),
        ClaimState.RETURNED: _("Corriger"),
        ClaimState.SUBMITTED: _("Vérifier"),
        ClaimState.VERIFIED: _("Approuver"),
        ClaimState.APPROVED: _("Payer"),
    }.get(ClaimState(state), _("Ouvrir"))


@todo.contribute
def claims(person: Person, *, on: date) -> Iterator[Task]:
    """Each claim by itself while they are few, then one line a state: one query, three with drafts (they are due)."""
    year = str(SchoolYear.containing(on))
    by_state: dict[str, list[Claim]] = {}
    for claim in claims_seen(person, year, on=on):
        if claim.awaits:
            by_state.setdefault(claim.state, []).append(claim)
    drafts = by_state.keys() & {ClaimState.DRAFT, ClaimState.RETURNED}
    periods = YearPeriods.of(year).all if drafts else ()
    due = {one.key: one.due - timedelta(days=1) for one in periods}
    for state, waiting in by_state.items():
        if len(waiting) <= ONE_BY_ONE:
            yield from (one_claim(claim, due.get(claim.period)) for claim in waiting)
        else:
            yield many_claims(state, waiting, due.get(waiting[0].period))


def one_claim(claim: Claim, due: date | None) -> Task:
    return Task(
        title=_("Réclamation, %(name)s") % {"name": claim.organization.name},
        url=reverse("treasury:claim", args=[claim.pk]),
        action=act_words(claim.state),
        icon="cash",
        context=formats.money(claim.total),
        due=due if claim.state in (ClaimState.DRAFT, ClaimState.RETURNED) else None,
    )


STATE_NAMES = {
    ClaimState.DRAFT: "brouillon",
    ClaimState.SUBMITTED: "soumise",
    ClaimState.VERIFIED: "verifiee",
    ClaimState.APPROVED: "approuvee",
    ClaimState.RETURNED: "renvoyee",
}


def many_claims(state: str, waiting: list[Claim], due: date | None) -> Task:
    count = len(waiting)
    title = ngettext("%(count)d réclamation vous attend", "%(count)d réclamations vous attendent", count)
    return Task(
        title=title % {"count": count},
        url=f"{reverse('treasury:claim_list')}?etat={STATE_NAMES[ClaimState(state)]}",
        action=act_words(state),
        icon="cash",
        context=formats.money(sum(claim.total for claim in waiting)),
        due=due if state == ClaimState.DRAFT else None,
    )


@todo.contribute
def walk_ins(person: Person, *, on: date) -> Iterator[Task]:
    if not person.standing(on).groups("responsible-manager"):
        return
    waiting = walk_ins_of(person, on=on)
    if waiting:
        title = ngettext(
            "%(count)d participation à confirmer", "%(count)d participations à confirmer", len(waiting)
        ) % {"count": len(waiting)}
        held = formats.money(sum(one.held for one in waiting))
        yield Task(title, reverse("treasury:walk_ins"), _("Confirmer"), "gens", context=held)


DECIDED_BY_COMMITTEE = (YEARLY_LIMIT, NOT_GRANTED)
ANSWERED_BY_EMPLOYER = (SECOND_SUPPORTED, CATEGORY_UNKNOWN)


@todo.contribute
def to_settle(person: Person, *, on: date) -> Iterator[Task]:
    """Points that wait for a decision to be written down, in claims not approved yet: two queries."""
    standing = person.standing(on)
    billed = standing.organizations("billing-officer")
    waiting = Claim.objects.filter(year=str(SchoolYear.containing(on)), state__in=NOT_APPROVED)
    if standing.holds("secretary"):
        found = open_flags(waiting, DECIDED_BY_COMMITTEE)
        title = ngettext(
            "%(count)d point pour le comité exécutif", "%(count)d points pour le comité exécutif", len(found)
        )
        yield from _settle_task(found, title, _("Inscrire au CE"))
    if billed:
        found = open_flags(waiting.filter(organization__in=billed), ANSWERED_BY_EMPLOYER)
        title = ngettext(
            "%(count)d point à trancher par votre centre", "%(count)d points à trancher par votre centre", len(found)
        )
        yield from _settle_task(found, title, _("Trancher"))


def _settle_task(found: set[OpenFlag], title: str, action: str) -> Iterator[Task]:
    """One line for all; it leads to the claim when they are all in one."""
    claims = {flag.claim for flag in found}
    if not claims:
        return
    one = len(claims) == 1
    url = reverse("treasury:claim", args=[min(claims)]) if one else reverse("treasury:claim_list")
    yield Task(title % {"count": len(found)}, f"{url}#a-trancher" if one else url, action, "scale")


@todo.contribute
def budget_remarks(person: Person, *, on: date) -> Iterator[Task]:
    """The treasurer’s: totals of the published budget that do not equal their lines."""
    if not person.holds("treasurer", on=on):
        return
    year = str(SchoolYear.containing(on))
    count = BudgetRemark.objects.filter(year=year, settled_at=None).count()
    if count:
        title = ngettext("%(count)d remarque sur le budget", "%(count)d remarques sur le budget", count)
        url = reverse("treasury:budget", args=[year])
        context = _("annexe 3 : des totaux n’égalent pas leurs lignes")
        yield Task(title % {"count": count}, f"{url}#remarques", _("Comparer"), "scale", context=context)
