"""What the living cadre keeps of its own: frozen documents."""

from cordee.charter.models.document import FrozenDocument

__all__ = ["FrozenDocument"]
