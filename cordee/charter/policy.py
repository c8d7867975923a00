"""Who freezes the document of a cadre that came into force: who writes the cadre."""

from cordee.reference.policy import can_edit as can_freeze

__all__ = ["can_freeze"]
