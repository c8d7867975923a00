"""What was planned around the meetings: announced or still drafts, series, moves, agendas and one template."""

from datetime import date, time, timedelta
from uuid import NAMESPACE_URL, uuid5

from cordee.home.demo.year import TODAY, Year, at
from cordee.meetings.models import AgendaItem, AgendaTemplate, AgendaTemplateItem, Announcement, Meeting, Move

# Only those who run these groups know of them yet.
DRAFTS = {"18-tc-trp/5", "41-inclusion/5", "27-comite-executif/9", "27-comite-executif/10", "16-ehdaa/5"}
SERIES = ("27-comite-executif", "18-tc-trp", "grand-groupe")
# Where a meeting stood before it moved, why, and when that was written down.
MOVED = {
    "18-tc-trp/4": (date(2025, 3, 11), time(9), time(15, 30), "La salle n’est pas libre le 11.", date(2025, 1, 9)),
    "41-inclusion/4": (
        date(2025, 1, 21),
        time(9),
        time(15, 30),
        "Journée pédagogique dans trois CSS.",
        date(2024, 12, 16),
    ),
    "08-numeratie/4": (
        date(2025, 2, 13),
        time(8, 30),
        time(15),
        "Le transport du matin arrive plus tard.",
        date(2025, 1, 13),
    ),
}
# Who brings a point is the key of a person; None for nobody in particular.
AGENDAS = {
    "18-tc-trp/4": (
        ("Tour des milieux", "josee.bivouac", 30),
        ("Outils d’observation essayés dans les milieux", None, 90),
        ("Arrêt sur nos moyens et nos objectifs", "josee.bivouac", 45),
        ("Atelier en sous-groupes", None, 120),
        ("Suites et prochaine rencontre", "josee.bivouac", 20),
    ),
    # Longer than its 90 minutes: the page says so.
    "27-comite-executif/5": (
        ("Suivi du budget de mi-année", "gaspard.relais", 45),
        ("Anomalies des centres", "blandine.cordelette", 30),
        ("Préparation du grand groupe", "solene.belleprise", 30),
    ),
    "41-inclusion/4": (
        ("Mot de bienvenue", None, 15),
        ("Relecture du cadre d’intervention en équipes", "helene.surplomb", 180),
        ("Retour sur nos façons de faire", None, 45),
    ),
}
TEMPLATE = (("Tour des milieux", 30), ("Travaux", 180), ("Retour sur nos façons de faire", 45), ("Suites", 20))
LINKS = ("virtual", "hybrid")


def plan(year: Year) -> None:
    set_links_and_series(year)
    announce(year)
    move(year)
    write_agendas(year)


def set_links_and_series(year: Year) -> None:
    for key, meeting in year.meetings.items():
        slug = year.slugs[key]
        if meeting.modality in LINKS:
            meeting.link = f"https://rencontre.exemple.test/{key}"
        if slug in SERIES:
            meeting.series = uuid5(NAMESPACE_URL, f"https://cordee.exemple.test/{slug}")
        meeting.sequence = (key in MOVED) + (key in year.cancelled)
    Meeting.objects.bulk_update(year.meetings.values(), ["link", "series", "sequence"])


def announce(year: Year) -> None:
    """Five weeks before; what was added later, a week before today."""
    Announcement.objects.bulk_create(
        Announcement(
            meeting=meeting,
            announced_by=year.keeper(year.slugs[key]),
            announced_at=at(min(meeting.date - timedelta(weeks=5), TODAY - timedelta(weeks=1)), 15, 30),
        )
        for key, meeting in year.meetings.items()
        if key not in DRAFTS
    )


def move(year: Year) -> None:
    Move.objects.bulk_create(
        Move(
            meeting=year.meetings[key],
            date_before=day,
            starts_before=starts,
            ends_before=ends,
            date_after=year.meetings[key].date,
            starts_after=year.meetings[key].starts_at,
            ends_after=year.meetings[key].ends_at,
            reason=reason,
            moved_by=year.keeper(year.slugs[key]),
            moved_at=at(on, 10, 15),
        )
        for key, (day, starts, ends, reason, on) in MOVED.items()
    )


def write_agendas(year: Year) -> None:
    AgendaItem.objects.bulk_create(
        AgendaItem(
            meeting=year.meetings[key],
            position=position,
            title=title,
            owner=year.people[owner] if owner else None,
            minutes=minutes,
        )
        for key, points in AGENDAS.items()
        for position, (title, owner, minutes) in enumerate(points, start=1)
    )
    template = AgendaTemplate.objects.create(
        group=year.groups["18-tc-trp"], saved_by=year.people["josee.bivouac"], saved_at=at(date(2024, 9, 25), 11)
    )
    AgendaTemplateItem.objects.bulk_create(
        AgendaTemplateItem(template=template, position=position, title=title, minutes=minutes)
        for position, (title, minutes) in enumerate(TEMPLATE, start=1)
    )
