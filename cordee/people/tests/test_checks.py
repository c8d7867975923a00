"""What the settings say of the directory is compared with it."""

import pytest
from django.core.management import call_command

from cordee.meetings.tests import factory
from cordee.people.models import Organization
from cordee.values.identity import IdentityProvider

pytestmark = pytest.mark.django_db
GIVEN = {"issuer": "https://massif.exemple.test", "client_id": "cordee", "client_secret": "-"}


@pytest.fixture
def checked(settings, capsys):
    """What the check of the database says of providers with these codes."""

    def run(*codes: str, database: bool = True) -> str:
        settings.IDENTITY_PROVIDERS = tuple(
            IdentityProvider(f"f{code}", "Massif", code, (f"{code}.exemple.test",), **GIVEN) for code in codes
        )
        call_command("check", databases=["default"] if database else None)
        return capsys.readouterr().err

    return run


def test_a_code_that_no_organization_bears_is_said_with_its_table(checked):
    factory.organization("862000")
    said = checked("862000", "999999")
    assert "[f999999] organization" in said
    assert "aucune organisation du répertoire n’a le code «\u00a0999999\u00a0»" in said
    assert "862000" not in said


def test_nothing_is_said_when_all_are_known_or_no_database_is_asked(checked):
    factory.organization("862000")
    assert checked("862000") == ""
    assert checked("999999", database=False) == ""


def test_a_database_without_its_tables_says_nothing(checked, monkeypatch):
    """Before the first migration, which asks this check."""
    monkeypatch.setattr(Organization._meta, "db_table", "people_absent")
    assert checked("999999") == ""
