"""« Santé » tells a machine what it needs and nothing else."""

from unittest.mock import patch

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from cordee.toolkit.health import views
from cordee.toolkit.models import WorkerBeat


def test_living_asks_nothing_of_the_database(client, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        answer = client.get("/sante/vivant/")
    assert answer.json() == {"vivant": True}
    assert "no-store" in answer["Cache-Control"]


def test_a_service_that_is_complete_is_ready(client, db):
    assert client.get("/sante/").json() == {"base": True, "migrations": True, "travail": False}
    WorkerBeat.objects.create(worker_id="one", seen_at=timezone.now())
    answer = client.get("/sante/")
    assert answer.status_code == 200
    assert answer.json()["travail"] is True


def test_a_database_that_waits_for_a_migration_is_not_ready(client, db):
    with patch.object(views, "known_migrations", lambda: {("records", "9999_tomorrow")}):
        answer = client.get("/sante/")
    assert answer.status_code == 503
    assert answer.json()["migrations"] is False


def test_a_database_ahead_of_this_code_is_ready(client, db):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('records', '9999_tomorrow', %s)",
            [timezone.now()],
        )
    assert client.get("/sante/").status_code == 200


def test_a_database_that_is_down_is_said_without_its_words(client, db):
    with patch.object(views, "is_migrated", side_effect=OperationalError("password for cordee@secret")):
        answer = client.get("/sante/")
    assert answer.status_code == 503
    assert answer.json() == {"base": False, "migrations": False, "travail": False}


@pytest.mark.parametrize("address", ["/sante/", "/sante/vivant/"])
def test_it_is_only_read(client, db, address):
    assert client.post(address).status_code == 405
