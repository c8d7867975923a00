"""Documents of a meeting: what is received, what is refused, how it is given back."""

import io
import zipfile
from datetime import date

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cordee.meetings import actions
from cordee.meetings.actions import minutes_refusals
from cordee.meetings.models import MeetingDocument
from cordee.meetings.tests import factory
from cordee.records import files
from cordee.records.models import StoredFile
from cordee.toolkit import filetypes
from cordee.toolkit.refusals import Forbidden

pytestmark = pytest.mark.django_db
TODAY = factory.TODAY
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def who(world):
    return {"by": world.alice, "on": TODAY}


def zipped_of(parts, mimetype=""):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {**({"mimetype": mimetype} if mimetype else {}), **parts}.items():
            archive.writestr(name, text)
    return packed.getvalue()


WORD = zipped_of({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"})
ODT = zipped_of({"content.xml": "<office/>"}, mimetype="application/vnd.oasis.opendocument.text")


def add(world, content=b"%PDF-1.7 ...", name="plan.pdf"):
    return actions.add_document(meeting=world.meeting, name=name, content=content, **who(world))


def upload(client, world, *sent):
    given = [SimpleUploadedFile(name, content, "application/pdf") for name, content in sent]
    return client.post(reverse("meetings:documents", args=[world.meeting.pk]), {"files": given}, follow=True)


@pytest.mark.parametrize(
    ("content", "name", "kept_as"),
    [
        (b"%PDF-1.7 ...", "plan.pdf", "plan.pdf"),
        (b"%PDF-1.7 ...", "plan.exe", "plan.exe.pdf"),
        (b"%PDF-1.7 ...", "../../etc/passwd", "passwd.pdf"),
        (b"%PDF-1.7 ...", "C:\\Users\\a\\plan\u202efdp.pdf", "planfdp.pdf"),
        (b"%PDF-1.7 ...", "", "document.pdf"),
        (b"\x89PNG\r\n\x1a\n...", "photo.PNG", "photo.PNG"),
        (b"\xff\xd8\xff\xe0...", "photo.html", "photo.html.jpg"),
        (WORD, "notes.docx", "notes.docx"),
        (ODT, "notes.odt", "notes.odt"),
        (COMPOUND + "WordDocument".encode("utf-16-le"), "vieux.doc", "vieux.doc"),
        ("Prénom;Nom\nÉlise;Été".encode("cp1252"), "liste.csv", "liste.csv"),
        ("Bonjour".encode("utf-16"), "mot.txt", "mot.txt"),
    ],
)
def test_a_document_is_what_its_content_says(world, content, name, kept_as):
    assert add(world, content, name).name == kept_as


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", filetypes.Empty),
        (b"MZ\x90\x00\x03", filetypes.NotAllowed),
        (b"\x7fELF\x02\x01", filetypes.NotAllowed),
        (b"#!/bin/sh\necho", filetypes.NotAllowed),
        (b"<!DOCTYPE html><p>", filetypes.NotAllowed),
        (b"\xef\xbb\xbf  <html>", filetypes.NotAllowed),
        (b"<svg onload=alert(1)>", filetypes.NotAllowed),
        (b"<?xml version='1.0'?><x/>", filetypes.NotAllowed),
        (zipped_of({"a.txt": "a"}), filetypes.NotAllowed),
        (b"PK\x03\x04 broken", filetypes.Spoilt),
        (zipped_of({"[Content_Types].xml": "", "word/document.xml": "0" * 90_000_000}), filetypes.Spoilt),
        (
            zipped_of({"[Content_Types].xml": "", "word/document.xml": "", "word/vbaProject.bin": "x"}),
            filetypes.WithMacros,
        ),
        (COMPOUND + "WordDocument_VBA_PROJECT".encode("utf-16-le"), filetypes.WithMacros),
        (COMPOUND + "EncryptedPackage".encode("utf-16-le"), filetypes.Locked),
        (COMPOUND + "__properties_version1.0".encode("utf-16-le"), filetypes.NotAllowed),
        (b"%PDF-1.7" + b"0" * filetypes.MOST_BYTES, filetypes.TooBig),
    ],
    ids=lambda value: "" if isinstance(value, bytes) else value.__name__,
)
def test_what_runs_hides_or_bursts_is_refused_whatever_its_name(world, content, refusal):
    with pytest.raises(refusal):
        add(world, content, "plan.pdf")
    assert not MeetingDocument.objects.exists()


def test_the_same_content_is_stored_once_and_named_once_in_a_meeting(world):
    add(world)
    with pytest.raises(minutes_refusals.AlreadyDeposited):
        add(world, name="copie.pdf")
    elsewhere = factory.meeting(world.group, date(2025, 1, 10))
    actions.add_document(meeting=elsewhere, name="autre.pdf", content=b"%PDF-1.7 ...", **who(world))
    assert StoredFile.objects.count() == 1
    assert MeetingDocument.objects.count() == 2


def test_a_content_that_changed_on_the_disk_is_not_given(world, sign_in):
    document = add(world)
    digest = document.file.sha256
    path = f"{digest[:2]}/{digest}"
    with default_storage.open(path, "wb") as stored:
        stored.write(b"%PDF-1.7 other")
    answer = sign_in(world.alice).get(reverse("meetings:document", args=[document.pk]))
    assert answer.status_code == 503
    default_storage.delete(path)
    with pytest.raises(files.Altered):
        files.content_of(document.file)
    assert add(world, name="encore.pdf", content=b"%PDF-1.7 autre").pk


def test_a_document_is_given_as_an_attachment_that_nothing_guesses_or_runs(world, sign_in):
    document = add(world, "Prénom".encode(), "liste.csv")
    answer = sign_in(world.participants[0]).get(reverse("meetings:document", args=[document.pk]))
    assert answer.content == "Prénom".encode()
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == "text/plain"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]


def test_documents_are_seen_by_who_sees_the_meeting_and_added_by_who_runs_the_group(world, sign_in):
    document = add(world)
    address = reverse("meetings:document", args=[document.pk])
    assert sign_in(world.participants[0]).get(address).status_code == 200
    assert sign_in(world.charlie).get(address).status_code == 404
    assert upload(sign_in(world.participants[0]), world, ("a.txt", b"a")).status_code == 403
    with pytest.raises(Forbidden):
        actions.add_document(meeting=world.meeting, name="a", content=b"a", by=world.bob, on=TODAY)


def test_several_files_at_once_each_by_itself(world, sign_in):
    page = upload(sign_in(world.alice), world, ("a.txt", b"a"), ("b.exe", b"MZ\x90\x00"), ("c.txt", b"c"))
    assert page.status_code == 422
    assert "b.exe" in page.content.decode()
    assert set(MeetingDocument.objects.values_list("name", flat=True)) == {"a.txt", "c.txt"}
    assert upload(sign_in(world.alice), world).status_code == 422


def test_a_document_is_taken_away_and_put_back(world, sign_in):
    document = add(world)
    client = sign_in(world.alice)
    client.post(reverse("meetings:document_removal", args=[document.pk]))
    assert not MeetingDocument.objects.kept().exists()
    assert client.get(reverse("meetings:document", args=[document.pk])).status_code == 404
    assert client.post(reverse("meetings:document_removal", args=[document.pk])).status_code == 409
    client.post(reverse("meetings:document_return", args=[document.pk]))
    assert MeetingDocument.objects.kept().count() == 1
    assert client.post(reverse("meetings:document_return", args=[document.pk])).status_code == 409
