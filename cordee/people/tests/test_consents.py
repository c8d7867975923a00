"""Consents: one purpose at a time, in the words one read, given, withdrawn, over, asked again."""

from dataclasses import replace
from datetime import date

import pytest

from cordee.meetings.tests import factory
from cordee.people.actions.consents import (
    AlreadyConsented,
    ConsentOver,
    OtherWords,
    give_consent,
    restore_consent,
    withdraw_consent,
)
from cordee.people.models import Consent, purposes
from cordee.people.models.consent import Version
from cordee.records import journal
from cordee.toolkit.refusals import Forbidden
from cordee.toolkit.testing.worlds import kept

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
TODAY = factory.TODAY
IMAGE = purposes()["image"]
PAGE = "/personnes/mes-consentements/"


world = kept(factory.world, clock=TODAY)


@pytest.fixture
def paule(world):
    return world.participants[0]


@pytest.fixture
def sign_in(client):
    def enter(person):
        client.force_login(person.user, backend=BACKEND)
        return client

    return enter


def give(person, purpose=IMAGE, version=1, on=TODAY):
    return give_consent(person=person, purpose=purpose, version=version, by=person, on=on)


def test_each_purpose_has_its_box_unticked_and_apart(sign_in, paule):
    page = sign_in(paule).get(PAGE).content.decode()
    assert page.count('type="checkbox"') == len(purposes()) == 3
    assert "checked" not in page
    for purpose in purposes().values():
        assert purpose.versions[-1].fr in page


def test_it_is_given_with_its_box_and_withdrawn_by_one_click_that_can_be_undone(sign_in, paule):
    client = sign_in(paule)
    assert client.post(f"{PAGE}image/", {"version": "1"}).status_code == 422
    given = client.post(f"{PAGE}image/", {"version": "1", "agreed": "on"}, follow=True).content.decode()
    consent = Consent.objects.get()
    assert (consent.purpose, consent.version, consent.ends_on) == ("image", 1, date(2027, 1, 20))
    assert f'action="{PAGE}{consent.pk}/retrait/"' in given
    client.post(f"{PAGE}{consent.pk}/retrait/")
    assert not Consent.objects.valid_for(IMAGE, on=TODAY).exists()
    client.post(f"{PAGE}{consent.pk}/retour/")
    assert Consent.objects.valid_for(IMAGE, on=TODAY).get() == consent
    acts = [entry.act for entry in journal.history(paule)]
    assert acts == ["consent.given", "consent.withdrawn", "consent.restored"]


def test_it_is_limited_in_time_and_may_be_given_again(paule):
    first = give(paule)
    with pytest.raises(AlreadyConsented):
        give(paule)
    assert not Consent.objects.valid_for(IMAGE, on=first.ends_on).exists()
    with pytest.raises(ConsentOver):
        withdraw_consent(consent=first, by=paule, on=first.ends_on)
    again = give(paule, on=first.ends_on)
    assert Consent.objects.valid_for(IMAGE, on=again.given_on).get() == again


def test_new_words_ask_again_and_the_old_ones_stay_as_they_were_read(sign_in, paule, monkeypatch):
    old = give(paule)
    longer = replace(IMAGE, versions=(*IMAGE.versions, Version(2, TODAY, "Et en vidéo.", "And on video.")))
    monkeypatch.setitem(purposes(), "image", longer)
    page = sign_in(paule).get(PAGE).content.decode()
    assert "Et en vidéo." in page
    assert "un texte plus ancien" in page
    assert not Consent.objects.valid_for(longer, on=TODAY).exists()
    with pytest.raises(OtherWords):
        give(paule, longer, version=1)
    give(paule, longer, version=2)
    assert old.about.version(old.version).fr == IMAGE.versions[0].fr
    withdraw_consent(consent=old, by=paule, on=TODAY)
    with pytest.raises(ConsentOver):
        restore_consent(consent=old, by=paule, on=TODAY)


def test_nobody_consents_for_another(sign_in, paule, world):
    with pytest.raises(Forbidden, match="la personne elle-même"):
        give_consent(person=paule, purpose=IMAGE, version=1, by=world.secretary, on=TODAY)
    consent = give(paule)
    assert sign_in(world.secretary).post(f"{PAGE}{consent.pk}/retrait/").status_code == 404
    assert sign_in(paule).post(f"{PAGE}inconnue/").status_code == 404


def test_who_must_ask_first_reads_who_consents_today(sign_in, paule, world):
    withdrawn = give(world.participants[1])
    withdraw_consent(consent=withdrawn, by=world.participants[1], on=TODAY)
    give(paule)
    client = sign_in(world.secretary)
    page = client.get("/personnes/consentements/?purpose=image").content.decode()
    assert paule.full_name in page
    assert world.participants[1].full_name not in page
    assert "Rien ne correspond" in client.get("/personnes/consentements/?purpose=research").content.decode()
    assert paule.full_name in client.get("/personnes/consentements/?file=csv").content.decode("utf-8-sig")
    assert sign_in(paule).get("/personnes/consentements/").status_code == 403


def test_ones_own_copy_has_them(sign_in, paule):
    give(paule)
    assert purposes()["image"].fr in sign_in(paule).get("/mes-renseignements/").content.decode()
    tables = sign_in(paule).get("/mes-renseignements/copie.json").json()["tables"]
    (rows,) = [table["rows"] for table in tables if table["table"] == "people.Consent"]
    assert (rows[0]["purpose"], rows[0]["version"]) == ("image", 1)
