"""Preparing claims: a run computes the drafts of a period part by part, then becomes current in one short act.

    run = start_run(year="2024-2025", period="mid-year", by=person, on=today)
    while not advance_run(run, seconds=1):
        …  # show run.done / run.total

Each part (some hundred people, who owe nothing to each other) is read, computed, then written in one transaction;
nobody sees a line of it before the run is current. A process that is killed leaves the previous run current: what it
wrote is swept by the next one. Two runs at once each compute their own lines; the last to finish is current, and both
say the same. A button joins the run under way (`join_run`) instead of starting another.

**Facts that change meanwhile.** The run keeps the fingerprint of the facts taken before it read any. Taken again at the
end and found different, a new round reads every part again and recomputes those whose facts changed. What is committed
after that last look comes after the run, as if it had been typed once it was current.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from time import monotonic
from typing import Any, Self

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.people.models import Organization, OrganizationMembership, Person
from cordee.records import journal
from cordee.reference.models import Edition
from cordee.reference.rulebook import RulebookTimeline
from cordee.toolkit import clock
from cordee.toolkit.access import enforce
from cordee.toolkit.refusals import Refusal, Unreadable, in_words
from cordee.treasury import policy
from cordee.treasury.models import Claim, ClaimLine, ClaimRun, ClaimState, RunPart
from cordee.treasury.models.drafts import (
    CARRIED,
    OPEN,
    Draft,
    Takers,
    add_up,
    delete_lines,
    draft,
    in_small_steps,
    insert_lines,
    nothing,
)
from cordee.treasury.models.facts import PeopleFacts, SharedFacts, digest, people_in_parts
from cordee.treasury.models.periods import YearPeriods, period_label
from cordee.treasury.rules import IN_ORDER, ClaimPeriod
from cordee.values.money import from_cents, to_cents
from cordee.values.school_year import SchoolYear
from cordee.values.sentence import SpokenError

# Attendances a part: its transaction takes some 30 ms, and its reading some 10 MB.
PART_SIZE = 2000
# A part that never stops changing would never end: after so many rounds the run is current as it was last read.
MOST_ROUNDS = 5


class UnknownYear(Unreadable):
    def __init__(self, year: str) -> None:
        known = Edition.objects.filter(revisions__effective_from__isnull=False).distinct().order_by("year")
        super().__init__(
            _("Aucun cadre de référence n’est en vigueur pour « %(year)s ». Années connues : %(known)s.")
            % {"year": year, "known": ", ".join(known.values_list("year", flat=True)) or _("aucune")}
        )


class UnknownPeriod(Unreadable):
    def __init__(self, year: str, period: str, known: Iterable[ClaimPeriod]) -> None:
        named = ", ".join(f"{one.key} ({period_label(one.key)})" for one in known)
        super().__init__(
            _("L’année %(year)s n’a pas de période « %(period)s ». Périodes connues : %(known)s.")
            % {"year": year, "period": period, "known": named}
        )


class RuleMissing(Refusal):
    """The edition cannot answer. The previous drafts stay as they were."""

    def __init__(self, error: SpokenError) -> None:
        super().__init__(_("Les réclamations n’ont pas été préparées, rien n’a changé. ") + in_words(error))


class RunAbandoned(Refusal):
    sentence = gettext_lazy("Ce calcul a été abandonné : rien n’a changé. Préparez de nouveau les réclamations.")


@dataclass(frozen=True)
class Season:
    """The period of a school year that is prepared, with the rules of that year."""

    year: SchoolYear
    period: ClaimPeriod
    timeline: RulebookTimeline
    is_last: bool
    others: tuple[ClaimPeriod, ...]

    @classmethod
    def of(cls, year: str, period: str) -> Self:
        """Raises UnknownYear or UnknownPeriod, which name those there are."""
        try:
            periods = YearPeriods.of(year)
        except SpokenError:
            raise UnknownYear(year) from None
        if not periods.timeline.rulebooks:
            raise UnknownYear(year)
        found = next((one for one in periods.all if one.key == period), None)
        if found is None:
            raise UnknownPeriod(year, period, periods.all)
        return cls(periods.year, found, periods.timeline, found == periods.all[-1], periods.all)

    def takers(self) -> Takers:
        return Takers(str(self.year), self.period.key, is_last=self.is_last)

    def facts(self, as_of: date) -> SharedFacts:
        return SharedFacts(self.timeline, self.year, until=self.period.until, as_of=as_of)

    def told(self) -> dict[str, date]:
        """Until when each organization's submissions have shown what has no line."""
        until = {one.key: one.until for one in self.others}
        submitted = Claim.objects.filter(year=str(self.year), submissions__closed_at=None, submissions__isnull=False)
        found: dict[str, date] = {}
        for code, period in submitted.values_list("organization__code", "period"):
            found[code] = max(until.get(period, self.year.start), found.get(code, self.year.start))
        return found

    def members(self) -> list[str]:
        """The organizations that have a claim even with nothing in it."""
        during = Q(ends_on=None) | Q(ends_on__gt=self.year.start)
        memberships = OrganizationMembership.objects.filter(during, starts_on__lt=self.period.until)
        codes = Organization.objects.filter(pk__in=memberships.values("organization")).order_by("code")
        return list(codes.values_list("code", flat=True))


