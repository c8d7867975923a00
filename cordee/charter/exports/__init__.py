"""What leaves the charter: the document of a revision, and the annexes its articles embed."""

from cordee.charter.exports.annexes import annexes
from cordee.charter.exports.document import TEMPLATE, cadre_document, sources_of

__all__ = ["TEMPLATE", "annexes", "cadre_document", "sources_of"]
