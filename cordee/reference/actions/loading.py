"""A reviewed file becomes a draft revision, a revision becomes its file, and is put in force."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from cordee.people.models import Person
from cordee.records import journal
from cordee.reference.actions.refusals import ErrorsRemain, FaultyEdition, InForceAlready, OutsideItsYear
from cordee.reference.models import Edition, Revision, RuleRow
from cordee.reference.rulebook import Edition as ReviewedFile
from cordee.reference.rulebook import parse_edition, problems_of
from cordee.reference.rulebook.writing import write_edition
from cordee.toolkit.contributions import in_force_tasks


@transaction.atomic
def load_edition(text: str, *, by: Person | None, on: date) -> Revision:
    """Load a reviewed file (TOML) as a draft revision; the same file again changes nothing.

    A draft of that number is replaced. Raises UnreadableEdition, FaultyEdition (every problem named), or
    InForceAlready when that revision is in force and says something else.
    """
    file = parse_edition(text)
    if file.problems:
        raise FaultyEdition(file.problems)
    edition, _new = Edition.objects.get_or_create(year=str(file.year))
    revision, _new = Revision.objects.select_related("edition").get_or_create(edition=edition, number=file.revision)
    changed = _differences(revision, file)
    if not changed:
        return revision
    if revision.effective_from is not None:
        raise InForceAlready(revision, changed)
    write_rules(revision, file)
    revision.updated_on, revision.planned_from = file.updated, file.effective_from
    revision.save(update_fields=["updated_on", "planned_from"])
    journal.write("revision.loaded", revision, by=by, on=on, changed=len(changed))
    return revision


def export_edition(revision: Revision) -> str:
    """The reviewed file (TOML) of a revision: loaded again, it gives the same bytes."""
    return write_edition(
        revision.rulebook().rules,
        year=revision.school_year,
        revision=revision.number,
        effective_from=revision.starts_on,
        updated=revision.updated_on or revision.starts_on,
    )


@transaction.atomic
def put_in_force(*, revision: Revision, effective_from: date, by: Person | None, on: date) -> Revision:
    """From that day on the revision holds, and no longer changes (trigger). Again on the same day: nothing to do.

    Raises ErrorsRemain, with every error, InForceAlready or OutsideItsYear.

    Whoever calls it answers for the adoption: this app knows no body and no decision.
    """
    revision = Revision.objects.select_for_update(of=("self",)).select_related("edition").get(pk=revision.pk)
    if revision.effective_from is not None:
        if revision.effective_from != effective_from:
            raise InForceAlready(revision, [_("la date d’entrée en vigueur")])
        return revision
    if effective_from not in revision.school_year:
        raise OutsideItsYear(revision, effective_from)
    if errors := problems_of(revision.rulebook().rules, year=revision.school_year):
        raise ErrorsRemain(revision, errors)
    revision.effective_from = effective_from
    revision.save(update_fields=["effective_from"])
    journal.write("revision.in_force", revision, by=by, on=on, effective_from=effective_from)
    for task in in_force_tasks.collect(revision):
        task.enqueue(revision.pk)
    return revision


def _differences(revision: Revision, file: ReviewedFile) -> list[str]:
    """The keys that are not the same in the database and in the file, in the order of the file."""
    stored = {row.key: (row.position, row.value_object()) for row in revision.rules.order_by("position")}
    loaded = {rule.key: (position, rule) for position, rule in enumerate(file.rules, start=1)}
    changed = [key for key, found in loaded.items() if stored.get(key) != found]
    if (revision.starts_on, revision.updated_on) != (file.effective_from, file.updated):
        changed.append("edition")
    return changed + [key for key in stored if key not in loaded]


def write_rules(revision: Revision, file: ReviewedFile) -> None:
    """In the order of the file; those there were give way."""
    revision.rules.all().delete()
    RuleRow.objects.bulk_create(RuleRow.of(revision, at, rule) for at, rule in enumerate(file.rules, start=1))
