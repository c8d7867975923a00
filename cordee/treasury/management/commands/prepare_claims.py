"""`manage.py prepare_claims 2024-2025 mid-year [--json]`: the drafts of a period, from attendance."""

import json
from collections.abc import Callable
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.toolkit import clock
from cordee.toolkit.formats import money
from cordee.toolkit.middleware import is_lock_or_full
from cordee.toolkit.refusals import Busy, Refusal, in_words
from cordee.treasury.actions.runs import advance_run, start_run
from cordee.treasury.models import ClaimRun
from cordee.treasury.models.summary import summary_of
from cordee.values.money import from_cents
from cordee.values.sentence import SpokenError


class Command(BaseCommand):
    help = "Prépare les réclamations d’une période : un brouillon pour chaque organisation membre."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("year", help="l’année scolaire, comme 2024-2025")
        parser.add_argument("period", help="la période du cadre, comme mid-year ou year-end")
        parser.add_argument("--json", action="store_true", help="écrit le résultat en JSON, rien d’autre")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            run = start_run(year=options["year"], period=options["period"], by=None, on=clock.today())
            advance_run(run, tell=(lambda run: None) if options["json"] else self._progress())
        except SpokenError as error:
            raise CommandError(in_words(error)) from None
        except Refusal as refusal:
            raise CommandError(str(refusal)) from None
        except DatabaseError as error:
            if is_lock_or_full(error):
                raise CommandError(str(Busy())) from None
            raise
        run.refresh_from_db()
        self._warn(run)
        summary = summary_of(run.year, run.period)
        self.stdout.write(json.dumps(summary, ensure_ascii=False) if options["json"] else self._table(summary))

    def _progress(self) -> Callable[[ClaimRun], None]:
        """Says where the run stands, once a second."""
        said = monotonic()

        def tell(run: ClaimRun) -> None:
            nonlocal said
            if monotonic() >= said + 1:
                said = monotonic()
                self.stdout.write(_("%(done)s présences sur %(total)s…") % {"done": run.done, "total": run.total})

        return tell

    def _warn(self, run: ClaimRun) -> None:
        """On the error stream, so that JSON stays JSON."""
        if run.recomputed:
            self.stderr.write(
                ngettext(
                    "Des présences ont changé pendant le calcul : %(count)s présence a été recalculée.",
                    "Des présences ont changé pendant le calcul : %(count)s présences ont été recalculées.",
                    run.recomputed,
                )
                % {"count": run.recomputed}
            )
        if run.is_unsettled:
            self.stderr.write(_("Des présences changent encore : préparez de nouveau les réclamations plus tard."))

    def _table(self, summary: dict[str, Any]) -> str:
        rows = [
            _("%(organization)s : %(lines)s lignes, réclamé %(claimed)s, en suspens %(held)s, admissible %(total)s")
            % {
                "organization": claim["organization"],
                "lines": claim["lines"],
                "claimed": money(from_cents(claim["claimed_cents"])),
                "held": money(from_cents(claim["held_cents"])),
                "total": money(from_cents(claim["total_cents"])),
            }
            for claim in summary["claims"]
        ]
        return "\n".join(
            [*rows, _("Total admissible : %(total)s") % {"total": money(from_cents(summary["total_cents"]))}]
        )
