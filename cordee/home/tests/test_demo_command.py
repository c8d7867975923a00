"""manage.py load_demo and demo_people: the same year at every load, nothing where it must not go."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from cordee.home.demo.digest import digest
from cordee.people.models import Person


@pytest.mark.django_db(transaction=True)
def test_two_loads_give_the_same_content_and_a_second_one_changes_nothing():
    out = StringIO()
    # From the very first identifiers: other tests may have used some up, and only the reset starts them again.
    call_command("load_demo", "--reset", stdout=out)
    assert "chargée" in out.getvalue()
    first = digest()
    call_command("load_demo", stdout=out)
    assert "déjà là" in out.getvalue()
    assert digest() == first
    call_command("load_demo", "--reset", stdout=out)
    assert digest() == first


@pytest.mark.django_db
def test_production_refuses_the_invented_year(settings):
    settings.MODE = "production"
    for arguments in ([], ["--reset"]):
        with pytest.raises(CommandError, match="production"):
            call_command("load_demo", *arguments)
    assert not Person.objects.exists()


@pytest.mark.django_db
def test_nobody_can_be_anyone_before_the_year_is_loaded():
    with pytest.raises(CommandError, match="load_demo"):
        call_command("demo_people", stdout=StringIO())
