"""The plugins of the house, for every test."""

from functools import cache

import pytest

pytest_plugins = ["cordee.toolkit.testing.plugin", "cordee.toolkit.testing.browser"]


@pytest.fixture(autouse=True, scope="session")
def _an_edition_is_parsed_once():
    """Hundreds of tests load the same long file; each still writes its rows."""
    from cordee.reference.actions import loading

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loading, "parse_edition", cache(loading.parse_edition))
        yield
