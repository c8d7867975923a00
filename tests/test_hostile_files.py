"""Every address that takes a file is sent every hostile one: refused in words, or kept and given only as a download."""

import json
import re
import tempfile
from collections.abc import Callable, Iterator
from inspect import unwrap
from pathlib import Path
from types import CodeType

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from cordee.meetings.models import MeetingDocument
from cordee.meetings.tests import factory
from cordee.records.models import ImportBatch, StoredFile
from cordee.toolkit import filetypes
from cordee.toolkit.tabular import read_table
from cordee.toolkit.tabular.refusals import Illegible, TooHeavy
from cordee.values.text import is_whole
from tests.access.hostile_files import FILES, LINE, NAMES, SAID, TITLES, multipart, named, xlsx
from tests.access.objects import routes

pytestmark = [pytest.mark.django_db, pytest.mark.above_the_database]
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
# The field of each address that takes files, and whether it is about a meeting.
UPLOADS = {
    "meetings:documents": ("files", True),
    "meetings:import_new": ("file", False),
    "meetings:teams_new": ("file", True),
}
DOWNLOADS = {"meetings:document"}
MADE_HERE = {"charter:document_pdf", "charter:frozen_pdf"}
KINDS = [
    TEXT := filetypes.TEXT,
    *(kind for _signature, kind in filetypes.SIGNATURES),
    *filetypes.ZIPPED.values(),
    *filetypes.OPEN.values(),
    *filetypes.COMPOUND.values(),
]
SENTENCE = re.compile(r'<ul class="errorlist"[^>]*>\s*<li>.*?[.?]</li>', re.DOTALL)
REFUSAL = re.compile(r"<h1[^>]*>.*?</h1>", re.DOTALL)


def names_in(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from names_in(inner)


def reaches(view: Callable, word: str) -> bool:
    """Whether the view, or a function of its module that it calls, names that word."""
    waiting, seen = [unwrap(view)], set()
    while waiting:
        function = waiting.pop()
        seen.add(function)
        for name in names_in(function.__code__):
            if name == word:
                return True
            called = function.__globals__.get(name)
            same = getattr(called, "__module__", "") == function.__module__ and hasattr(called, "__code__")
            waiting += [called] if same and called not in seen else []
    return False


def addresses_that_reach(word: str) -> set[str]:
    ours = [route for route in routes() if route.is_ours and hasattr(unwrap(route.view), "__code__")]
    return {route.name for route in ours if reaches(route.view, word)}


def test_no_address_that_takes_or_gives_files_is_forgotten():
    assert addresses_that_reach("FILES") == set(UPLOADS), "say in UPLOADS how it is sent a file"
    assert addresses_that_reach("content_of") - MADE_HERE == DOWNLOADS, "it gives what people sent: ask it below"


@pytest.fixture
def room(tmp_path, monkeypatch):
    """Where everything that is temporary goes."""
    room = tmp_path / "room"
    room.mkdir()
    monkeypatch.setenv("TMPDIR", str(room))
    monkeypatch.setattr(tempfile, "tempdir", str(room))
    return room


@pytest.fixture
def sent(client, settings, room):
    """Send a file to an address: its answer, once it is sure that nothing of it stays where nobody looks."""
    settings.CLOCK = factory.TODAY
    factory.thresholds()
    world = factory.world()
    client.force_login(world.alice.user, backend=BACKEND)

    def send(address: str, said: bytes, content: bytes):
        field, of_a_meeting = UPLOADS[address]
        body = multipart(field, said, content)
        path = reverse(address, args=[world.meeting.pk] if of_a_meeting else [])
        answer = client.generic("POST", path, body, "multipart/form-data; boundary=limite")
        assert sorted(room.iterdir()) == []
        assert contents_kept() == set(StoredFile.objects.values_list("sha256", flat=True))
        assert all(is_whole(json.dumps(one, ensure_ascii=False)) for one in kept_of_imports())
        return answer

    send.client = client
    return send


def contents_kept() -> set[str]:
    folder = Path(default_storage.location)
    return {file.name for file in folder.rglob("*") if file.is_file()} if folder.exists() else set()


def kept_of_imports() -> Iterator[tuple[str, object]]:
    yield from ImportBatch.objects.order_by("pk").values_list("file_name", "proposal")


def check(answer) -> None:
    """A page that says why, or one that follows."""
    assert answer.status_code in {302, 400, 413, 422}
    page = answer.content.decode()
    assert answer.status_code == 302 or SENTENCE.search(page) or REFUSAL.search(page), page[:3000]


def check_downloads(client) -> None:
    for document in MeetingDocument.objects.kept().order_by("pk"):
        answer = client.get(reverse("meetings:document", args=[document.pk]))
        kind = next(kind for kind in KINDS if kind.media_type == document.file.media_type)
        assert answer.status_code == 200
        assert answer["Content-Disposition"].startswith("attachment; filename")
        assert answer["Content-Type"] == kind.media_type
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert document.name.rpartition(".")[2].lower() in kind.endings
        assert document.name == filetypes.fitting_name(document.name, kind)
        assert is_whole(document.name)
        assert len(document.name) <= filetypes.LONGEST_NAME + 6


@pytest.mark.parametrize("address", UPLOADS)
def test_a_hostile_content_is_refused_in_words_or_only_ever_downloaded(sent, address):
    for name, make in FILES.items():
        try:
            check(sent(address, named(b"plan.png"), make()))
        except BaseException as error:
            error.add_note(f"{name} sent to {address}")
            raise
    check_downloads(sent.client)


@pytest.mark.parametrize("address", UPLOADS)
@pytest.mark.parametrize("content", [b"%PDF-1.7 ...", b"Date;Groupe;Nom\n2025-01-14;18-TC-TRP;Piolet\n"])
def test_a_name_that_lies_is_refused_or_set_right(sent, address, content):
    for number, (name, said) in enumerate({**{key: named(one) for key, one in NAMES.items()}, **SAID}.items()):
        try:
            check(sent(address, said, content + b"%d" % number))
        except BaseException as error:
            error.add_note(f"{name} sent to {address}")
            raise
    check_downloads(sent.client)


def test_the_workbook_that_is_spoilt_here_is_read_when_it_is_not():
    [sheet] = read_table(xlsx(TITLES, LINE))
    assert sheet.rows == [[*TITLES], [*LINE]]
    for name in ("the null character in XLSX", "what could not be read in XLSX", "half a character in XLS"):
        with pytest.raises(Illegible):
            read_table(FILES[name]())
    with pytest.raises(TooHeavy):
        read_table(FILES["one text in every cell"]())


def test_macros_are_refused_by_any_name(sent):
    for name in ("macros by another name", "macros in UTF-16"):
        answer = sent("meetings:documents", named(b"plan.docx"), FILES[name]())
        assert "contient des macros" in answer.content.decode()


def test_nothing_of_an_image_is_unfolded(sent):
    assert sent("meetings:documents", named(b"photo.png"), FILES["image of 50 000 by 50 000"]()).status_code == 302


@pytest.mark.parametrize(("language", "words"), [("fr", "Cet envoi dépasse 25 Mo"), ("en", "exceeds 25 MB")])
def test_a_request_that_is_too_long_is_not_even_read(client, room, language, words):
    answer = client.post(reverse("account_login"), {}, headers={"Accept-Language": language}, CONTENT_LENGTH=str(2**40))
    assert answer.status_code == 413
    assert words in answer.content.decode()
