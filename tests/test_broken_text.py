"""Bytes that are no text, wherever a request may carry them: nothing breaks, nothing of them is kept.

What forms and questions hold is sent to every page by `tests/access/hostile.py`; here is what surrounds them.
"""

import pytest
from django.urls import reverse

from cordee.meetings.tests import factory
from cordee.records.models import JournalEntry

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
HALF, NUL, LATIN = "\xed\xa0\x80", "\x00", "\xff\xfe"
BODIES = [
    b'{"id": "\\ud800"}',
    b'{"id": "\\u0000"}',
    b'"\\ud800"',
    b"[1]",
    b"null",
    b"\xff\xfe",
    b"{" * 5000,
    b"NaN",
    b"",
]
ENCODINGS = [
    "utf-7",
    "unicode_escape",
    "raw_unicode_escape",
    "utf-16-le",
    "idna",
    "punycode",
    "rot13",
    "base64",
    "none",
]


@pytest.fixture
def world(client, settings):
    settings.CLOCK = factory.TODAY
    world = factory.world()
    client.force_login(world.alice.user, backend=BACKEND)
    return world


@pytest.mark.parametrize("cookie", ["sessionid", "csrftoken", "langue", "theme", "messages", "appareils"])
@pytest.mark.parametrize(
    "value", ["abcdefghij" + HALF, "abcdefghij" + LATIN, '"abcdefghij\\000"', '"\\355\\240\\200abcdefgh"']
)
def test_in_a_cookie(client, world, cookie, value):
    answer = client.get(reverse("home:search"), headers={"Cookie": f"{cookie}={value}"})
    assert answer.status_code in {200, 302}
    assert client.get(reverse("account_login"), headers={"Cookie": f"{cookie}={value}"}).status_code in {200, 302}


HEADERS = (
    *("Referer", "User-Agent", "Accept-Language", "X-Forwarded-For", "X-Request-Id", "Origin", "HX-Current-URL"),
    *(
        "HX-Target",
        "HX-Trigger",
        "If-None-Match",
        "If-Modified-Since",
        "Range",
        "Content-Type",
        "Accept",
        "X-CSRFToken",
    ),
)


@pytest.mark.parametrize("header", HEADERS)
@pytest.mark.parametrize("value", [HALF, LATIN, "%00%ED%A0%80", "http://[", "http://testserver/%ED%A0%80%00"])
def test_in_a_header(client, world, header, value):
    sent = {"HX-Request": "true", "HX-Current-URL-URI-AutoEncoded": "true", header: value}
    for path in (reverse("home:home"), reverse("people:my_rights")):
        assert client.get(path, headers=sent).status_code < 500
        client.logout()
    assert client.post(reverse("account_login"), {"login": "a@exemple.test"}, headers=sent).status_code < 500


@pytest.mark.parametrize(
    "path", ["/%ED%A0%80/", "/communautes/%FF/", "/rencontres/ici/%ED%A0%80/", "/aide/%C0%80/", "/%00/"]
)
def test_in_a_path(client, world, path):
    assert client.get(path).status_code in {404, 422}


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_form_that_says_another_encoding_gives_no_half_of_a_character(client, world, encoding):
    """UTF-7 and Python’s own escapes can say half of a pair; Python knows some that are encodings of no text."""
    before = JournalEntry.objects.count()
    for typed in (b"+2AA-", b"\\ud800", b"\x00\xd8a\x00", b"\\x00"):
        fields = {b"text-1": typed, b"version-1": b"0"}
        body = b"".join(
            b'--l\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % one for one in fields.items()
        )
        path = reverse("meetings:minutes", args=[world.meeting.pk])
        kind = f"multipart/form-data; boundary=l; charset={encoding}"
        assert client.generic("POST", path, body + b"--l--\r\n", kind).status_code < 500
        kind = f"application/x-www-form-urlencoded; charset={encoding}"
        assert client.generic("POST", path, b"text-1=" + typed, kind).status_code < 500
    assert JournalEntry.objects.count() == before


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize(
    "name", ["mfa_login_webauthn", "mfa_add_webauthn", "mfa_reauthenticate_webauthn", "mfa_authenticate"]
)
def test_in_what_a_passkey_says(client, world, name, body):
    sent = {"credential": body, "name": "Clé", "code": "1"}
    assert client.post(reverse(name), sent).status_code < 500
    assert client.post(reverse(name), body, content_type="application/json").status_code < 500
    client.logout()
    assert client.post(reverse(name), sent).status_code < 500
