"""The first time, from two tabs at once: one account, opened and tied once, and both come in."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from allauth.socialaccount.models import SocialAccount
from django.db import connection

from cordee.meetings.tests import factory
from cordee.people.actions import accounts
from cordee.people.actions.identities import come_in
from cordee.people.identity import Vouched
from cordee.people.models import User
from cordee.records import journal
from cordee.values.identity import IdentityProvider

pytestmark = pytest.mark.django_db(transaction=True)
MASSIF = IdentityProvider("massif", "Massif", "862000", ("exemple.test",), "https://exemple.test/o", "x", "y")


@pytest.mark.parametrize("account", [True, False])
def test_two_tabs_open_and_tie_one_account(account):
    alice = factory.person("Alice", account=account)
    if not account:
        accounts.invite(person=alice, by=None, on=factory.TODAY)
    vouched = Vouched(MASSIF, "0" * 64, alice.email, two_factors=False, next_url="")
    start = Barrier(2)

    def tab(_number):
        try:
            start.wait(timeout=10)
            return come_in(vouched=vouched, on=factory.TODAY)[0].pk
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as tabs:
        came = set(tabs.map(tab, range(2)))
    assert came == {User.objects.get(person=alice).pk}
    assert SocialAccount.objects.count() == 1
    assert [entry.act for entry in journal.history(alice)].count("account.identity-tied") == 1
