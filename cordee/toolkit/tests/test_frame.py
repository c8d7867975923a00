"""The frame of every page: its landmarks, its language, its appearance, and what it says when something is refused."""

from dataclasses import dataclass
from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.cookie import CookieStorage
from django.template import engines
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from cordee.toolkit import contributions
from cordee.toolkit.flash import announce
from cordee.toolkit.middleware import refusal_response
from cordee.toolkit.refusals import Refusal
from cordee.toolkit.testing.traps import check_html

PAGE = """{% extends "base_rail.html" %}{% block title %}Essai{% endblock %}
{% block head %}{% ui "page_head" title="Essai" content="" %}{% endblock %}
{% block content %}Le contenu{% endblock %}{% block rail %}Le résumé{% endblock %}"""


@dataclass
class Someone:
    full_name: str = "Solène Belleprise"
    initials: str = "SB"
    pk: int = 7

    def role_label(self, *, on: date) -> str:
        return "Coordonnatrice"


@pytest.fixture
def request_of_someone(rf, monkeypatch):
    entries = [
        contributions.NavigationEntry(_("Accueil"), "/", "home", "/", 0),
        contributions.NavigationEntry(_("Rencontres"), "/rencontres/", "meet", "/rencontres/", 10),
    ]
    monkeypatch.setattr(contributions.navigation, "_functions", [lambda person, *, on: entries])
    request = rf.get("/rencontres/12/")
    request.user, request.person = AnonymousUser(), Someone()
    request._messages = CookieStorage(request)
    return request


def html_of(request) -> str:
    html = engines["django"].from_string(PAGE).render({}, request)
    check_html(html)
    return html


def test_a_page_has_its_landmarks_once(request_of_someone):
    html = html_of(request_of_someone)
    for once in ("<h1", "<main", 'class="skip" href="#contenu"', 'id="contenu"', "<title>Essai · Cordée</title>"):
        assert html.count(once) == 1, once
    assert html.count('aria-current="page"') == 1
    assert 'href="/rencontres/" aria-current="page"' in html
    assert "Solène Belleprise" in html and "Coordonnatrice" in html


def test_a_page_says_its_language(request_of_someone):
    assert '<html lang="fr-CA"' in html_of(request_of_someone)
    with override("en"):
        assert '<html lang="en-CA"' in html_of(request_of_someone)


@pytest.mark.parametrize(("cookie", "theme"), [("dark", "dark"), ("light", "light"), ("violet", ""), ("", "")])
def test_the_appearance_chosen_is_drawn_by_the_server(request_of_someone, cookie, theme):
    request_of_someone.COOKIES["theme"] = cookie
    assert f'data-theme="{theme}"' in html_of(request_of_someone)


def test_a_message_offers_to_undo_its_act(request_of_someone):
    announce(request_of_someone, "Réclamation approuvée.", undo="/reclamations/1/annuler/")
    html = html_of(request_of_someone)
    assert 'action="/reclamations/1/annuler/"' in html
    assert "Réclamation approuvée." in html


def test_a_page_of_the_demonstration_says_that_its_data_are_invented(request_of_someone, settings):
    assert "données inventées" not in html_of(request_of_someone)
    settings.DEMO = True
    assert "Démonstration, données inventées." in html_of(request_of_someone)


def test_two_files_at_most_hold_back_the_first_drawing(request_of_someone):
    head = html_of(request_of_someone).split("</head>")[0]
    assert head.count('rel="stylesheet"') == 1
    assert head.count("<script") == head.count(" defer>") + head.count('type="module"')


def test_a_refusal_is_a_page_or_a_message(request_of_someone):
    refusal = Refusal("Cette réclamation est déjà approuvée. Rechargez la page.")
    request_of_someone.htmx = None
    page = refusal_response(request_of_someone, refusal)
    assert page.status_code == 409
    assert refusal.sentence in page.content.decode() and "<main" in page.content.decode()


def test_a_refusal_to_htmx_is_a_message_read_at_once(request_of_someone):
    class Asked:
        boosted = history_restore_request = False

    request_of_someone.htmx = Asked()
    part = refusal_response(request_of_someone, Refusal("Déjà approuvée.")).content.decode()
    assert "Déjà approuvée." in part and 'role="alert"' in part and "<main" not in part


@pytest.mark.parametrize("template", ["500.html", "403_csrf.html"])
def test_a_fault_is_told_without_anything_of_the_request(template):
    html = render_to_string(template)
    assert "<h1>" in html and "Accueil" in html


def test_an_address_that_leads_nowhere_says_what_to_do(client, db):
    answer = client.get("/nulle-part/")
    assert answer.status_code == 404
    assert "Cette page n’existe pas" in answer.content.decode()


def test_signing_in_is_a_page_of_the_house(client, db):
    html = client.get("/compte/login/").content.decode()
    assert "Ouvrir une session" in html and html.count("<h1") == 1 and "<label" in html
