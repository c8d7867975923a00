"""Writing one rule of a draft, as one types: a writing names the version it has seen."""

from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta

from django.db import transaction

from cordee.people.models import Person
from cordee.reference.actions.refusals import StaleRule, TooLong
from cordee.reference.actions.writing import entries_of, keys_of, open_draft, remember, row_of, sign, state_of
from cordee.reference.models import Revision, RuleRow
from cordee.reference.rulebook.pasted import clean
from cordee.toolkit import clock

LONGEST, LONGEST_SOURCE = 40_000, 120
# Autosaving is one act as long as the same person goes on with the same rule.
SITTING = timedelta(minutes=15)
CHANGED = "rule.changed"


@dataclass(frozen=True, slots=True)
class Said:
    """What one may write of a rule."""

    value: str
    label_fr: str
    label_en: str
    interpretation: bool
    note: str

    @classmethod
    def of(cls, row: RuleRow) -> "Said":
        return cls(row.value, row.label_fr, row.label_en, row.interpretation, row.note)

    def cleaned(self, kind: str) -> "Said":
        """Free of what a word processor leaves; a value that is no text has no lines."""
        value = clean(self.value) if kind in ("text", "prose") else self.value.strip()
        return replace(
            self, value=value, label_fr=_line(self.label_fr), label_en=_line(self.label_en), note=_line(self.note)
        )


def _line(text: str) -> str:
    """No line breaks; a no-break space stays what it is."""
    return clean(text).replace("\n", " ")


@transaction.atomic
def change_rule(*, revision: Revision, key: str, said: Said, seen: int, by: Person, on: date) -> RuleRow:
    """The rule as it stands now. Raises StaleRule when it is no longer the one that was seen; then nothing changed."""
    revision = open_draft(revision, by=by, on=on)
    row = row_of(revision, key)
    said = said.cleaned(row.kind)
    if key.startswith("article."):
        said = replace(said, value=said.label_fr)
    if max(map(len, (said.value, said.note, said.label_fr, said.label_en))) > LONGEST:
        raise TooLong(LONGEST)
    if Said.of(row) == said:
        return row
    if (row.version or 0) != seen:
        raise StaleRule(row)
    if not _goes_on(revision, row, by=by):
        remember(CHANGED, revision, {key: state_of(row)}, by=by, on=on)
    for name, value in asdict(said).items():
        setattr(row, name, value)
    sign(row, by=by)
    row.save(update_fields=[*asdict(said), "version", "changed_by", "changed_at"])
    return row


def _goes_on(revision: Revision, row: RuleRow, *, by: Person) -> bool:
    """Whether the last thing that happened to this rule is the same person writing it, moments ago."""
    if row.changed_by_id != by.pk or row.changed_at is None or clock.now() - row.changed_at > SITTING:
        return False
    recent = [
        entry for entry in entries_of(revision).filter(at__gte=row.changed_at - SITTING) if row.key in keys_of(entry)
    ]
    return bool(recent) and recent[-1].act == CHANGED
