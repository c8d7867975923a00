"""PDF documents: the same source gives the same bytes, and what is missing is said to people."""

import logging
from datetime import UTC, datetime

import pytest

from cordee.toolkit import documents
from cordee.toolkit.documents import MissingFont, MissingTemplate, NotComposed, Source, pdf, source_of

AT = datetime(2024, 9, 12, 16, tzinfo=UTC)
HOUSE = "#let data = json(bytes(sys.inputs.data))\n"
PAGE = '#import "/house.typ": data\n#set document(title: data.title)\n#set text(lang: "fr")\n#data.title'


@pytest.fixture
def templates(tmp_path, monkeypatch):
    """Writes templates in a package of its own."""
    monkeypatch.setattr(documents, "PACKAGE", tmp_path)

    def write(**texts):
        for name, text in texts.items():
            (tmp_path / f"{name}.typ").write_text(text, encoding="utf-8")

    write(house=HOUSE, page=PAGE)
    return write


def test_the_same_source_gives_the_same_bytes_even_once_its_templates_are_gone(templates):
    source = source_of("page.typ", {"title": "Cadre"}, at=AT)
    made = source.pdf()
    templates(page="#panic()", house="")
    assert Source.of_json(source.as_json()).pdf() == made


def test_what_people_write_is_never_markup(templates):
    assert pdf("page.typ", {"title": '#panic("non") *a* $x$'}, at=AT).startswith(b"%PDF")


def test_a_missing_template_is_named_with_what_to_do(templates):
    with pytest.raises(MissingTemplate, match=r"le gabarit « absent.typ » manque à cette installation\. Demandez"):
        pdf("absent.typ", {}, at=AT)


def test_a_template_that_another_one_needs_is_named_too(templates):
    templates(page='#import "parts/cells.typ": cell\n')
    with pytest.raises(MissingTemplate, match=r"« parts/cells\.typ »"):
        pdf("page.typ", {}, at=AT)


def test_a_missing_font_gives_no_document(templates):
    templates(page=PAGE.replace("#data.title", '#text(font: "Police Absente")[Texte]'))
    with pytest.raises(MissingFont, match=r"la police « police absente » manque à cette installation"):
        pdf("page.typ", {"title": "Cadre"}, at=AT)


def test_what_typst_refuses_is_said_and_its_cause_logged(templates, caplog):
    templates(page=PAGE + "\n#image(bytes(\"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'/>\"))")
    with caplog.at_level(logging.ERROR), pytest.raises(NotComposed, match=r"rien n’a changé"):
        pdf("page.typ", {"title": "Sans description"}, at=AT)
    assert "alt" in caplog.text
