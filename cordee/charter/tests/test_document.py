"""The document read back: its text, its tags, its bookmarks, its language, its marks."""

from collections import Counter

import pytest
from django.utils import translation

from cordee.charter.exports import TEMPLATE, cadre_document
from cordee.charter.tests import world
from cordee.charter.tests.reading import bare, bookmarks, languages, opened, tags, text_of
from cordee.reference.wording import in_words
from cordee.toolkit import clock
from cordee.toolkit.documents import pdf
from cordee.toolkit.testing.worlds import kept

pytestmark = [pytest.mark.django_db, pytest.mark.above_the_database]
# The contents of the published cadre, from its history to its annexes.
CONTENTS = (
    *("Liste des abréviations", "Glossaire", "Historique", "Vision", "Mission", "Valeurs", "Serment collectif"),
    *("Principes directeurs", "Axes d’intervention", "Modalités de déploiement", "Processus d’amélioration continue"),
    *("Composition de la CRDP", "Comité exécutif", "Composition du comité exécutif", "Modalités du comité exécutif"),
    *("CoP des gestionnaires\u00a0: grand groupe des services éducatifs", "Composition du grand groupe"),
    *("Modalités du grand groupe", "CGSCAS", "Déploiement des communautés (CoP)", "Diffusion des travaux"),
    *("Activités de formation pour les CoP", "Échéancier", "Budget de la coopérative", "Annexes"),
    *(
        "Annexe 1\u00a0: projets stratégiques",
        "Annexe 2\u00a0: communautés de pratique",
        "Annexe 3\u00a0: budget de l’année",
    ),
)


def document_of(revision, compared=None):
    return opened(pdf(TEMPLATE, cadre_document(revision, on=world.MARCH, compared=compared), at=clock.now()))


def pages_of(revision, compared=None, *, with_frame=True):
    document = document_of(revision, compared)
    return [text_of(page, with_frame=with_frame) for page in document.pages]


@kept
def revision():
    world.live_data()
    return world.in_force()


@kept
def draft(revision):
    half_day = "La demi-journée vaut la moitié du montant journalier."
    return world.draft(world.secretary(), rate__professional__day="290.00", prose__half_day=half_day)


def test_every_section_of_the_cadre_has_its_bookmark(revision):
    found = bookmarks(document_of(revision))
    titles = found + [title.partition(" ")[2] for title in found]
    assert [name for name in CONTENTS if " ".join(name.split()) not in titles] == []


def test_every_rule_says_its_value(revision):
    said = "".join(pages_of(revision, with_frame=False))
    rules = [rule for rule in revision.rulebook().rules if rule.kind != "prose" and not rule.key.startswith("article.")]
    assert [rule.key for rule in rules if bare(in_words(rule)) not in said] == []
    assert [rule.key for rule in rules if bare(rule.note) not in said] == []


def test_it_is_tagged_in_its_language_with_true_table_headers(revision):
    document = document_of(revision)
    assert str(document.Root.Lang) == "fr-CA"
    assert document.Root.MarkInfo.Marked
    with document.open_metadata() as metadata:
        assert (metadata["pdfuaid:part"], metadata["dc:title"]) == ("1", "Cadre de référence 2024-2025")
    kinds = Counter(tags(document))
    assert kinds["/THead"] == kinds["/Table"] >= 13
    assert kinds["/H1"] == 25
    assert {"/TOC", "/TOCI", "/LI", "/Link", "/H2"} <= set(kinds)


def test_in_english_its_names_are_english_and_its_texts_say_they_are_french(revision):
    with translation.override("en"):
        document = document_of(revision)
    assert str(document.Root.Lang) == "en-CA"
    assert "2 Vision" in bookmarks(document)
    assert "18 Budget of the cooperative" in bookmarks(document)
    assert languages(document) == {"en-CA", "fr-CA"}


def test_a_draft_says_so_on_every_page_and_what_is_in_force_on_none(draft, revision):
    cover, *pages = pages_of(draft)
    assert "BROUILLON" in cover
    assert all("Brouillon" in page for page in pages)
    assert not any("Brouillon" in page for page in pages_of(revision))


def test_marks_show_what_a_draft_changes_and_only_on_request(draft, revision):
    plain = "".join(pages_of(draft))
    marked = "".join(pages_of(draft, revision))
    assert bare("[280,00 $] 290,00 $") in marked
    assert bare("[280,00 $]") not in plain
    assert bare("La demi-journée vaut la moitié du montant journalier.") in marked
    assert bare("Règles qui diffèrent : 2") in marked


def test_a_removed_rule_stands_struck_where_it_was_and_links_to_it_become_words(draft, revision):
    draft.rules.get(key="cap.training-participants").delete()
    marked = "".join(pages_of(draft, revision))
    assert "Retirée" in marked


def test_hostile_text_is_text(draft):
    row = draft.rules.get(key="prose.half-day")
    row.value = "#panic() $x$ <script> [[nulle.part]] [lien](#art-99)\n\n{{ tarifs }}\n\n- @ref\n"
    row.save(update_fields=["value"])
    said = "".join(pages_of(draft))
    assert bare("#panic() $x$ <script> [[nulle.part]]") in said


def test_an_annex_without_data_says_so(draft):
    said = "".join(pages_of(draft))
    assert bare("Le tableau « budget » n’a rien à montrer cette année.") in said
