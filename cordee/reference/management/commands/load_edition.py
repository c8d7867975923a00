"""`manage.py load_edition 2024-2025 [--in-force]`: a reviewed file as a draft revision, or in force at once."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from cordee import reference
from cordee.reference.actions import load_edition, put_in_force
from cordee.reference.models import Revision
from cordee.reference.rulebook import parse_edition
from cordee.toolkit import clock
from cordee.toolkit.formats import date_long
from cordee.toolkit.refusals import Refusal, in_words
from cordee.values.sentence import SpokenError

EDITIONS = Path(reference.__path__[0]) / "editions"


class Command(BaseCommand):
    help = "Charge un cadre de référence (TOML) comme révision à l’étude; la même commande deux fois ne change rien."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("edition", help="une année fournie (2024-2025) ou le chemin d’un fichier")
        parser.add_argument("--in-force", action="store_true", help="met aussi la révision en vigueur à sa date")

    def handle(self, *args: Any, **options: Any) -> None:
        text = self._text(options["edition"])
        today = clock.today()
        try:
            revision = load_edition(text, by=None, on=today)
            if options["in_force"]:
                start = parse_edition(text).effective_from
                revision = put_in_force(revision=revision, effective_from=start, by=None, on=today)
        except SpokenError as error:
            raise CommandError(in_words(error)) from None
        except Refusal as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(self._said(revision))

    def _text(self, name: str) -> str:
        path = EDITIONS / f"{name}.toml"
        path = path if path.exists() else Path(name)
        try:
            return path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            known = ", ".join(sorted(file.stem for file in EDITIONS.glob("*.toml")))
            raise CommandError(
                _("« %(name)s » n’est ni un fichier lisible ni une édition fournie. Il y a : %(known)s.")
                % {"name": name, "known": known}
            ) from None

    def _said(self, revision: Revision) -> str:
        values = {"year": revision.edition.year, "number": revision.number, "rules": revision.rules.count()}
        if revision.effective_from is None:
            return _("Cadre %(year)s, révision %(number)s : %(rules)s règles chargées, à l’étude.") % values
        return _("Cadre %(year)s, révision %(number)s : %(rules)s règles, en vigueur depuis le %(start)s.") % {
            **values,
            "start": date_long(revision.effective_from),
        }
