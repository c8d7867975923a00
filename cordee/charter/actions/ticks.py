"""« Marquer fait »: what the product cannot see is said by hand, with a note, and can be taken back."""

from datetime import date

from django.db import IntegrityError, transaction

from cordee.charter import policy
from cordee.charter.actions.refusals import DoneAlready, DoneLater, NotDone, NoteMissing, SeenByTheProduct
from cordee.charter.actions.reminding import about, forget_waiting
from cordee.charter.models import Tick
from cordee.charter.models.dated import DatedTask
from cordee.people.models import Person
from cordee.records import journal
from cordee.toolkit import clock
from cordee.toolkit.access import enforce


@transaction.atomic
def tick(*, task: DatedTask, done_on: date, note: str, by: Person, on: date) -> Tick:
    """Say that it was done on that day. Raises SeenByTheProduct, NoteMissing, DoneLater or DoneAlready."""
    enforce(policy.can_tick(by, task, on=on))
    if not task.deadline.is_by_hand:
        raise SeenByTheProduct
    note = note.strip()
    if not note:
        raise NoteMissing
    if done_on > on:
        raise DoneLater
    said = {"done_on": done_on, "note": note, "ticked_by": by, "ticked_at": clock.now()}
    try:
        with transaction.atomic():
            made = Tick.objects.create(**_place(task), **said)
    except IntegrityError:
        raise DoneAlready from None
    forget_waiting(about(task))
    journal.write("timeline.ticked", made, by=by, row=task.deadline.key, done_on=done_on, note=note)
    return made


@transaction.atomic
def take_back(*, task: DatedTask, by: Person, on: date) -> None:
    """It waits again; the tick stays as it was said. Raises NotDone."""
    enforce(policy.can_tick(by, task, on=on))
    found = Tick.objects.standing(task.year).filter(**_place(task)).select_for_update(of=("self",)).first()
    if found is None:
        raise NotDone
    found.taken_back_by, found.taken_back_at = by, clock.now()
    found.save(update_fields=["taken_back_by", "taken_back_at"])
    journal.write("timeline.tick_taken_back", found, by=by, row=task.deadline.key)


def _place(task: DatedTask) -> dict[str, object]:
    return {
        "year": str(task.year),
        "key": task.deadline.key,
        "organization_id": task.organization,
        "group_id": task.group,
    }
