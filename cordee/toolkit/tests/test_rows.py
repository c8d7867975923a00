"""A row written by a statement that is kept is the row Django would have written."""

from datetime import UTC, datetime

import pytest

from cordee.records.models import JournalEntry
from cordee.toolkit import rows
from cordee.toolkit.models import ScheduledSlot, WorkerBeat

AT = datetime(2025, 1, 20, 17, 30, 15, 250_000, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def entry(**values):
    return JournalEntry(at=AT, act="a.done", subject_kind="x.y", subject_id="1", request_id="r" * 8, **values)


def stored(pk):
    found = JournalEntry.objects.filter(pk=pk).order_by().values().get()
    return {name: value for name, value in found.items() if name != "id"}


def test_a_new_row_is_the_one_django_writes():
    ours, theirs = entry(actor_id=7), entry(actor_id=7)
    rows.insert(ours)
    theirs.save()
    assert stored(ours.pk) == stored(theirs.pk)
    assert theirs.pk == ours.pk + 1
    assert not ours._state.adding


def test_only_the_named_fields_of_that_row_change():
    one, other = (ScheduledSlot.objects.create(task="t", slot=slot, enqueued_at=AT) for slot in "ab")
    one.task, one.result_id, one.slot = "u", "it’s", "c"
    rows.update(one, ["task", "result_id"])
    found = ScheduledSlot.objects.order_by("pk").values_list("task", "slot", "result_id")
    assert list(found) == [("u", "a", "it’s"), ("t", other.slot, None)]


def test_a_row_that_is_gone_is_not_taken_for_written():
    row = ScheduledSlot.objects.create(task="t", slot="a", enqueued_at=AT)
    ScheduledSlot.objects.all().delete()
    with pytest.raises(ScheduledSlot.DoesNotExist):
        rows.update(row, ["task"])


def test_a_row_may_bring_its_own_key():
    row = WorkerBeat(worker_id="w", seen_at=AT)
    rows.insert(row)
    assert row.pk == "w"
    assert WorkerBeat.objects.get().seen_at == AT
