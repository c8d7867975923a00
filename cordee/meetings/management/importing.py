"""What the commands that import files of attendance have in common: who acts, what is read, what is written out."""

import json
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.translation import gettext as _

from cordee.meetings import policy
from cordee.people.models import Person
from cordee.toolkit import clock
from cordee.toolkit.access import enforce
from cordee.toolkit.middleware import is_lock_or_full
from cordee.toolkit.refusals import Busy, Refusal, Unreadable
from cordee.toolkit.tabular.reading import MOST_BYTES


class ImportCommand(BaseCommand):
    """A subclass says its `summary` and makes its `report`. A refusal is a sentence and an exit code of 1."""

    summary: Callable[[dict[str, Any]], str]

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="dire ce qui serait fait, sans rien écrire")
        parser.add_argument("--json", action="store_true", help="écrire le résultat en JSON")
        parser.add_argument("--by", metavar="COURRIEL", help="la personne qui importe, avec ses droits")
        parser.add_argument("--replace", action="store_true", help="remplacer ce qui est inscrit et qui diffère")
        parser.add_argument("--reason", default="", help="motif, nécessaire pour corriger une rencontre validée")

    def report(self, options: dict[str, Any]) -> dict[str, Any]:
        raise NotImplementedError

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
        as_json = options["json"]
        self.stdout.write(json.dumps(report, ensure_ascii=False, indent=1) if as_json else type(self).summary(report))

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
            raise Unreadable(f"{path} : {error.strerror}.") from None