def start_run(*, year: str, period: str, by: Person | None, on: date) -> ClaimRun:
    """Open a computation of the period's drafts; nothing of it shows before `advance_run` says it is done.

    `by` is None for the command. Raises UnknownYear, UnknownPeriod, Forbidden.
    """
    return _start(year, period, by=by, on=on, joins=False)[0]


def join_run(*, year: str, period: str, by: Person, on: date) -> tuple[ClaimRun, bool]:
    """The computation of the period that is under way (True), else a new one (False): pressing twice starts one.

    Whoever joins takes it further, so it ends even when whoever began it left. What changed since it began is seen at
    its end, like any change. One that gave no sign of life for some minutes was killed: a new one takes its place.
    """
    return _start(year, period, by=by, on=on, joins=True)


def _start(year: str, period: str, *, by: Person | None, on: date, joins: bool) -> tuple[ClaimRun, bool]:
    if by is not None:
        enforce(policy.prepares_claims(by, on=on))
    season = Season.of(year, period)
    if joins and (running := _under_way(season, on)):
        return running, True
    takers = season.takers()
    for code in season.members():
        if code not in takers.latest:
            takers.claim_of(code)
    fingerprint = season.facts(on).fingerprint()
    parts = list(_parts(season))
    with transaction.atomic():
        Edition.objects.select_for_update().get(year=str(season.year))  # of two at once, the second sees the first
        if joins and (running := _under_way(season, on)):
            return running, True
        return _open(season, parts, fingerprint, by=by, on=on), False


def _under_way(season: Season, on: date) -> ClaimRun | None:
    alive = ClaimRun.objects.of(str(season.year), season.period.key).alive(clock.now())
    return alive.filter(as_of=on).select_related("started_by").order_by("pk").first()


def _open(season: Season, parts: list[RunPart], fingerprint: str, *, by: Person | None, on: date) -> ClaimRun:
    run = ClaimRun.objects.create(
        year=str(season.year),
        period=season.period.key,
        started_at=clock.now(),
        started_by=by,
        fingerprint=fingerprint,
        total=sum(part.attendances for part in parts),
        as_of=on,
        touched_at=clock.now(),
    )
    for part in parts:
        part.run = run
    RunPart.objects.bulk_create(parts)
    return run


def advance_run(
    run: ClaimRun, *, seconds: float | None = None, tell: Callable[[ClaimRun], None] = lambda run: None
) -> bool:
    """Go on for about `seconds` (to the end when None); True once the run is current. `run` shows where it stands.

    `tell` is called after each part. Each call reads again what all parts share (0.1 s for 6,000 meetings).
    May be called from several processes at once. Raises RuleMissing (the run is given up, the previous stays current)
    or RunAbandoned.
    """
    end = None if seconds is None else monotonic() + seconds
    run.refresh_from_db()
    while not run.is_current:
        if run.finished_at is not None:
            raise RunAbandoned
        if not _compute(run, end, tell):
            return False
        run.refresh_from_db()
    sweep_runs(run.year, run.period, end=end)
    return True


