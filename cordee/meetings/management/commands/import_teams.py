"""`manage.py import_teams FILE --meeting ID`: what the pages of a Teams report do, from a terminal or a script."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from cordee.meetings.actions.teams import apply_reports, propose_reports, refuse_unheld, reports_in_force
from cordee.meetings.imports.answers import with_typed
from cordee.meetings.imports.teams import TeamsPreview, proposal_of
from cordee.meetings.imports.teams.files import files_label, fingerprint_of
from cordee.meetings.imports.teams.result import result_of, summary_of
from cordee.meetings.management.importing import ImportCommand
from cordee.meetings.models import Meeting
from cordee.toolkit import clock

TO_ALL = ("replace", "absences")


class Command(ImportCommand):
    help = (
        "Importe un ou plusieurs rapports de présence de Teams dans une rencontre. Ce qui est sûr entre, le reste est"
        " demandé : chaque question dit son nom, et --answer y répond. Sans --by, le système agit."
    )
    summary = staticmethod(summary_of)

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("files", type=Path, nargs="+", metavar="FILE")
        parser.add_argument("--meeting", type=int, required=True, metavar="ID", help="la rencontre")
        parser.add_argument("--absences", action="store_true", help="inscrire absentes les personnes sous le seuil")
        parser.add_argument(
            "--answer",
            action="append",
            default=[],
            metavar="NOM=VALEUR",
            help="répondre à une question comme dans l’aperçu, par exemple p-0123456789ab-act=skip",
        )

    def report(self, options: dict[str, Any]) -> dict[str, Any]:
        today, by = clock.today(), self.actor(options["by"])
        meeting = self.meeting(options["meeting"])
        refuse_unheld(meeting, on=today)
        proposal = proposal_of([(path.name, self.content(path)) for path in options["files"]], meeting)
        preview = self.answered(meeting, proposal, options)
        reason, plan = preview.checked_reason(), preview.plan()
        result = result_of(preview, applied=not plan.is_empty and not options["dry_run"])
        if result["applied"]:
            about = {"file_name": files_label(proposal), "sha256": fingerprint_of(proposal), "proposal": proposal}
            batch = propose_reports(meeting=meeting, by=by, on=today, **about)
            apply_reports(meeting=meeting, batch=batch, plan=plan, correction_reason=reason, by=by, on=today)
            result["batch"] = batch.pk
        return {"meeting": meeting.pk, "dry_run": options["dry_run"], **result}

    def meeting(self, pk: int) -> Meeting:
        found = Meeting.objects.select_related("group", "cancellation", "validation").filter(pk=pk).first()
        if found is None:
            raise CommandError(f"Aucune rencontre n’a l’identifiant {pk}.")
        return found

    def answered(self, meeting: Meeting, proposal: dict[str, Any], options: dict[str, Any]) -> TeamsPreview:
        """The preview with what the options answer, one question at a time or all of a kind."""
        typed = dict(answer.split("=", 1) for answer in options["answer"] if "=" in answer)
        proposal["choices"] = with_typed({}, {**typed, "reason": options["reason"]})
        earlier = reports_in_force(meeting)
        preview = TeamsPreview(meeting, proposal, earlier=earlier)
        for what in TO_ALL:
            if options[what]:
                proposal["choices"] = preview.answers_to_all(what)
                preview = TeamsPreview(meeting, proposal, earlier=earlier)
        return preview
