"""`manage.py import_attendance FILE`: what the import pages do, from a terminal or a script."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from cordee.meetings.actions.importing import apply_import, propose_import
from cordee.meetings.imports import Preview, fingerprint, proposal_of
from cordee.meetings.imports.answers import with_typed
from cordee.meetings.imports.report import report_of, summary_of
from cordee.meetings.management.importing import ImportCommand
from cordee.people.models import Person
from cordee.toolkit import clock

TO_ALL = ("people", "meetings", "replace")


class Command(ImportCommand):
    help = (
        "Importe un tableur de présences (XLSX, XLS, ODS, CSV). Les bonnes lignes entrent, les autres sont dites avec"
        " leur raison. Sans --by, le système agit : ni groupe ni personne ne limite alors ce qu’il importe."
    )
    summary = staticmethod(summary_of)

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("file", type=Path)
        parser.add_argument("--people", action="store_true", help="créer les personnes dont tout est dit")
        parser.add_argument("--meetings", action="store_true", help="créer les rencontres qui manquent")

    def report(self, options: dict[str, Any]) -> dict[str, Any]:
        today, by = clock.today(), self.actor(options["by"])
        content, name = self.content(options["file"]), options["file"].name
        proposal, preview = self.answered(proposal_of(content, name), options, by=by)
        reason = preview.checked_reason()
        report = report_of(preview, applied=bool(preview.written) and not options["dry_run"])
        if report["applied"]:
            batch = propose_import(file_name=name, sha256=fingerprint(content), proposal=proposal, by=by, on=today)
            apply_import(batch=batch, plan=preview.plan(), correction_reason=reason, by=by, on=today)
            report["batch"] = batch.pk
        return {"file": name, "sha256": fingerprint(content), "dry_run": options["dry_run"], **report}

    def answered(
        self, proposal: dict[str, Any], options: dict[str, Any], *, by: Person | None
    ) -> tuple[dict[str, Any], Preview]:
        """The proposal with the answers that the options give to all questions of a kind, and its preview."""
        today = clock.today()
        proposal["choices"] = with_typed({}, {"reason": options["reason"]})
        preview = Preview(proposal, by=by, on=today)
        for what in TO_ALL:
            if options[what]:
                proposal["choices"] = preview.answers_to_all(what)
                preview = Preview(proposal, by=by, on=today)
        return proposal, preview
