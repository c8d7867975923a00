"""The invented lists, as semicolon-separated files in `data/`."""

import csv
from datetime import date
from pathlib import Path

DATA = Path(__file__).parent / "data"


def rows(name: str) -> list[dict[str, str]]:
    """The lines of `data/<name>`, in the order of the file."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def day(text: str) -> date | None:
    """An ISO date, or None where the file says nothing."""
    return date.fromisoformat(text) if text else None
