"""A confirmed retention run, carried out by steps: a few people, then rows by the hundred, then what is verified.

Each step is one transaction that says what is done: a run that is killed goes on where it stood, one that is started
twice does nothing twice. A plan is only what may go: whoever takes part again, or is held, is left out at their step.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from time import monotonic

from django.db import IntegrityError, transaction
from django.db.models import F
from django.tasks import task
from django.utils.translation import gettext as _
from django.utils.translation import override

from cordee.meetings.models import FollowUp, Meeting, MinutesCorrection, MinutesSection
from cordee.people.actions.retiring import pseudonym, retire_person
from cordee.privacy.ends import DETAILS, End, ends, months_of_a_person
from cordee.privacy.models import Participation, PlannedPerson, PlannedRows, RetentionRun, RunState, kept_out
from cordee.privacy.models.money import frozen_money
from cordee.privacy.naming import Named, Passage, entries_about, masked, named, passages, rewrite
from cordee.records import journal, sealing
from cordee.records.redaction import redacting
from cordee.toolkit import clock

PEOPLE_AT_ONCE, ROWS_AT_ONCE = 25, 500
SECONDS = 5.0
GROUND = "A-2.1, art. 73"
MASKED, LEFT = "masked", "left"  # what becomes of a text that names someone
MINUTES = (MinutesSection, FollowUp, MinutesCorrection)


@task
def carry_out_retention(pk: int) -> None:
    """A few seconds of it, then the worker turns to others first. Again is harmless."""
    if not advance(RetentionRun.objects.get(pk=pk), seconds=SECONDS):
        carry_out_retention.enqueue(pk)


def advance(run: RetentionRun, *, seconds: float | None = None) -> bool:
    """Go on for about `seconds` (to the end when None); True once nothing of it is left to do."""
    until = None if seconds is None else monotonic() + seconds
    while _step(run):
        if until is not None and monotonic() > until:
            return False
    return True


def _step(run: RetentionRun) -> bool:
    """One step; False when the run is finished, or was never confirmed."""
    run.refresh_from_db()
    if run.state is not RunState.RUNNING:
        return False
    waiting = run.people.filter(done_at=None, left_out="").order_by("rank")
    if batch := list(waiting.select_related("person")[:PEOPLE_AT_ONCE]):
        _retire(run, batch)
    elif table := run.tables.filter(finished_at=None).order_by("pk").first():
        _finish_rows(run, table)
    else:
        _finish(run)
    return True


@dataclass
class _Batch:
    """The people of a step, and what names them: read before the transaction, which must be short."""

    who: Participation
    refused: Mapping[int, str]
    going: list[PlannedPerson]
    people: list[Named] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    entries: list[int] = field(default_factory=list)
    records: list[int] = field(default_factory=list)

    def read(self) -> None:
        keys = {planned.person_id: self.who.records_of([planned.person_id]) for planned in self.going}
        self.records = sorted({pk for records in keys.values() for pk in records})
        self.people = named(keys)
        self.passages = passages(self.people)
        self.entries = entries_about(self.people, self.records)

    def still_holds(self, batch: list[PlannedPerson]) -> bool:
        """Whether those who may go are the same, with the same records."""
        who, refused = _refused(batch)
        records = who.records_of(planned.person_id for planned in self.going)
        return refused.keys() == self.refused.keys() and records == self.records


def _retire(run: RetentionRun, batch: list[PlannedPerson]) -> None:
    who, refused = _refused(batch)
    going = [planned for planned in batch if planned.person_id not in refused]
    found = _Batch(who, refused, going)
    if going:
        found.read()
    with transaction.atomic():
        run = RetentionRun.objects.select_for_update().get(pk=run.pk)
        waiting = run.people.filter(pk__in=[planned.pk for planned in batch], done_at=None, left_out="")
        if waiting.count() != len(batch) or not found.still_holds(batch):
            return  # somebody else did them, or they changed meanwhile: the next step looks again
        for planned in batch:
            if planned.person_id in refused:
                run.people.filter(pk=planned.pk).update(left_out=refused[planned.person_id][:200])
        if going:
            _write(run, found)


def _refused(batch: list[PlannedPerson]) -> tuple[Participation, dict[int, str]]:
    """Those of a plan who may not go after all, and why, in the language of the register."""
    today = clock.today()
    who = Participation.known(on=today)
    with override("fr"):
        kept = kept_out(who)
        over = who.since(months_of_a_person(), on=today)
        again = _("Participe de nouveau, ou est réunie à une autre fiche.")
        wanted = {planned.person_id for planned in batch}
        return who, {pk: kept.get(pk, again) for pk in wanted if pk in kept or pk not in over}


def _write(run: RetentionRun, batch: _Batch) -> None:
    by, on = run.confirmed_by, clock.today()
    numbers = {
        planned.person_id: retire_person(person=planned.person, by=by, on=on)
        for planned in sorted(batch.going, key=lambda planned: planned.rank)
    }
    pseudonyms = {pk: pseudonym(number) for pk, number in numbers.items()}
    _mask_all(run, batch, pseudonyms)
    for end in ends():
        if end.goes_with_its_person and end.held.model != DETAILS:
            _count(run, end.name, end.carry_out(end.of(batch.records).values_list("pk", flat=True)))
    about = {*batch.entries, *_own_entries(batch.records)}
    _count(run, "entries", journal.erase(about, run, by=by, ground=GROUND))
    _count(run, "people", len(batch.going))
    run.people.filter(pk__in=[planned.pk for planned in batch.going]).update(done_at=clock.now())
    run.save(update_fields=["counts"])


def _own_entries(records: list[int]) -> list[int]:
    """What was written of them since they were read; not their becoming anonymous, which names nobody."""
    details = next(end for end in ends() if end.held.model == DETAILS)
    return list(details.of(records).exclude(entry__act="person.retired").values_list("pk", flat=True))


def _mask_all(run: RetentionRun, batch: _Batch, pseudonyms: Mapping[int, str]) -> None:
    """Replace names in every text that has them; the history of a meeting says so of its minutes."""
    meetings = set()
    with redacting():
        for passage in batch.passages:
            outcome = _mask(passage, batch.people, pseudonyms)
            _count(run, outcome)
            if outcome == MASKED and passage.model in MINUTES:
                meetings.add(passage.model._base_manager.values_list("meeting", flat=True).get(pk=passage.key))
    for meeting in Meeting.objects.filter(pk__in=meetings).order_by("pk"):
        journal.write("minutes.redacted", meeting, by=run.confirmed_by)


def _mask(passage: Passage, people: list[Named], pseudonyms: Mapping[int, str]) -> str:
    """What to count: a text that is in force or published is left as it was decided."""
    said = masked(passage, people, pseudonyms)
    if said is None:
        return ""
    try:
        with transaction.atomic():
            rewrite(passage, said)
    except IntegrityError:
        return LEFT
    return MASKED


def _count(run: RetentionRun, what: str, number: int = 1) -> None:
    if what and number:
        run.counts[what] = run.counts.get(what, 0) + number


def _finish_rows(run: RetentionRun, table: PlannedRows) -> None:
    """Some rows of a declaration; with the last ones it is finished. Of two at once, the second finds nothing."""
    today = clock.today()
    end = next((one for one in ends() if one.name == table.declared), None)
    with transaction.atomic():
        run = RetentionRun.objects.select_for_update().get(pk=run.pk)
        who = Participation.known(on=run.on)
        due = end.due(who, on=run.on, kept=kept_out(Participation.known(on=today))) if end else None
        keys = list(due.values_list("pk", flat=True)[:ROWS_AT_ONCE]) if due is not None else []
        done = _end_rows(run, end, keys) if end and keys else 0
        left = len(keys) == ROWS_AT_ONCE and done
        PlannedRows.objects.filter(pk=table.pk).update(done=F("done") + done, finished_at=None if left else clock.now())
        if end:
            _count(run, end.name, done)
            run.save(update_fields=["counts"])


def _end_rows(run: RetentionRun, end: End, keys: list[int]) -> int:
    if end.held.model == DETAILS:
        return journal.erase(keys, run, by=run.confirmed_by, ground=GROUND)
    return end.carry_out(keys)


def _finish(run: RetentionRun) -> None:
    """Compare the money, follow the journal’s chain, and close the run."""
    found = sealing.verify()
    with transaction.atomic():
        run = RetentionRun.objects.select_for_update().get(pk=run.pk)
        if run.finished_at:
            return
        run.after, run.faults, run.sealed = frozen_money(run.before), found.faults[:20], found.sealed
        run.finished_at, run.is_open = clock.now(), False
        run.save(update_fields=["after", "faults", "sealed", "finished_at", "is_open"])
        count = run.counts.get("people", 0)
        journal.write("retention.done", run, by=run.confirmed_by, count=count, holds=run.holds)


def end_of_the_day(*, at_most: int = 20_000) -> int:
    """What needs nobody’s judgement and is past its time today goes; the number of rows. Again is harmless."""
    today, gone = clock.today(), 0
    who = Participation.known(on=today)
    kept = kept_out(who)
    for end in ends():
        if end.held.keeping.is_nightly:
            keys = list(end.due(who, on=today, kept=kept).values_list("pk", flat=True)[:at_most])
            for at in range(0, len(keys), ROWS_AT_ONCE):
                gone += end.carry_out(keys[at : at + ROWS_AT_ONCE])
    return gone
