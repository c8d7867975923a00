"""What the tests of the invented year share."""

from cordee.home.demo import loading
from cordee.toolkit.testing.worlds import kept

year = kept(loading.load, shared=True)
