"""manage.py invite ADDRESS: the first account of an installation, before anyone can invite from the pages."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cordee.people.actions.accounts import invite, token_of
from cordee.people.models import Person
from cordee.toolkit import clock
from cordee.toolkit.addresses import absolute
from cordee.toolkit.refusals import Refusal


class Command(BaseCommand):
    help = "Invite à ouvrir un compte la personne dont la fiche porte cette adresse courriel, et montre le lien."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", help="l’adresse courriel de la fiche")

    def handle(self, *args: Any, address: str, **options: Any) -> None:
        person = Person.objects.unmerged().filter(email=address.strip().lower()).first()
        if person is None:
            raise CommandError(f"Aucune fiche ne porte l’adresse {address}. Créez d’abord la fiche.")
        try:
            invitation = invite(person=person, by=None, on=clock.today())
        except Refusal as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(absolute("people:invitation", token_of(invitation)))
