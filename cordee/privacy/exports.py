"""What leaves privacy as a workbook: the money a retention run left as it was."""

from django.utils.translation import gettext as _

from cordee.privacy.models import RetentionRun
from cordee.toolkit.tabular import Column, Sheet
from cordee.treasury.models import Submission
from cordee.treasury.models.periods import period_label
from cordee.values.money import from_cents


def money_sheet(run: RetentionRun) -> Sheet:
    """One row for each submission that was frozen when the run was confirmed. One query."""
    found = Submission.objects.filter(pk__in=[int(key) for key in run.before]).order_by("claim__year", "claim", "pk")
    columns = [
        Column(_("Réclamation")),
        Column(_("Organisation")),
        Column(_("Année scolaire")),
        Column(_("Période")),
        Column(_("Lignes avant"), "number"),
        Column(_("Lignes après"), "number"),
        Column(_("Avant"), "money"),
        Column(_("Après"), "money"),
    ]
    rows = (_row(run, one) for one in found.select_related("claim__organization"))
    return Sheet(_("Montants figés"), columns, rows, notes=[run.reference])


def _row(run: RetentionRun, submission: Submission) -> list[object]:
    claim, key = submission.claim, str(submission.pk)
    (lines, cents), (lines_after, cents_after) = run.before[key], run.after.get(key, [0, 0])
    return [
        claim.reference,
        claim.organization.name,
        claim.year,
        period_label(claim.period),
        lines,
        lines_after,
        from_cents(cents),
        from_cents(cents_after),
    ]
