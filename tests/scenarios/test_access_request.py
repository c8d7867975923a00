"""Requests about what is held: one granted with its copies, one refused, one set right, one left in silence."""

import json

import pytest

from cordee.meetings.actions.marking import Mark, mark_attendance
from cordee.meetings.tests import factory
from cordee.people.models import Person
from cordee.privacy.models import PrivacyRequest
from cordee.records import sealing
from cordee.records.models import JournalEntry
from tests.scenarios.cast import signed_in, words_of

pytestmark = pytest.mark.django_db


def test_clara_asks_waits_a_little_longer_and_leaves_with_her_copies(people, comes, post):
    comes("2025-03-03")
    home, desk = signed_in(people.clara), signed_in(people.solange)
    was_there(people, people.clara)
    home.opens("privacy:mine").reads("Faire une demande")
    home.sends("privacy:ask", kind="access", what="Mes présences et qui les a vues.")
    home.reads("Accès à ses renseignements", "au plus tard", "24 mars 2025")  # twenty days end on a Sunday
    asked = PrivacyRequest.objects.get()
    is_told_of(post, "Clara", "reçue le 3 mars 2025", "24 mars 2025", "tenue pour refusée", "30 jours")
    desk.opens("home:home").reads("Répondre à Clara Moraine")
    comes("2025-03-20")
    desk.sends("privacy:extend", asked, days="11", reason="Beaucoup de rencontres.").reads("au plus 10 jours")
    desk.sends("privacy:extend", asked, days="10", reason="Deux années de rencontres à relire.")
    desk.reads("Délai prolongé", "2 avril 2025")
    is_told_of(post, "Clara", "prolongé jusqu’au 2 avril 2025", "Deux années de rencontres")
    home.opens("privacy:mine").reads("réponse au plus tard le 2 avril 2025")
    comes("2025-04-01")
    desk.sends("privacy:answer", asked, outcome="granted", text="Voici tout.", article="").reads("Accueillie")
    is_told_of(post, "Clara", "Votre demande est accueillie.", "Vos copies")
    she_leaves_with_her_copies(home, asked)
    desk.opens("home:home").reads_nothing_of("Répondre à Clara")
    what_the_journal_and_the_register_say(desk, asked)


def test_basile_is_refused_with_the_article_and_what_he_may_do_about_it(people, comes, post):
    comes("2025-03-03")
    home, desk = signed_in(people.basile), signed_in(people.solange)
    home.sends("privacy:ask", kind="erasure", what="Retirez ma réclamation de l’automne.")
    asked = PrivacyRequest.objects.get()
    comes("2025-03-10")
    refused = {"outcome": "refused", "text": "Les comptes se gardent sept ans."}
    desk.sends("privacy:answer", asked, **refused, article="").reads("Nommez l’article de loi")
    desk.sends("privacy:answer", asked, **refused, article="A-2.1, art. 73").reads("Refusée", "9 avril 2025")
    is_told_of(post, "Basile", "refusée", "sept ans", "A-2.1, art. 73", "réviser cette décision jusqu’au 9 avril 2025")
    home.opens("privacy:request", asked).reads("réviser cette décision jusqu’au 9 avril 2025")
    assert home.opens("privacy:request_json", asked).status == 404
    assert signed_in(people.clara).opens("privacy:request", asked).status == 404


def test_dorians_name_is_set_right_by_one_click(people, comes, post):
    comes("2025-03-03")
    home, desk = signed_in(people.dorian), signed_in(people.solange)
    home.opens("privacy:rectify", datum="last_name").reads("Nom : la fiche dit « Moraine »")
    home.sends("privacy:rectify", datum="last_name", proposed="Moraine-Éboulis", what="")
    asked = PrivacyRequest.objects.get()
    desk.opens("privacy:request", asked).reads("Moraine-Éboulis", "Accepter et corriger")
    desk.sends("privacy:accept", asked).reads("La fiche est corrigée", "Accueillie")
    assert Person.objects.get(pk=people.dorian.pk).full_name == "Dorian Moraine-Éboulis"
    is_told_of(post, "Dorian", "accueillie")
    home.opens("privacy:history", "people.person", people.dorian.pk).reads("Solange Moraine a corrigé la fiche")
    assert desk.sends("privacy:accept", asked).status == 409


def test_silence_is_a_refusal_that_everyone_sees(people, comes, post):
    comes("2025-03-03")
    home, desk = signed_in(people.elsa), signed_in(people.solange)
    home.sends("privacy:ask", kind="portability", what="")
    asked = PrivacyRequest.objects.get()
    comes("2025-03-25")
    home.opens("privacy:request", asked).reads("Le délai est passé sans réponse.", "tenue pour refusée")
    desk.opens("privacy:requests", state="late").reads("Elsa Moraine", "Délai passé")
    assert desk.sends("privacy:extend", asked, days="10", reason="Trop tard.").status == 409
    desk.sends("privacy:answer", asked, outcome="granted", text="", article="").reads("Accueillie")
    is_told_of(post, "Elsa", "Votre demande est accueillie.")


def is_told_of(post, who, *sentences):
    """By the last letter that came to them."""
    said = words_of(post.comes()[who][-1])
    for sentence in sentences:
        assert sentence in " ".join(said.split()), f"« {sentence} » is not written"


def table_of(copy, name):
    return next(table["rows"] for table in copy["tables"] if table["table"] == name)


def was_there(people, person):
    meeting = factory.meeting(people.group)
    mark_attendance(meeting=meeting, mark=Mark(person.pk, "day", None), by=people.ariane, on=factory.TODAY)


def she_leaves_with_her_copies(home, asked):
    copy = json.loads(home.opens("privacy:request_json", asked).answer.content)
    assert [row["portion"] for row in table_of(copy, "meetings.Attendance")] == ["day"]
    assert table_of(copy, "privacy.PrivacyRequest")[0]["what"] == "Mes présences et qui les a vues."
    assert home.opens("privacy:request_pdf", asked).answer["Content-Type"] == "application/pdf"


def what_the_journal_and_the_register_say(desk, asked):
    desk.opens("privacy:history", "privacy.privacyrequest", asked.pk)
    desk.reads("a inscrit une demande", "a prolongé le délai d’une demande", "a répondu à une demande")
    desk.opens("privacy:journal", act="file.taken").reads("a emporté un fichier", "renseignements")
    register = desk.opens("privacy:requests", file="csv").answer.content.decode("utf-8-sig")
    assert "RP 2024-2025-01" in register
    assert "2025-04-01" in register
    sealing.seal.call()
    found = sealing.verify()
    assert (found.faults, found.waiting) == ([], 0)
    assert found.sealed == JournalEntry.objects.count()
