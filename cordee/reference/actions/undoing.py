"""Undoing what someone wrote in a draft: the rules an entry of the journal names become what they were before it."""

from datetime import date

from django.db import transaction

from cordee.people.models import Person
from cordee.records.models import JournalEntry
from cordee.reference.actions import refusals
from cordee.reference.actions.writing import (
    State,
    before_of,
    entries_of,
    keys_of,
    open_draft,
    remember,
    sign,
    state_of,
)
from cordee.reference.models import Revision, RuleRow
from cordee.reference.rulebook.prose import citing

RESTORED = "rule.restored"


@transaction.atomic
def undo_change(*, revision: Revision, entry_id: int, by: Person, on: date) -> JournalEntry:
    """Itself an entry, which can be undone. Raises NotTheLast when one of its rules was written since."""
    revision = open_draft(revision, by=by, on=on)
    since = list(entries_of(revision).filter(pk__gte=entry_id))
    if not since or since[0].pk != entry_id or not before_of(since[0]):
        raise refusals.NoSuchRule
    entry, *later = since
    keys = set(keys_of(entry))
    if any(keys & set(keys_of(other)) for other in later):
        raise refusals.NotTheLast
    rows = {row.key: row for row in revision.rules.filter(key__in=keys)}
    before = before_of(entry)
    _refuse_cited(revision, {key for key, state in before.items() if state is None})
    made = remember(RESTORED, revision, {k: state_of(rows[k]) if k in rows else None for k in before}, by=by, on=on)
    for key, state in before.items():
        _restore(revision, rows.get(key), state, by=by)
    return made


def _refuse_cited(revision: Revision, gone: set[str]) -> None:
    if gone and (cited := citing(revision.rulebook().rules, gone)):
        raise refusals.StillCited(list(dict.fromkeys(rule.article for rule in cited)))


def _restore(revision: Revision, row: RuleRow | None, state: State | None, *, by: Person) -> None:
    if state is None:
        if row is not None:
            row.delete()
        return
    row = row or RuleRow(revision=revision, key=state["key"])
    for name, value in state.items():
        setattr(row, name, value)
    sign(row, by=by)
    row.save()


def is_undoable(entry: JournalEntry, later_keys: set[str]) -> bool:
    """Whether nothing it names was written since, by entries that stand after it."""
    keys = set(keys_of(entry))
    return bool(keys) and not keys & later_keys
