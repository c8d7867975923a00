"""The plugins of the house, for every test."""

pytest_plugins = ["cordee.toolkit.testing.plugin", "cordee.toolkit.testing.browser"]
