"""What the living cadre keeps of its own: frozen documents, scenarios, what is said of dated tasks by hand."""

from cordee.charter.models.document import FrozenDocument
from cordee.charter.models.scenario import Override, Scenario, Simulation
from cordee.charter.models.tick import Nudge, NudgedPerson, Tick

__all__ = ["FrozenDocument", "Nudge", "NudgedPerson", "Override", "Scenario", "Simulation", "Tick"]
