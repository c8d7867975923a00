"""What each app holds about people, declared field by field: purpose and retention (Law 25)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Held:
    """`fields` of a model that tell something about a person, and why they are kept."""

    model: str  # "people.Person"
    fields: tuple[str, ...]
    purpose: str
    retention: str
