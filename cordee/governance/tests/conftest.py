from cordee.governance.tests.world import MARCH, World
from cordee.toolkit.testing.worlds import kept

world = kept(World, clock=MARCH)
