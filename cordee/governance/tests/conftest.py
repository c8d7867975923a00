import pytest

from cordee.governance.tests.world import MARCH, World


@pytest.fixture
def world(db, settings):
    settings.CLOCK = MARCH
    return World()
