"""What the living cadre keeps of its own: frozen documents, scenarios."""

from cordee.charter.models.document import FrozenDocument
from cordee.charter.models.scenario import Override, Scenario, Simulation

__all__ = ["FrozenDocument", "Override", "Scenario", "Simulation"]
