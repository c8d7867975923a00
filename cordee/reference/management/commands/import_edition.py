"""`manage.py import_edition file.toml`: a reviewed file as a draft revision. Each fault is told with its line."""

from cordee.reference.management.commands.load_edition import Command as LoadEdition

__all__ = ["Command"]


class Command(LoadEdition):
    help = "Charge un cadre de référence écrit par export_edition; une faute est dite avec sa ligne, et rien n’entre."
