"""Every write of the cadre: loading a reviewed file, starting a draft, writing in it, putting it in force."""

from cordee.reference.actions.editing import Said, change_rule
from cordee.reference.actions.laying import add_article, add_rule, remove_rule, remove_type
from cordee.reference.actions.loading import export_edition, load_edition, put_in_force
from cordee.reference.actions.refusals import FaultyEdition, InForceAlready, StaleRule
from cordee.reference.actions.starting import start_correction, start_next_edition
from cordee.reference.actions.undoing import undo_change

__all__ = [
    "FaultyEdition",
    "InForceAlready",
    "Said",
    "StaleRule",
    "add_article",
    "add_rule",
    "change_rule",
    "export_edition",
    "load_edition",
    "put_in_force",
    "remove_rule",
    "remove_type",
    "start_correction",
    "start_next_edition",
    "undo_change",
]
