"""« Mes droits » and « Qui peut…? »: what one may do and by which fact; who may do a thing, on a day, for a centre."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from cordee.meetings.tests import factory
from cordee.people.actions import accounts, delegations
from cordee.people.models import Person
from cordee.toolkit.access import enforce
from cordee.toolkit.refusals import Forbidden
from cordee.toolkit.testing.worlds import kept
from cordee.treasury import policy as treasury

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
TODAY = factory.TODAY


world = kept(factory.world, clock=TODAY)


def as_(person):
    client = Client()
    client.force_login(person.user, backend=BACKEND)
    return client


def read(client, name, *args, **query):
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def names(client, **query):
    answer = client.get(reverse("people:rights"), query)
    return [fact.person.first_name for fact in answer.context["listing"].page]


def test_one_reads_what_one_may_do_and_since_when(world):
    page = read(as_(world.bob), "people:my_rights")
    assert "depuis le 1er juillet 2024" in page
    assert "Approuver et payer une réclamation" in page
    assert "Ouvrir et fermer des comptes" not in page
    page = read(as_(world.charlie), "people:my_rights")
    assert "Aucune fonction ni aucun rôle aujourd’hui" in page


def test_only_who_holds_something_to_lend_is_offered_to_lend_it(world):
    address = f'href="{reverse("people:new_delegation")}"'
    assert address in read(as_(world.bob), "people:my_rights")
    assert address not in read(as_(world.charlie), "people:my_rights")


def test_a_delegation_is_named_where_it_gives_something(world):
    fact = world.bob.duties.get()
    span = {"starts_on": TODAY, "ends_on": TODAY + timedelta(days=7)}
    delegations.delegate(fact=fact, to=world.charlie, **span, by=world.bob, on=TODAY)
    assert "délégué par Bob Test" in read(as_(world.charlie), "people:my_rights")
    assert "Charlie Test agit en votre nom" in read(as_(world.bob), "people:my_rights")
    desk = as_(world.secretary)
    assert names(desk, right="claims.approve") == ["Bob", "Charlie"]
    assert names(desk, right="claims.approve", day=TODAY + timedelta(days=7)) == ["Bob"]


def test_who_may_do_a_thing_for_a_centre_or_in_a_group(world):
    desk, centre = as_(world.secretary), factory.organization()
    other, group = factory.organization("884000", "CS Riverside"), factory.group("41", "41", "Inclusion")
    assert names(desk, right="claims.submit", organization=centre.pk) == ["Océane", "Solène"]
    assert names(desk, right="claims.submit", organization=other.pk) == ["Solène"]
    assert names(desk, right="meetings.validate", group=world.group.pk) == ["Alice", "Solène"]
    assert names(desk, right="meetings.validate", group=group.pk) == ["Solène"]
    assert names(desk) == []


def test_what_is_on_screen_leaves_as_a_workbook(world):
    answer = as_(world.secretary).get(reverse("people:rights"), {"right": "claims.approve", "file": "xlsx"})
    with zipfile.ZipFile(io.BytesIO(answer.content)) as parts:
        text = "".join(parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml"))
    assert "Test, Bob" in text
    assert "Trésorière, trésorier" in text


def test_the_rights_of_another_are_for_who_keeps_them(world):
    assert "Soumettre une réclamation" in read(as_(world.secretary), "people:person_rights", world.officer.pk)
    for name, args in (("people:person_rights", [world.officer.pk]), ("people:rights", [])):
        assert as_(world.alice).get(reverse(name, args=args)).status_code == 403


def test_no_switch_on_an_account_gives_a_right(db):
    """An administrator of the system is not a treasurer: there is no staff, no superuser, no permission box."""
    user = get_user_model()
    assert {"is_staff", "is_superuser", "groups", "user_permissions"}.isdisjoint(dir(user))
    assert not apps.is_installed("django.contrib.admin")


def test_the_first_account_of_an_installation_has_no_right_by_itself(db, capsys):
    """`invite`, at the command line, opens an account to someone known; what they may do comes from their duties."""
    nadia = factory.person("Nadia", account=False)
    call_command("invite", nadia.email)
    accounts.accept_invitation(
        token=capsys.readouterr().out.strip().rstrip("/").rpartition("/")[2], password="crampons sur la glace vive"
    )
    assert not treasury.is_treasurer(Person.objects.get(pk=nadia.pk), on=TODAY)
    assert "Aucune fonction ni aucun rôle" in read(as_(Person.objects.get(pk=nadia.pk)), "people:my_rights")


def test_who_keeps_the_accounts_does_not_come_in_as_the_treasurer(world):
    """They take a second factor away, and the treasurer is told; what opens the account goes to its own mailbox."""
    desk, treasurer = as_(world.secretary), world.bob
    desk.post(reverse("people:reset_factor", args=[treasurer.pk]))
    typed = {"first_name": "Bob", "last_name": "Test", "email": "autre@exemple.test", "language": ""}
    desk.post(reverse("people:correction", args=[treasurer.pk]), typed)
    assert Person.objects.get(pk=treasurer.pk).user.email == treasurer.user.email
    with pytest.raises(accounts.AccountExists):
        accounts.invite(person=Person.objects.get(pk=treasurer.pk), by=world.secretary, on=TODAY)
    with pytest.raises(Forbidden):
        enforce(treasury.can_approve(world.secretary, None, on=TODAY))
