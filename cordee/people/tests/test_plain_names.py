"""Accents neither move a name in a list nor hide it from a search, on both databases."""

from datetime import date

import pytest
from django.db.models import TextField, Value
from hypothesis import given
from hypothesis import strategies as st

from cordee.people.models import Group, Person
from cordee.toolkit.plain import LATIN, Plain
from cordee.values.text import plain

pytestmark = pytest.mark.django_db

NAMES = st.text(st.sampled_from([*map(chr, LATIN), *"aZ' -.²"]), min_size=1, max_size=12)


@given(NAMES)
def test_the_database_reads_a_name_as_python_does(name):
    single = "".join(letter for letter in name if len(plain(letter)) == 1)
    Group.objects.get_or_create(slug="un", name="Un", kind="body")
    read = Group.objects.annotate(read=Plain(Value(single, TextField()))).values_list("read", flat=True)
    assert read.first() == plain(single)


def test_an_accent_does_not_send_a_name_to_the_end():
    for last in ("Zeste", "Éboulis", "Crampon", "Fissure", "eau-vive"):
        Person.objects.create(first_name="Ève", last_name=last)
    assert [person.last_name for person in Person.objects.all()] == [
        "Crampon",
        "eau-vive",
        "Éboulis",
        "Fissure",
        "Zeste",
    ]


@pytest.mark.parametrize("typed", ["elise", "Élise", "ELISE", "ÉLISE arete", "arête"])
def test_a_name_is_found_without_its_accents_or_with_them(typed):
    person = Person.objects.create(first_name="Élise", last_name="Arête")
    assert list(Person.objects.matching(q=typed, on=date(2025, 1, 20))) == [person]
