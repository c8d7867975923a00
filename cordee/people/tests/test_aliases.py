"""What else a person goes by moves with their record, and belongs to one."""

import pytest
from django.db import IntegrityError, transaction

from cordee.meetings.tests import factory
from cordee.people.actions.aliases import remember_aliases, restore_aliases
from cordee.people.actions.merging import merge_persons, undo_merge
from cordee.people.models import Alias

pytestmark = pytest.mark.django_db
TODAY = factory.TODAY
NAME = ("name", "rpiolet")


@pytest.fixture
def world():
    return factory.world()


def test_an_alias_belongs_to_one_person_and_the_last_answer_holds(world):
    one, two, _three = world.participants
    remember_aliases(aliases={NAME: one.pk}, by=world.alice, on=TODAY)
    before = remember_aliases(aliases={NAME: two.pk}, by=world.alice, on=TODAY)
    assert Alias.objects.get().person == two
    with pytest.raises(IntegrityError), transaction.atomic():
        Alias.objects.create(person=one, kind="name", value="rpiolet")
    restore_aliases(before=before, by=world.alice, on=TODAY)
    assert Alias.objects.get().person == one


def test_an_alias_that_was_nobodys_is_forgotten(world):
    before = remember_aliases(aliases={NAME: world.participants[0].pk}, by=world.alice, on=TODAY)
    restore_aliases(before=before, by=world.alice, on=TODAY)
    assert not Alias.objects.exists()


def test_aliases_move_with_a_merge_and_come_back(world):
    kept, absorbed, _third = world.participants
    Alias.objects.create(person=absorbed, kind="email", value="maison@exemple.test")
    merge = merge_persons(kept=kept, absorbed=absorbed, by=world.secretary, on=TODAY)
    assert Alias.objects.get().person == kept
    undo_merge(merge=merge, by=world.secretary, on=TODAY)
    assert Alias.objects.get().person == absorbed


def test_a_record_says_under_what_else_it_is_known(world, client, settings):
    settings.CLOCK = TODAY
    Alias.objects.create(person=world.participants[0], kind="email", value="maison@exemple.test")
    client.force_login(world.alice.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "maison@exemple.test" in client.get(f"/personnes/{world.participants[0].pk}/").content.decode()
