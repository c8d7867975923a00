"""Every kind of page and file of the invented year, in English, as the people of the demonstration open them.

What a page may not say is the trap’s (`cordee/toolkit/testing/english.py`); here the pages are opened, and the same
question is asked of the files and of the mail.
"""

import json
import re
from collections.abc import Iterator
from shutil import rmtree

import pytest
import typst
from django.urls import Resolver404, resolve

from cordee.home.demo.personas import personas
from cordee.home.demo.year import TODAY
from cordee.records.models import ACCESS, Message
from cordee.toolkit.tabular import read_table
from cordee.toolkit.testing.english import french_in_texts
from cordee.treasury.models import BudgetLine

pytestmark = [pytest.mark.django_db, pytest.mark.above_the_database]
STARTS = (
    "/",
    "/nulle-part/",
    "/recherche/?q=river",
    "/compte/inactive/",
    "/compte/password/reset/",
    "/compte/password/change/",
    "/compte/signup/",
)
LINK = re.compile(r'href="([/?][^"#]*)')
AS_THEY_ARE = ("application/toml", "application/json")
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def documents(monkeypatch):
    """The texts of the PDF made, which are not worth their seconds here."""
    made: list[dict] = []

    def compile_nothing(*_arguments, sys_inputs, **_options) -> tuple[bytes, list[object]]:
        made.append(json.loads(sys_inputs["data"]))
        return b"%PDF", []

    monkeypatch.setattr(typst, "compile_with_warnings", compile_nothing)
    return made


@pytest.fixture
def lost(year, _files_stay_in_the_test):
    """The files of the year are lost: a frozen document is made again, in the language it was frozen in."""
    rmtree(_files_stay_in_the_test)


# Those who are given most files; the pages of the others are opened in English by tests/browser/test_every_page.py.
@pytest.mark.parametrize("key", ["facturation-riverside", "secretaire"])
def test_every_page_and_file_is_in_english(key, lost, client, clock, documents):
    clock(TODAY)
    person = next(one.person for one in personas() if one.key == key)
    client.cookies["langue"] = "en"
    client.get("/compte/login/")
    client.force_login(person.user, backend=BACKEND)
    official = words_of_the_budget()
    opened: set[str] = set()
    addresses = list(STARTS)
    while addresses:
        address = addresses.pop(0)
        if (shape := shape_of(address)) in opened:
            continue
        opened.add(shape)
        response = client.get(address)
        assert response.status_code != 500, address
        if response.get("Content-Type", "").startswith("text/html"):
            assert '<html lang="en-CA"' in response.content.decode() or response.status_code == 302, address
            addresses += links(response.content.decode(), address)
        # The file of the framework is its French source, which a command takes back; what is frozen stays as it was.
        elif response.status_code == 200 and not response["Content-Type"].startswith(AS_THEY_ARE):
            assert not french_in_texts([text for text in cells(response.content) if text not in official]), address
    english = [document for document in documents if document["frame"]["language"] == "en"]
    assert not french_in_texts([text for document in english for text in strings(document)])
    assert len(opened) > 12


def words_of_the_budget() -> set[str]:
    """Annexe 3 was published in French: its lines are quoted as they are, in files too."""
    lines = BudgetLine.objects.order_by("pk").values_list("block", "label", "number")
    return {text for block, label, number in lines for text in (block, label, f"{number}-{label}")}


def shape_of(address: str) -> str:
    """What tells kinds of pages apart: the view, and the names of what is asked."""
    path, _, query = address.partition("?")
    names = "&".join(sorted({part.partition("=")[0] for part in query.split("&")}))
    try:
        return f"{resolve(path).view_name}?{names}"
    except Resolver404:
        return path


def links(html: str, address: str) -> list[str]:
    here = address.partition("?")[0]
    found = [link.replace("&amp;", "&") for link in LINK.findall(html)]
    absolute = [here + link if link.startswith("?") else link for link in found]
    return [link for link in absolute if not link.startswith(("/static/", "/compte/logout/", "/composants/"))]


def cells(content: bytes) -> list[str]:
    sheets = [] if content.startswith(b"%PDF") else read_table(content)
    return [cell for sheet in sheets for row in sheet.rows for cell in row if isinstance(cell, str)]


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict) and value.get("language") != "fr":  # what someone wrote in French stays so
        for name in value:
            yield from strings(value[name])
    elif isinstance(value, list):
        for part in value:
            yield from strings(part)


def test_the_mail_of_a_new_password_is_in_english(year, client):
    client.cookies["langue"] = "en"
    client.post("/compte/password/reset/", {"email": "fiona.crag@riverside.exemple.test"})
    sent = Message.objects.get(address="fiona.crag@riverside.exemple.test", kind=ACCESS)
    assert not french_in_texts([sent.subject, *sent.text.splitlines()])
    assert "password" in sent.text
