"""What every writing in a draft shares: the draft kept from others, and the journal that remembers what was before."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet

from cordee.people.models import Person
from cordee.records import journal
from cordee.records.models import JournalEntry
from cordee.reference import policy
from cordee.reference.actions.refusals import NoLongerDraft, NoSuchRule
from cordee.reference.models import COLUMNS, Revision, RuleRow
from cordee.toolkit import clock
from cordee.toolkit.access import enforce

# A row as the journal keeps it, by key; None where there was no such rule.
State = dict[str, Any]
States = Mapping[str, State | None]


def open_draft(revision: Revision, *, by: Person, on: date) -> Revision:
    """The draft, kept from others. Raises Forbidden, or NoLongerDraft."""
    enforce(policy.can_edit(by, on=on))
    locked = Revision.objects.select_for_update(of=("self",)).select_related("edition").get(pk=revision.pk)
    if not locked.is_draft:
        raise NoLongerDraft
    return locked


def row_of(revision: Revision, key: str) -> RuleRow:
    row = revision.rules.select_related("changed_by").filter(key=key).first()
    if row is None:
        raise NoSuchRule
    return row


def state_of(row: RuleRow) -> State:
    return {name: getattr(row, name) for name in ("position", *COLUMNS)}


def remember(act: str, revision: Revision, before: States, *, by: Person, on: date) -> JournalEntry:
    """One entry of the journal: what the rules it names were before; and the revision was updated that day."""
    if revision.updated_on != on:
        revision.updated_on = on
        revision.save(update_fields=["updated_on"])
    return journal.write(act, revision, by=by, before=before)


def sign(row: RuleRow, *, by: Person) -> None:
    row.version, row.changed_by, row.changed_at = (row.version or 0) + 1, by, clock.now()


def keys_of(entry: JournalEntry) -> list[str]:
    return list(before_of(entry))


def before_of(entry: JournalEntry) -> States:
    """What the rules were before that entry; nothing when its details were lawfully erased."""
    detail = getattr(entry, "detail", None)
    found: States = (detail.payload or {}).get("before", {}) if detail else {}
    return found


def entries_of(revision: Revision) -> QuerySet[JournalEntry]:
    return journal.history(revision)
