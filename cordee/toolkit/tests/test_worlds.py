"""A world made once is each test’s own, as if it had been made for it."""

from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.mail import EmailMessage
from django.db import IntegrityError, connection

from cordee.toolkit import clock
from cordee.toolkit.models import ScheduledSlot
from cordee.toolkit.testing.worlds import Standing, World, kept, put_together, worlds_of

AT, MARCH = datetime(2025, 1, 20, 17, 30, tzinfo=UTC), date(2025, 3, 13)
made = []


def slot(name):
    return ScheduledSlot.objects.create(task="t", slot=name, enqueued_at=AT)


def slots():
    return [*ScheduledSlot.objects.order_by("slot").values_list("task", "slot")]


def content(name):
    return Path(default_storage.path(name)).read_bytes()


@kept
def camp():
    made.append("camp")
    default_storage.save("map", ContentFile(b"north"))
    return SimpleNamespace(first=slot("a"), names=["a"])


@kept(clock=MARCH)
def summit(camp):
    made.append("summit")
    camp.names.append("b")
    default_storage.save("flag", ContentFile(b"red"))
    return SimpleNamespace(below=camp.first, second=slot("b"), day=clock.today())


@kept(shared=True)
def crowd(camp):
    return [slot(f"c{number}") for number in range(3)]


def changes(camp):
    camp.first.task = "u"
    camp.first.save()
    camp.names.append("z")
    slot("z")
    Path(default_storage.path("map")).write_bytes(b"south")


def sees(camp):
    assert (camp.first.task, camp.names, slots()) == ("t", ["a"], [("t", "a")])
    assert content("map") == b"north"
    assert camp.first.pk == ScheduledSlot.objects.get().pk


@pytest.mark.parametrize("act", [sees, changes, sees, changes, sees])
def test_nobody_sees_what_another_did(camp, act):
    act(camp)


@pytest.mark.parametrize("act", [sees, changes, sees])
def test_nor_what_was_built_above(summit, camp, act):
    if act is changes:
        summit.below.task = "v"
        summit.second.delete()
        changes(camp)
    assert camp.first is summit.below
    assert summit.second.slot == "b"
    if act is sees:
        assert camp.names == ["a", "b"]
        assert slots() == [("t", "a"), ("t", "b")]
        assert [content("map"), content("flag")] == [b"north", b"red"]


def test_it_was_made_once(summit, camp):
    assert made.count("summit") == 1
    assert made.count("camp") <= 2, "once more for the test with transactions of its own"


def test_its_clock_stood_and_stands(summit):
    assert summit.day == clock.today() == MARCH


def test_without_a_clock_it_has_none(camp):
    assert settings.CLOCK is None


@pytest.mark.parametrize("_again", range(2))
def test_what_is_shared_is_no_copy(crowd, _again):
    made.append(id(crowd))
    assert len({one for one in made if isinstance(one, int)}) == 1
    assert len(slots()) == 4


def test_who_names_none_finds_none(db):
    assert slots() == []


@pytest.mark.django_db(transaction=True)
def test_a_test_with_transactions_of_its_own_has_its_own(summit, camp):
    assert not connection.in_atomic_block
    assert (summit.below, summit.day, clock.today()) == (camp.first, MARCH, MARCH)
    assert slots() == [("t", "a"), ("t", "b")]


@pytest.fixture
def stand(db, tmp_path):
    standing = Standing(lambda: tmp_path)
    return lambda *makes: standing.stand(tuple(map(World, makes)), tmp_path)


def test_what_is_left_of_one_that_fails_is_nothing_and_it_fails_for_each(stand):
    tried = []

    def twice():
        tried.append(slot("a"))
        slot("a")

    for _ in range(2):
        with pytest.raises(IntegrityError):
            stand(camp_of_its_own, twice)
        assert slots() == [("t", "base")]
    assert len(tried) == 1
    stand()
    assert slots() == []


def camp_of_its_own():
    return slot("base")


def test_a_mail_is_refused(stand):
    with pytest.raises(AssertionError, match="mail"):
        stand(EmailMessage("s", "t", "a@exemple.test", ["b@exemple.test"]).send)


class Item(SimpleNamespace):
    __hash__ = object.__hash__


def item(**definitions):
    """What pytest says of a test that asks for all these."""
    known = {name: [SimpleNamespace(**vars(one), argname=name)] for name, one in definitions.items()}
    return Item(
        nodeid="test_x",
        fixturenames=[*definitions],
        get_closest_marker=lambda _name: None,
        _fixtureinfo=SimpleNamespace(name2fixturedefs=known),
    )


def definition(func, scope="function", argnames=()):
    return SimpleNamespace(func=getattr(func, "_get_wrapped_function", lambda: func)(), scope=scope, argnames=argnames)


def test_it_is_made_of_kept_worlds_alone():
    with pytest.raises(pytest.UsageError, match="`camp` is none"):
        worlds_of(item(summit=definition(summit), camp=definition(print)))


def test_one_that_writes_for_a_whole_module_does_not_stand_beside_it():
    wide = definition(print, "module", ["django_db_setup"])
    put_together([item(wide=wide)])
    with pytest.raises(pytest.UsageError, match="`wide`; keep that one too"):
        put_together([item(camp=definition(camp), wide=wide)])


def test_who_names_the_same_come_together_and_first():
    one, again, other = (definition(kept(make)) for make in (changes_nothing, changes_nothing, camp_of_its_own))
    given = [item(), item(a=one), item(b=other), item(db=definition(print)), item(c=again), item(a=one, b=other)]
    put_together(given)
    assert [each.fixturenames for each in given] == [["a"], ["c"], ["a", "b"], ["b"], [], ["db"]]


def changes_nothing():
    pass
