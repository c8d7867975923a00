"""What leaves the charter: the document of a revision, the annexes its articles embed, a simulation."""

from cordee.charter.exports.annexes import annexes
from cordee.charter.exports.document import TEMPLATE, cadre_document, sources_of
from cordee.charter.exports.simulation import Amounts, Table, simulation_sheets

__all__ = ["TEMPLATE", "Amounts", "Table", "annexes", "cadre_document", "simulation_sheets", "sources_of"]
