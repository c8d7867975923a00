"""The meetings of the year, and those that were cancelled."""

from datetime import date, time

from cordee.home.demo.files import rows
from cordee.home.demo.year import Year, at
from cordee.meetings.models import Cancellation, Meeting

# Why, by whom it was written down, and when.
CANCELLED = {
    "douance/2": ("Tempête : les écoles sont fermées.", date(2024, 12, 4)),
    "ergotherapeutes/2": ("Moins de la moitié des personnes pouvaient venir.", date(2024, 11, 18)),
    "cvi/1": ("La personne invitée n’était plus disponible.", date(2024, 9, 27)),
    "arts/2": ("Remise au printemps, à la demande du groupe.", date(2024, 11, 11)),
    "sanction-des-etudes/3": ("Reportée après la session d’examens.", date(2025, 1, 17)),
    "15-dim-dip/5": ("Journée jumelée à celle de février.", date(2025, 1, 13)),
}


def load_meetings(year: Year) -> None:
    listed = rows("rencontres.csv")
    created = Meeting.objects.bulk_create(_meeting(year, row) for row in listed)
    for row, meeting in zip(listed, created, strict=True):
        year.meetings[row["cle"]] = meeting
        year.slugs[row["cle"]] = row["groupe"]
    year.cancelled = set(CANCELLED)
    Cancellation.objects.bulk_create(
        Cancellation(
            meeting=year.meetings[key],
            reason=reason,
            cancelled_by=year.keeper(year.slugs[key]),
            cancelled_at=at(min(on, year.meetings[key].date), 7, 40),
        )
        for key, (reason, on) in CANCELLED.items()
    )


def _meeting(year: Year, row: dict[str, str]) -> Meeting:
    return Meeting(
        group=year.groups[row["groupe"]],
        title=row["titre"],
        date=date.fromisoformat(row["date"]),
        starts_at=time.fromisoformat(row["debut"]),
        ends_at=time.fromisoformat(row["fin"]),
        planned_portion=row["portion"],
        modality=row["modalite"],
        place=row["lieu"],
    )