def abandon_run(run: ClaimRun) -> None:
    """Give up a run that is not current, and take back what it wrote."""
    ClaimRun.objects.filter(pk=run.pk, is_current=False, finished_at=None).update(finished_at=clock.now())
    sweep_runs(run.year, run.period)


def sweep_runs(year: str, period: str, *, end: float | None = None) -> None:
    """Delete the draft lines of finished runs that are not current and of runs that died, in small transactions.

    What `end` (a `monotonic` time) leaves is swept the next time. A run with submitted lines stays: they name it.
    """
    died = ClaimRun.objects.of(year, period).filter(finished_at=None).exclude(pk__in=_alive(year, period))
    died.update(finished_at=clock.now())
    for run in ClaimRun.objects.of(year, period).filter(is_current=False, finished_at__isnull=False).order_by("pk"):
        for _count in in_small_steps(run):
            if end is not None and monotonic() > end:
                return
        if not run.lines.exists():
            run.delete()


def _alive(year: str, period: str) -> Any:
    return ClaimRun.objects.of(year, period).alive(clock.now()).values("pk")


def _parts(season: Season) -> Iterable[RunPart]:
    for first, last, count in people_in_parts(season.year, season.period.until, size=PART_SIZE):
        yield RunPart(first=first, last=last, attendances=count)


def _compute(run: ClaimRun, end: float | None, tell: Callable[[ClaimRun], None]) -> bool:
    """The parts left of this round (one at least), then the end of the run or a new round. False when time is up."""
    season, as_of = Season.of(run.year, run.period), run.as_of or run.started_at.date()
    work = _Work(run, season.facts(as_of), season.takers(), season.told())
    for part in run.parts.filter(round__lt=run.round).order_by("first"):
        if not _compute_part(work, part):
            return True
        tell(run)
        if end is not None and monotonic() > end:
            return False
    now = season.facts(as_of).fingerprint()
    settled = now == run.fingerprint
    if not ((settled or run.round >= MOST_ROUNDS) and _finish(work, season, settled=settled)):
        _look_again(run, now)
    return True


@dataclass(frozen=True)
class _Work:
    """What every part of a round shares."""

    run: ClaimRun
    facts: SharedFacts
    takers: Takers
    told: dict[str, date]

    def name(self, people: PeopleFacts) -> str:
        return digest(self.facts.of_everyone, self.takers.digest, sorted(self.told.items()), people.digest)


def _compute_part(work: _Work, part: RunPart) -> bool:
    """Read, compute and write the people of a part; nothing to write when their facts are those of the last round.

    False when the run was finished or this part written by someone else meanwhile.
    """
    people = PeopleFacts(work.facts, part.first, part.last)
    name = work.name(people)
    try:
        found = draft(people, work.takers, work.told, run=work.run.pk) if name != part.digest else None
    except SpokenError as error:
        abandon_run(work.run)
        raise RuleMissing(error) from None
    with transaction.atomic():
        run = ClaimRun.objects.select_for_update().get(pk=work.run.pk)
        if run.finished_at is not None or RunPart.objects.get(pk=part.pk).round != part.round:
            return False
        if found is not None:
            _write_part(run, part, found, name)
        part.round = run.round
        part.save(update_fields=["round", "digest", "sums"])
        run.done += part.attendances
        run.touched_at = clock.now()
        run.save(update_fields=["done", "recomputed", "touched_at"])
    work.run.done, work.run.recomputed = run.done, run.recomputed
    return True


def _write_part(run: ClaimRun, part: RunPart, found: Draft, name: str) -> None:
    if part.digest:
        delete_lines(run, part.first, part.last)
        run.recomputed += part.attendances
    insert_lines(found.rows)
    part.digest, part.sums = name, found.sums


