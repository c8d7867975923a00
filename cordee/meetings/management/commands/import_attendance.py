"""`manage.py import_attendance FILE`: what the import pages do, from a terminal or a script."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.translation import gettext as _

from cordee.meetings import policy
from cordee.meetings.actions.importing import apply_import, propose_import
from cordee.meetings.imports import Preview, fingerprint, proposal_of
from cordee.meetings.imports.answers import with_typed
from cordee.meetings.imports.report import report_of, summary_of
from cordee.people.models import Person
from cordee.toolkit import clock
from cordee.toolkit.access import enforce
from cordee.toolkit.middleware import is_lock_or_full
from cordee.toolkit.refusals import Busy, Refusal, Unreadable
from cordee.toolkit.tabular.reading import MOST_BYTES

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
        except (Refusal, DatabaseError) as error:
            if isinstance(error, DatabaseError) and not is_lock_or_full(error):
                raise
            sentence = str(error if isinstance(error, Refusal) else Busy())
            if options["json"]:
                self.stdout.write(json.dumps({"applied": False, "refusal": sentence}, ensure_ascii=False))
            raise CommandError(sentence) from None
        text = json.dumps(report, ensure_ascii=False, indent=1) if options["json"] else summary_of(report)
        self.stdout.write(text)

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

    def actor(self, email: str | None) -> Person | None:
        if email is None:
            return None
        person = Person.objects.unmerged().filter(email__iexact=email).first()
        if person is None:
            raise Unreadable(_("Aucune personne n’a l’adresse %(email)s.") % {"email": email})
        enforce(policy.can_import(person, on=clock.today()))
        return person

    def content(self, path: Path) -> bytes:
        try:
            with path.open("rb") as file:
                return file.read(MOST_BYTES + 1)
        except OSError as error:
            raise Unreadable(f"{path} : {error.strerror}.") from None
