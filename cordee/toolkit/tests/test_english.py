"""English is complete: the check of the catalogue and the trap of English pages catch what they are set for."""

import polib
import pytest

from cordee.toolkit import catalogue
from cordee.toolkit.testing.english import french_in
from cordee.toolkit.testing.traps import check_html


def page(body, *, lang="en-CA"):
    return f'<html lang="{lang}"><body>{body}</body></html>'


@pytest.mark.parametrize(
    "body",
    [
        "<p>Aucune réclamation ici</p>",
        "<p>41-Inclusion, Réseautage</p>",
        "<p>Blandine Cordelette, 3 lignes</p>",
        '<button aria-label="Fermer">×</button>',
        '<input placeholder="Chercher un nom">',
        "<p>1 234,56 $</p>",
        "<p>12 septembre 2024</p>",
        "<p>à 13 h 30</p>",
        "<p>Total : 3</p>",
        "<p>« Inclusion »</p>",
        '<p lang="fr">Texte <span lang="en">Fermer</span></p>',
    ],
)
def test_an_english_page_may_not_say(body):
    assert french_in(page(body))
    with pytest.raises(AssertionError, match="French"):
        check_html(page(body))


@pytest.mark.parametrize(
    "body",
    [
        "<p>No claims here, $1,234.56, 10.5%, September 12, 2024, 1:30 p.m.</p>",
        '<p lang="fr">Aucune réclamation ici</p>',
        '<section lang="fr"><br><p>Fermer</p></section>',
        "<p>Dalle, Claire</p>",
        "<script src='x'>Fermer</script>",
    ],
)
def test_an_english_page_may_say(body):
    assert not french_in(page(body))


def test_a_sentence_is_found_whatever_stands_in_its_gaps():
    sentences = {text for entry in catalogue.catalogue("en") for text, _english in catalogue.pairs_of(entry)}
    gaps = sorted(text for text in sentences if len(catalogue.PLACEHOLDER.findall(text)) == 1 and len(text) > 60)
    assert len(gaps) > 20
    for text in gaps:
        assert french_in(page(catalogue.PLACEHOLDER.sub("Paule Piolet", text).replace("<", "&lt;"))), text


def test_a_french_page_says_what_it_wants():
    assert not french_in(page("<p>Fermer</p>", lang="fr-CA"))


def faults_of(monkeypatch, french, english, *, said=None):
    """The faults of a catalogue of one sentence, or of two forms."""
    entry = (
        polib.POEntry(msgid=french)
        if isinstance(french, str)
        else polib.POEntry(msgid=french[0], msgid_plural=french[1], msgstr_plural=dict(enumerate(english)))
    )
    if isinstance(french, str):
        entry.msgstr = english
    known = polib.POFile()
    known.append(entry)
    monkeypatch.setattr(catalogue, "catalogue", lambda language: known)
    keys = [said] if said else [("", entry.msgid, entry.msgid_plural)]
    monkeypatch.setattr(catalogue, "extract", lambda: {key: [] for key in keys})
    return catalogue.faults()


def test_the_check_names_a_sentence_without_english(monkeypatch):
    assert faults_of(monkeypatch, "Fermer", "") == ["sans anglais : Fermer"]
    assert faults_of(monkeypatch, ("%(n)d jour", "%(n)d jours"), ("%(n)d day", "")) == ["sans anglais : %(n)d jour"]


def test_the_check_names_a_translation_nothing_says_any_more(monkeypatch):
    assert faults_of(monkeypatch, "Fermer", "Close", said=("", "Ouvrir", "")) == [
        "sans anglais : Ouvrir",
        "inutile : Fermer",
    ]


@pytest.mark.parametrize("english", ["%(day)s, by %(name)s", "%(day)s", "%(day)s by %(who)s, %(day)d"])
def test_the_check_compares_the_placeholders(monkeypatch, english):
    assert faults_of(monkeypatch, "%(day)s, par %(who)s", english)


def test_the_check_compares_the_placeholders_of_each_form(monkeypatch):
    french = ("%(name)s : une ligne", "%(name)s : %(total)s lignes")
    assert not faults_of(monkeypatch, french, ("%(name)s: one line", "%(name)s: %(total)s lines"))
    assert faults_of(monkeypatch, french, ("%(name)s: %(total)s line", "%(name)s: %(total)s lines"))


@pytest.mark.parametrize("english", ["The “rule” : x", "« rule »", "it's", 'the "rule"', "10\u00a0%"])
def test_the_check_refuses_french_and_typed_punctuation(monkeypatch, english):
    assert faults_of(monkeypatch, "La règle", english)


@pytest.mark.parametrize(
    "french",
    [
        "La règle : x",
        "La règle :",
        "« Règle »",
        "«Règle»",
        "3 $",
        "%(n)s $",
        "3 %%",
        "20 000 lignes",
        "x ; y",
        "x\u00a0; y",
        "Oui\u202f?",
        "Non !",
    ],
)
def test_the_check_refuses_french_that_is_ill_spaced(monkeypatch, french):
    assert f"espaces du français : {french}" in faults_of(monkeypatch, french, "x")


def test_the_check_leaves_code_times_and_placeholders(monkeypatch):
    french = (
        "«\u00a0%(x)s\u00a0»\u00a0: http://localhost/?a=1; 13:30, 3\u00a0%%, %(n)s %(of)s, 12 rangs, n’a pas lieu? Oui!"
    )
    assert faults_of(monkeypatch, french, "%(x)s %(n)s %(of)s") == []


def test_the_catalogue_as_it_is_has_no_fault():
    assert catalogue.faults() == []
