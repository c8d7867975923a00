"""The framework of the next year, begun: what is proposed to the executive committee, nothing of it adopted."""

from datetime import date

from cordee.home.demo.year import YEAR, Year, at
from cordee.people.models import Person
from cordee.reference.actions import Said, change_rule, start_next_edition
from cordee.reference.models import Revision
from cordee.toolkit import clock
from cordee.values.school_year import SchoolYear

COPIED, WRITTEN = date(2025, 1, 13), date(2025, 1, 16)
NAMES = ("value", "label_fr", "label_en", "interpretation", "note")
HALF_DAY = "La demi-journée vaut la moitié du montant journalier, pour toutes les catégories de personnel."
PROPOSED = {
    "rate.professional.day": {"value": "290.00"},
    "rate.professional.half-day": {"value": "145.00"},
    "rate.teacher.half-day": {"interpretation": False, "note": ""},
    "rate.special-education-technician.half-day": {"interpretation": False, "note": ""},
    "rate.support.half-day": {"interpretation": False, "note": ""},
    "rate.manager.half-day": {"interpretation": False, "note": ""},
    "prose.half-day": {"value": HALF_DAY},
    "type.supported.frequency": {"value": "Un maximum de 6 jours par année"},
    "type.supported.yearly-days": {"value": "6"},
    "type.supported.frequency-days": {"value": "6"},
}


def load(year: Year) -> None:
    with clock.standing_at(at(COPIED, 9)):
        coordinator = year.people["solene.belleprise"]
        revision = start_next_edition(year=SchoolYear.parse(YEAR), by=coordinator, on=COPIED)
    for minute, (key, changed) in enumerate(PROPOSED.items()):
        with clock.standing_at(at(WRITTEN, 14, minute)):
            _propose(revision, key, changed, by=year.secretary)


def _propose(revision: Revision, key: str, changed: dict[str, object], *, by: Person) -> None:
    row = revision.rules.get(key=key)
    said = Said(**{name: changed.get(name, getattr(row, name)) for name in NAMES})  # type: ignore[arg-type]
    change_rule(revision=revision, key=key, said=said, seen=row.version or 0, by=by, on=WRITTEN)
