"""Writing the cadre de référence: a reviewed file becomes a draft revision, a revision is put in force."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.people.models import Person
from cordee.records import journal
from cordee.reference.models import Edition, Revision, RuleRow
from cordee.reference.rulebook import Edition as ReviewedFile
from cordee.reference.rulebook import Problem, Rule, parse_edition
from cordee.toolkit.refusals import Refusal, Unreadable


class FaultyEdition(Unreadable):
    """The file says something a computation could not use. Every fault is named; nothing was loaded."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        named = "\n".join(f"– {self._named(problem)}" for problem in problems)
        opening = ngettext(
            "Ce cadre de référence n’a pas été chargé : %(count)s règle est à corriger.",
            "Ce cadre de référence n’a pas été chargé : %(count)s règles sont à corriger.",
            len(problems),
        )
        super().__init__(f"{opening % {'count': len(problems)}}\n{named}")

    def _named(self, problem: Problem) -> str:
        sentence = _(problem.sentence) % problem.values
        if not problem.line:
            return sentence
        return _("Ligne %(line)s : %(sentence)s") % {"line": problem.line, "sentence": sentence}


class InForceAlready(Refusal):
    """A revision in force never changes; the file must bear the next number."""

    def __init__(self, revision: Revision, changed: Sequence[str]) -> None:
        super().__init__(
            _(
                "La révision %(number)s du cadre %(year)s est en vigueur et ne change plus. Le fichier en diffère : "
                "%(keys)s. Donnez-lui le numéro de révision suivant."
            )
            % {"number": revision.number, "year": revision.edition.year, "keys": ", ".join(changed)}
        )


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
    _write_rules(revision, file)
    journal.write("revision.loaded", revision, by=by, on=on, changed=len(changed))
    return revision


@transaction.atomic
def put_in_force(*, revision: Revision, effective_from: date, by: Person | None, on: date) -> Revision:
    """From that day on the revision holds, and no longer changes (trigger). Again on the same day: nothing to do.

    Whoever calls it answers for the adoption: this app knows no body and no decision.
    """
    revision = Revision.objects.select_for_update(of=("self",)).select_related("edition").get(pk=revision.pk)
    if revision.effective_from is not None:
        if revision.effective_from != effective_from:
            raise InForceAlready(revision, [_("la date d’entrée en vigueur")])
        return revision
    revision.effective_from = effective_from
    revision.save(update_fields=["effective_from"])
    journal.write("revision.in_force", revision, by=by, on=on, effective_from=effective_from)
    return revision


def _differences(revision: Revision, file: ReviewedFile) -> list[str]:
    """The keys that are not the same in the database and in the file, in the order of the file."""
    stored = {row.key: (row.position, row.value_object()) for row in revision.rules.order_by("position")}
    loaded = {rule.key: (position, rule) for position, rule in enumerate(file.rules, start=1)}
    changed = [key for key, found in loaded.items() if stored.get(key) != found]
    return changed + [key for key in stored if key not in loaded]


def _write_rules(revision: Revision, file: ReviewedFile) -> None:
    revision.rules.all().delete()
    RuleRow.objects.bulk_create(_row(revision, at, rule) for at, rule in enumerate(file.rules, start=1))
    revision.updated_on = file.updated
    revision.save(update_fields=["updated_on"])


def _row(revision: Revision, position: int, rule: Rule) -> RuleRow:
    return RuleRow(
        revision=revision,
        position=position,
        key=rule.key,
        kind=rule.kind,
        value=rule.value,
        source=rule.source,
        article=rule.article,
        label_fr=rule.label_fr,
        label_en=rule.label_en,
        interpretation=rule.interpretation,
        note=rule.note,
    )
