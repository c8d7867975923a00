"""A reviewed file becomes a revision once, and what is in force never changes."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from cordee.records.models import JournalEntry
from cordee.reference.actions import FaultyEdition, InForceAlready, load_edition, put_in_force
from cordee.reference.management.commands.load_edition import EDITIONS
from cordee.reference.models import Edition, Revision, RuleRow, rules_on
from cordee.reference.rulebook import UnreadableEdition
from cordee.values.money import from_cents

TEXT = (EDITIONS / "2024-2025.toml").read_text(encoding="utf-8")
ON = date(2024, 8, 26)
START = date(2024, 7, 1)
pytestmark = pytest.mark.django_db


def load(text: str = TEXT) -> Revision:
    return load_edition(text, by=None, on=ON)


def test_a_file_becomes_a_draft_that_nothing_reads_until_it_is_in_force():
    revision = load()
    assert (revision.number, revision.effective_from) == (1, None)
    assert not Revision.objects.exclude(effective_from=None).exists()
    put_in_force(revision=revision, effective_from=START, by=None, on=ON)
    assert rules_on(date(2024, 10, 8)).amount("rate.teacher.day") == from_cents(260_00)


def test_the_same_file_twice_changes_nothing():
    load()
    rows = list(RuleRow.objects.order_by("pk").values())
    entries = JournalEntry.objects.count()
    load()
    assert list(RuleRow.objects.order_by("pk").values()) == rows
    assert JournalEntry.objects.count() == entries


def test_a_draft_is_replaced_by_the_corrected_file():
    load()
    load(TEXT.replace('"260.00"', '"261.00"', 1))
    assert RuleRow.objects.filter(value="261.00").count() == 1


def test_a_revision_in_force_refuses_a_different_file_and_names_the_rule():
    put_in_force(revision=load(), effective_from=START, by=None, on=ON)
    load()
    with pytest.raises(InForceAlready, match=r"rate\.professional\.day"):
        load(TEXT.replace('"280.00"', '"281.00"', 1))
    assert not RuleRow.objects.filter(value="281.00").exists()


def test_the_database_refuses_to_change_what_is_in_force():
    put_in_force(revision=load(), effective_from=START, by=None, on=ON)
    with pytest.raises(IntegrityError, match="rule_in_force"), transaction.atomic():
        RuleRow.objects.filter(key="rate.professional.day").update(value="1.00")
    with pytest.raises(IntegrityError, match="rule_in_force"), transaction.atomic():
        RuleRow.objects.filter(key="rate.professional.day").delete()
    with pytest.raises(IntegrityError, match="revision_closed"), transaction.atomic():
        RuleRow.objects.create(
            revision=Revision.objects.get(), position=999, key="rate.new.day", kind="money", value="1.00"
        )
    with pytest.raises(IntegrityError, match="revision_in_force"), transaction.atomic():
        Revision.objects.update(effective_from=None)


def test_an_edition_without_a_needed_rate_is_refused_and_the_rate_is_named():
    without = "\n".join(line for line in TEXT.splitlines() if '"rate.teacher.half-day"' not in line)
    with pytest.raises(FaultyEdition, match=r"rate\.teacher\.half-day"):
        load(without)
    assert not Edition.objects.exists()


def test_a_file_that_is_no_toml_is_refused():
    with pytest.raises(UnreadableEdition):
        load("[edition")


def test_the_command_loads_a_supplied_edition_and_puts_it_in_force(capsys):
    call_command("load_edition", "2024-2025", "--in-force")
    call_command("load_edition", "2024-2025", "--in-force")
    assert "en vigueur depuis le" in capsys.readouterr().out
    assert Revision.objects.get().effective_from == START


def test_the_command_names_the_editions_there_are():
    with pytest.raises(CommandError, match="2024-2025"):
        call_command("load_edition", "1999-2000")