def _look_again(run: ClaimRun, fingerprint: str) -> None:
    """Facts changed: every part is read again, and computed again when its own facts are among them."""
    ClaimRun.objects.filter(pk=run.pk, round=run.round, finished_at=None).update(
        round=run.round + 1, fingerprint=fingerprint, done=0, touched_at=clock.now()
    )


@transaction.atomic
def _finish(work: _Work, season: Season, *, settled: bool) -> bool:
    """Make the run current and give the drafts its figures. False when a claim took a step since it was computed.

    The claims are locked, so a submission comes wholly before or wholly after.
    """
    Edition.objects.select_for_update().get(year=str(season.year))
    run = ClaimRun.objects.select_for_update().get(pk=work.run.pk)
    if run.finished_at is not None or run.round != work.run.round:
        return True
    mine = Claim.everything.select_for_update(of=("self",)).select_related("organization").order_by("pk")
    claims = list(mine.filter(year=run.year, period=run.period))
    if season.takers().digest != work.takers.digest:
        return False
    sums = add_up(run.parts.values_list("sums", flat=True))
    members = set(season.members())
    drafts = [claim for claim in claims if claim.state in OPEN and (claim.pk in sums or _is_shown(claim, members))]
    for claim in drafts:
        sums.setdefault(claim.pk, nothing())
    _carry(run, drafts, sums)
    _announce(run, drafts, sums)
    ClaimRun.objects.of(run.year, run.period).filter(is_current=True).update(is_current=False)
    run.is_current, run.finished_at = True, clock.now()
    run.fingerprint = run.fingerprint if settled else ""
    run.save(update_fields=["is_current", "finished_at", "fingerprint"])
    total = from_cents(sum(sums[claim.pk]["total"] for claim in drafts))
    journal.write("claims.prepared", run, by=run.started_by, claims=len(drafts), total=total)
    return True


def _is_shown(claim: Claim, members: set[str]) -> bool:
    """A draft people already see stays, even when nothing is left in it; a member's own is there from the start."""
    return not claim.is_pending or (claim.sequence == 0 and claim.organization.code in members)


def _announce(run: ClaimRun, drafts: list[Claim], sums: dict[int, dict[str, Any]]) -> None:
    """Give the drafts their figures; the history of a claim says when they changed."""
    for claim in drafts:
        figures = sums[claim.pk]
        amounts = {name: from_cents(figures[name]) for name in ("claimed", "held", "total")}
        if claim.is_pending or any(getattr(claim, name) != amount for name, amount in amounts.items()):
            journal.write("claim.drafted", claim, by=run.started_by, **amounts)
        for name, amount in amounts.items():
            setattr(claim, name, amount)
        claim.flags = {code: count for code in IN_ORDER if (count := figures["flags"][code])}
        claim.notices = {code: {"count": count, "cents": cents} for code, (count, cents) in figures["notices"].items()}
        claim.is_pending = False
    Claim.everything.bulk_update(drafts, ["claimed", "held", "total", "flags", "notices", "is_pending"])


def _carry(run: ClaimRun, drafts: list[Claim], sums: dict[int, dict[str, Any]]) -> None:
    """The balance of an approved negative claim, taken off the organization's next one by one line that names it."""
    done = set(ClaimLine.objects.frozen().filter(code=CARRIED).values_list("details__claim", flat=True))
    negative = Claim.objects.filter(state__in=(ClaimState.APPROVED, ClaimState.PAID), total__lt=0).exclude(pk__in=done)
    takers = {claim.organization_id: claim for claim in drafts}
    for owed in negative.order_by("pk"):
        claim = takers.get(owed.organization_id)
        if claim is None:
            continue
        details = {"claim": owed.pk, "reference": owed.reference}
        ClaimLine.objects.create(claim=claim, run=run, code=CARRIED, amount=owed.total, details=details)
        sums[claim.pk]["lines"] += 1
        sums[claim.pk]["total"] += to_cents(owed.total)
