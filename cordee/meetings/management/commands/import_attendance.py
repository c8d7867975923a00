"""`manage.py import_attendance FILE`: what the import pages do, from a terminal or a script."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cordee.meetings.actions.importing import apply_import, propose_import
from cordee.meetings.imports import Preview, fingerprint, proposal_of
from cordee.meetings.imports.answers import with_typed
from cordee.meetings.imports.report import report_of, summary_of
from cordee.people.models import Person
from cordee.toolkit import clock
from cordee.toolkit.refusals import Refusal

TO_ALL = ("people", "meetings", "replace")


class Command(BaseCommand):
    help = (
        "Importe un tableur de présences (XLSX, XLS, ODS, CSV). Les bonnes lignes entrent, les autres sont dites avec"
        " leur raison. Sans --by, le système agit : ni groupe ni personne ne limite alors ce qu’il importe."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="dire ce qui serait fait, sans rien écrire")
        parser.add_argument("--json", action="store_true", help="écrire le résultat en JSON")
        parser.add_argument("--by", metavar="COURRIEL", help="la personne qui importe, avec ses droits")
        parser.add_argument("--people", action="store_true", help="créer les personnes dont tout est dit")
        parser.add_argument("--meetings", action="store_true", help="créer les rencontres qui manquent")
        parser.add_argument("--replace", action="store_true", help="remplacer ce qui est inscrit et qui diffère")
        parser.add_argument("--reason", default="", help="motif, nécessaire pour corriger une rencontre validée")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = self.report(options)
        except Refusal as refusal:
            if options["json"]:
                self.stdout.write(json.dumps({"applied": False, "refusal": str(refusal)}, ensure_ascii=False))
            raise CommandError(str(refusal)) from None
        text = json.dumps(report, ensure_ascii=False, indent=1) if options["json"] else summary_of(report)
        self.stdout.write(text)

    def report(self, options: dict[str, Any]) -> dict[str, Any]:
        today, by = clock.today(), self.actor(options["by"])
        content = self.content(options["file"])
        proposal = proposal_of(content, options["file"].name)
        proposal["choices"] = with_typed({}, {"reason": options["reason"]})
        preview = Preview(proposal, by=by, on=today)
        for what in TO_ALL:
            if options[what]:
                proposal["choices"] = preview.answers_to_all(what)
                preview = Preview(proposal, by=by, on=today)
        dry = options["dry_run"] or not preview.written
        report = report_of(preview, applied=not dry)
        if not dry:
            reason = preview.checked_reason()
            batch = propose_import(
                file_name=options["file"].name, sha256=fingerprint(content), proposal=proposal, by=by, on=today
            )
            apply_import(batch=batch, plan=preview.plan(), correction_reason=reason, by=by, on=today)
            report["batch"] = batch.pk
        return {"file": options["file"].name, "sha256": fingerprint(content), "dry_run": options["dry_run"], **report}

    def actor(self, email: str | None) -> Person | None:
        if email is None:
            return None
        try:
            return Person.objects.unmerged().get(email__iexact=email)
        except Person.DoesNotExist:
            raise CommandError(f"Aucune personne n’a l’adresse {email}.") from None

    def content(self, path: Path) -> bytes:
        try:
            return path.read_bytes()
        except OSError as error:
            raise CommandError(f"{path} ne se lit pas : {error.strerror}.") from None
