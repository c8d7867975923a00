"""`export_edition` and `import_edition`: the same bytes after a round trip, and a fault is told with its line."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from cordee.reference.models import Edition
from cordee.reference.tests.test_load_edition import TEXT, load

pytestmark = pytest.mark.django_db


def test_a_file_exported_and_imported_and_exported_is_the_same(tmp_path):
    load()
    first, second = tmp_path / "un.toml", tmp_path / "deux.toml"
    call_command("export_edition", "2024-2025", "--output", str(first))
    Edition.objects.get().revisions.get().rules.all().delete()
    call_command("import_edition", str(first))
    call_command("export_edition", "2024-2025", "--revision", "1", "--output", str(second))
    assert first.read_bytes() == second.read_bytes() == TEXT.encode()


def test_without_a_file_it_is_written_out():
    load()
    written = StringIO()
    call_command("export_edition", "2024-2025", stdout=written)
    assert written.getvalue() == TEXT


def test_a_revision_that_is_not_there_is_said():
    with pytest.raises(CommandError, match="1999-2000"):
        call_command("export_edition", "1999-2000")


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ('money = "280.00"', 'monye = "280.00"', "monye"),
        ('money = "280.00"', "money = 280", "ne s’écrit pas ainsi"),
        ('number = "18.2"', 'number = "18.1"', "est écrit 2 fois"),
        ('year = "2024-2025"', 'year = "2031-2032"', "hors de l’année 2031-2032"),
        ("[[17.3]]", "[[88.1]]", "88.1"),
    ],
)
def test_a_faulty_file_is_refused_with_its_lines_and_nothing_enters(tmp_path, right, wrong, said):
    file = tmp_path / "faute.toml"
    assert right in TEXT
    file.write_text(TEXT.replace(right, wrong), encoding="utf-8")
    with pytest.raises(CommandError, match=r"Ligne [0-9]+") as refused:
        call_command("import_edition", str(file))
    assert said in str(refused.value).replace("\xa0", " ")
    assert not Edition.objects.exists()
