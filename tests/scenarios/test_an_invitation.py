"""Nadia takes over the billing of her centre: invited, too late, invited again, and not in before a second factor."""

from allauth.mfa.models import Authenticator

from cordee.meetings.tests import factory
from cordee.people.models import User
from cordee.people.tests.test_accounts import PASSWORD, code_of, path_in
from cordee.records.models import Message
from tests.scenarios.cast import Visitor, signed_in, words_of


def test_an_invitation(people, post, comes, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    nadia = factory.person("Nadia", "Neve", account=False)
    comes("2025-02-03")
    desk = desk_of(people.solange)
    first = she_is_recorded_and_invited(desk, nadia, post)
    comes("2025-02-18")
    she_comes_back_too_late(first)
    second = she_is_invited_again(desk, nadia)
    she_opens_her_account_once(first, second, nadia)
    browser = she_is_held_back_until_she_has_a_second_factor(nadia)
    she_is_in_and_bills(browser, nadia)
    the_history_tells_it(desk, nadia)


def desk_of(secretary):
    """The secretary, who shows a second factor to come in."""
    desk = signed_in(secretary)
    session = desk.client.session
    session["second_factor"] = True
    session.save()
    return desk


def she_is_recorded_and_invited(desk, nadia, post):
    typed = {"code": "billing-officer", "organization": factory.organization().pk, "starts_on": "2025-02-03"}
    desk.sends("people:new_duty", nadia, **typed).reads("Fonction inscrite pour Nadia Neve")
    desk.sends("people:invite", nadia).reads("L’invitation de Nadia Neve est partie.")
    (letter,) = post.comes()["Nadia"]
    assert "jusqu’au lundi 17 février 2025" in words_of(letter)
    return path_in(Message.objects.latest("pk"))


def she_comes_back_too_late(link):
    visitor = Visitor().follows(link)
    assert visitor.status == 410
    visitor.reads("demandez une nouvelle invitation")


def she_is_invited_again(desk, nadia):
    desk.opens("people:account", nadia).reads("Expirée")
    desk.sends("people:invite", nadia)
    return path_in(Message.objects.latest("pk"))


def she_opens_her_account_once(first, second, nadia):
    assert Visitor().follows(first).status == 410, "the old link stays dead"
    browser = Visitor().sends_to(second, password=PASSWORD)
    browser.reads("Ajoutez un second facteur pour continuer.")
    assert Visitor().sends_to(second, password="une autre phrase bien longue").status == 410
    assert User.objects.get(person=nadia).check_password(PASSWORD)


def she_is_held_back_until_she_has_a_second_factor(nadia):
    browser = Visitor().sends("account_login", login=nadia.email, password=PASSWORD)
    browser.follows("/").reads("Ajoutez un second facteur pour continuer.")
    browser.opens("treasury:claim_list").reads("Ajoutez un second facteur pour continuer.")
    browser.sends("account_reauthenticate", password=PASSWORD)
    secret = browser.opens("mfa_activate_totp").answer.context["form"].secret
    browser.sends("mfa_activate_totp", code=code_of(secret))
    assert Authenticator.objects.filter(user__person=nadia, type="totp").exists()
    return browser


def she_is_in_and_bills(browser, nadia):
    browser.opens("people:my_rights").reads(
        "Responsable de la facturation, CSS des Patriotes", "depuis le 3 février 2025"
    )
    browser.reads("Soumettre une réclamation").reads_nothing_of("Approuver et payer une réclamation")


def the_history_tells_it(desk, nadia):
    desk.opens("privacy:history", "people.person", nadia.pk)
    desk.reads(
        "Solange Moraine a inscrit une fonction",
        "Solange Moraine a invité à ouvrir un compte",
        "Nadia Neve a ouvert son compte",
        "Nadia Neve a ouvert une session",
    )
