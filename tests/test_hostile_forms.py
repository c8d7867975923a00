"""Whatever is sent, nothing breaks, nothing is written that no form asks for, and what is written is whole."""

import pytest

from cordee.values.text import is_whole
from tests.access.hostile import TEXT

pytestmark = [pytest.mark.django_db, pytest.mark.above_the_database]


def test_every_form_is_sent(house):
    assert len({one.what.partition(" ")[0] for one in house.sent}) > 100
    assert len({one.what for one in house.sent if TEXT in map(str, one.written)}) > 4, "some take it as it is"


def test_nothing_breaks_whatever_is_typed_or_asked(house):
    assert sorted({one.what for one in house.sent if one.status >= 500}) == []


def test_what_no_form_asks_for_is_never_written(house):
    assert sorted({one.what for one in house.sent if one.holds_the_intruder}) == []


def test_what_is_typed_is_written_whole_or_not_at_all(house):
    assert {one.what: one.spoilt[:1] for one in house.sent if one.spoilt} == {}


def test_what_cannot_be_kept_or_was_not_read_is_never_written(house):
    assert sorted({one.what for one in house.sent if not is_whole("".join(map(str, one.written)))}) == []
