"""Two records were one person: the rows of one move to the other, and can be given back.

What moves is found by introspection: every row that points at the absorbed person through a relation with a reverse
name (affiliations, memberships, duties, attendances, agreements, account…), one by one in a savepoint. A row the
database refuses stays: an affiliation that overlaps one of the kept record, a second agreement for the same year.

What does not move: relations without a reverse name (`related_name="+"`: `marked_by`, `changed_by`, `approved_by`…) say
who acted, and history is not rewritten (several of those tables are append-only by trigger); earlier merges; and claim
lines, which hold the id of the person as a plain number and never change. Who reads them follows `merged_into`.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.people import policy
from cordee.people.actions.retiring import refuse_retired
from cordee.people.models import Person, PersonMerge
from cordee.records import journal
from cordee.toolkit import clock
from cordee.toolkit.access import enforce
from cordee.toolkit.contributions import merge_holds
from cordee.toolkit.refusals import Refusal, Unreadable

EMAIL = "email"


class SameRecord(Unreadable):
    sentence = gettext_lazy("C’est deux fois la même fiche. Choisissez deux fiches différentes.")


class AlreadyMerged(Refusal):
    def __init__(self, person: Person) -> None:
        super().__init__(
            _("La fiche de %(person)s a déjà été réunie à une autre. Choisissez celle qui a été gardée.")
            % {"person": person.full_name}
        )


class MergeHeld(Refusal):
    """What an upper app says against a merge."""


class CannotUndoMerge(Refusal):
    sentence = gettext_lazy(
        "Cette fusion ne peut plus être annulée : l’une des fiches a changé depuis. Annulez d’abord ce qui a suivi."
    )


def merge_persons(*, kept: Person, absorbed: Person, by: Person, on: date) -> PersonMerge:
    """Make `kept` stand for both. Raises SameRecord, AlreadyMerged, AlreadyRetired or MergeHeld (both marked at
    one meeting)."""
    if kept.pk == absorbed.pk:
        raise SameRecord
    enforce(policy.can_merge_records(by, kept, absorbed, on=on))
    with transaction.atomic():
        kept, absorbed = _locked(kept, absorbed)
        _refuse_unless_free(kept, absorbed)
        moved = _move(absorbed, kept)
        absorbed.merged_into = kept
        absorbed.save(update_fields=["merged_into"])
        merge = PersonMerge.objects.create(
            kept=kept, absorbed=absorbed, merged_by=by, merged_at=clock.now(), moved=moved
        )
        journal.write("person.merged", kept, by=by, absorbed=absorbed.pk, moved=moved)
    return merge


def undo_merge(*, merge: PersonMerge, by: Person, on: date) -> None:
    """Give back every row that moved and still belongs to the kept record. All or nothing. Raises CannotUndoMerge, or
    AlreadyRetired."""
    enforce(policy.can_merge(by, on=on))
    try:
        with transaction.atomic():
            kept, absorbed = _locked(merge.kept, merge.absorbed)
            refuse_retired(kept)
            merge = PersonMerge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
            if merge.undone_at or kept.merged_into_id or absorbed.merged_into_id != kept.pk:
                raise CannotUndoMerge
            _give_back(merge.moved, kept, absorbed)
            absorbed.merged_into = None
            absorbed.save(update_fields=["merged_into"])
            merge.undone_at = clock.now()
            merge.save(update_fields=["undone_at"])
            journal.write("person.merge-undone", kept, by=by, absorbed=absorbed.pk)
    except IntegrityError:
        raise CannotUndoMerge from None


def facts(person: Person) -> list[tuple[str, int]]:
    """What would move, counted: (words, number) for each relation that has rows."""
    counted = [(str(field.model._meta.verbose_name_plural), _rows(field, person).count()) for field in _relations()]
    return [(words, number) for words, number in counted if number]


def _locked(kept: Person, absorbed: Person) -> tuple[Person, Person]:
    """Both records, always locked in the same order: two opposite merges at once cannot wait for each other."""
    pks = sorted((kept.pk, absorbed.pk))
    found = {person.pk: person for person in Person.objects.select_for_update().filter(pk__in=pks).order_by("pk")}
    return found[kept.pk], found[absorbed.pk]


def _refuse_unless_free(kept: Person, absorbed: Person) -> None:
    for person in (kept, absorbed):
        refuse_retired(person)
        if person.merged_into_id:
            raise AlreadyMerged(person)
    for verdict in merge_holds.collect(kept, absorbed):
        if not verdict:
            raise MergeHeld(verdict.reason)


def _relations() -> Iterator[models.ForeignKey]:
    """The fields that point at a person as a fact about them (see the top of this file)."""
    for relation in Person._meta.related_objects:
        field: Any = relation.field
        if not relation.many_to_many and field.model not in (Person, PersonMerge):
            yield field


def _rows(field: models.ForeignKey, person: Person) -> models.QuerySet:
    return field.model._base_manager.filter(**{field.name: person}).order_by("pk")


def _move(absorbed: Person, kept: Person) -> dict[str, Any]:
    moved: dict[str, Any] = {}
    for field in _relations():
        pks = [pk for pk in _rows(field, absorbed).values_list("pk", flat=True) if _moved(field, pk, kept)]
        if pks:
            moved[_name(field)] = pks
    if absorbed.email and not kept.email:
        moved[EMAIL] = _hand_over_email(absorbed, kept)
    return moved


def _moved(field: models.ForeignKey, pk: int, person: Person) -> bool:
    try:
        with transaction.atomic():
            field.model._base_manager.filter(pk=pk).update(**{field.name: person})
    except IntegrityError:
        return False
    return True


def _hand_over_email(source: Person, target: Person) -> str:
    """An address belongs to one record: taken off the one before it is put on the other."""
    email = source.email or ""
    source.email = None
    source.save(update_fields=["email"])
    target.email = email
    target.save(update_fields=["email"])
    return email


def _give_back(moved: dict[str, Any], kept: Person, absorbed: Person) -> None:
    for field in _relations():
        _rows(field, kept).filter(pk__in=moved.get(_name(field), [])).update(**{field.name: absorbed})
    if moved.get(EMAIL) and kept.email == moved[EMAIL]:
        _hand_over_email(kept, absorbed)


def _name(field: models.ForeignKey) -> str:
    return f"{field.model._meta.label_lower}.{field.name}"
