"""The budget of Annexe 3, each line that has one tied to its group."""

from pathlib import Path

from django.apps import apps

from cordee.home.demo.year import Year
from cordee.treasury.imports import load_budget

FILE = "budget_2024_2025.json"
# Lines whose printed name is not the group's; the others have the same key. 36, 39, 29, 41-CDPVD and 23 have no group.
RENAMED = {
    "05-litterature": "05-litteratie",
    "08-numerotation": "08-numeratie",
    "03-immigration-et-allophone": "03-immigration",
    "14-pfae-nouveau-programme": "14-pfae",
    "24-nouveau-programme-de-francais": "24-francais",
    "38-competences-socio-emotionnelles": "38-socioemotionnelles",
}


def load(year: Year) -> None:
    text = (Path(apps.get_app_config("treasury").path) / "data" / FILE).read_text(encoding="utf-8")
    load_budget(text, groups={**year.groups, **{key: year.groups[slug] for key, slug in RENAMED.items()}})
