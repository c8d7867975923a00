"""Starting a draft: the next year’s edition from this one, or a correction of what is in force."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from cordee.people.models import Person
from cordee.records import journal
from cordee.reference import policy
from cordee.reference.actions.refusals import DraftOpen, NothingToCopy
from cordee.reference.models import Edition, Revision, RuleRow
from cordee.reference.rulebook import Rule
from cordee.reference.rulebook.copying import carried
from cordee.toolkit.access import enforce
from cordee.values.school_year import SchoolYear


@transaction.atomic
def start_next_edition(*, year: SchoolYear, by: Person, on: date) -> Revision:
    """The edition that follows `year`, as a draft: its rules in force, their dates a year later.

    Raises DraftOpen when that edition is begun, NothingToCopy when nothing is in force in `year`.
    """
    enforce(policy.can_edit(by, on=on))
    source, following = _in_force(year), year.next()
    edition, _new = Edition.objects.get_or_create(year=str(following))
    begun = edition.revisions.select_related("edition").order_by("number").first()
    if begun is not None:
        raise DraftOpen(begun)
    rules = carried(source.rulebook().rules, start=year, end=following)
    return _start(edition, 1, rules, following.start, by=by, on=on, source=source)


@transaction.atomic
def start_correction(*, year: SchoolYear, by: Person, on: date) -> Revision:
    """A new revision of what is in force in `year`, meant to hold from today. One correction at a time."""
    enforce(policy.can_edit(by, on=on))
    source = _in_force(year)
    revisions = Revision.objects.filter(edition=source.edition).select_related("edition")
    begun = revisions.filter(effective_from__isnull=True).order_by("number").first()
    if begun is not None:
        raise DraftOpen(begun)
    last = revisions.order_by("-number").values_list("number", flat=True)[0]
    start = min(max(on, source.starts_on), year.end.replace(month=6, day=30))
    return _start(source.edition, last + 1, source.rulebook().rules, start, by=by, on=on, source=source)


def _in_force(year: SchoolYear) -> Revision:
    """The last revision in force of that year, kept from others until the draft stands."""
    found = Revision.objects.in_force_during(year).select_for_update(of=("self",)).select_related("edition").last()
    if found is None:
        raise NothingToCopy
    return found


def _start(
    edition: Edition, number: int, rules: Iterable[Rule], start: date, *, by: Person, on: date, source: Revision
) -> Revision:
    revision = Revision.objects.create(edition=edition, number=number, planned_from=start, updated_on=on)
    RuleRow.objects.bulk_create(RuleRow.of(revision, at, rule) for at, rule in enumerate(rules, start=1))
    journal.write("revision.started", revision, by=by, copied_from=source.name)
    return revision
