"""The null character, which PostgreSQL keeps nowhere, is refused before any view reads it."""

import pytest
from django.urls import reverse

from cordee.meetings.tests.conftest import BACKEND

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice(client, world, today):
    client.force_login(world.alice.user, backend=BACKEND)
    return client


def test_in_what_a_view_reads_by_itself(alice, world):
    sent = {"text-1": "mot\x00", "version-1": "0"}
    assert alice.post(reverse("meetings:minutes", args=[world.meeting.pk]), sent).status_code == 422


def test_in_a_name(alice, world):
    assert alice.post(reverse("meetings:minutes", args=[world.meeting.pk]), {"text-\x00": "mot"}).status_code == 422


def test_in_a_question(alice):
    answer = alice.get(reverse("home:search"), {"q": "an\x00"})
    assert answer.status_code == 422
    assert "le caractère nul" in answer.content.decode()


def test_in_an_address(client):
    assert client.get("/rencontres/ici/a%00b/").status_code == 422
