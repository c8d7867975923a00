"""Minutes in each of their states, follow-ups open, late and done, documents and pauses; by the real acts."""

from datetime import date, timedelta

from cordee.communities import actions as communities
from cordee.home.demo.files import DATA
from cordee.home.demo.year import TODAY, Year, at
from cordee.meetings import actions
from cordee.meetings.actions import Point, state_of
from cordee.meetings.models import FollowUp, Meeting, agenda_of
from cordee.meetings.models.outline import outline_of
from cordee.toolkit import clock

AGENDA = ("Accueil et tour de table", "Retour sur les essais en classe", "Suite du plan de travail")
TEXTS = (
    "Chaque personne nomme **un bon coup** depuis la dernière rencontre.",
    """Trois essais sont présentés :

- une lecture partagée au premier cycle;
- un coenseignement en sous-groupes;
- un carnet de traces, *encore à simplifier*.

| Essai | Séances | Élèves |
| --- | ---: | ---: |
| Lecture partagée | 6 | 22 |
| Coenseignement | 4 | 41 |
| Carnet de traces | 3 | 19 |""",
    """## Ce qui est retenu

1. Garder deux essais jusqu’au printemps.
2. Préparer une grille d’observation commune.
3. Déposer les modèles dans les documents de la rencontre.""",
    "Les élèves reviennent plus volontiers au texte quand l’intention est dite d’avance.",
    """Alterner temps de pratique et temps de retour.

> Observer avant d’ajuster.""",
    "La grille commune est adoptée pour les deux prochains essais.",
)
# (meeting, how far its minutes went): the texts above, from the first on.
WRITTEN = {"18-tc-trp/1": 6, "18-tc-trp/2": 6, "18-tc-trp/3": 4, "41-inclusion/2": 6, "41-inclusion/3": 3}
# (meeting, what, who, due): done when its day is before the demonstration's and `done` says so.
FOLLOW_UPS = (
    ("18-tc-trp/1", "Rassembler les modèles de carnet", "josee.bivouac", date(2024, 10, 15), True),
    ("41-inclusion/2", "Proposer une grille d’observation", "delphine.arete", date(2025, 1, 10), False),
    ("18-tc-trp/3", "Essayer la grille dans une classe", "delphine.arete", date(2025, 3, 7), False),
    ("18-tc-trp/3", "Réserver la salle du printemps", "josee.bivouac", date(2025, 1, 31), False),
    ("41-inclusion/3", "Écrire aux directions des écoles visitées", "helene.surplomb", date(2025, 1, 24), False),
)
# (meeting, means, objectives, what to adjust, whether it is proposed to the plan)
PAUSES = (
    ("41-inclusion/1", "yes", "yes", "", False),
    (
        "41-inclusion/2",
        "partly",
        "yes",
        "Raccourcir les présentations pour garder une heure de travail en équipe.",
        True,
    ),
    ("41-inclusion/3", "yes", "partly", "Resserrer le deuxième objectif autour des transitions.", False),
    ("18-tc-trp/3", "yes", "yes", "Tenir une rencontre du printemps à distance.", False),
)
TEXT = "Grille d’observation\n\nIntention :\nCe que l’élève fait :\nCe que l’adulte fait :\n"


def load(year: Year) -> None:
    for key, count in WRITTEN.items():
        _write(year, key, count)
    for key, what, owner, due, _done in FOLLOW_UPS:
        with clock.standing_at(_after(year, key)):
            given = {"what": what, "owner": year.people[owner], "due_on": due}
            actions.add_follow_up(meeting=year.meetings[key], **given, **_who(year, key))
    _finish(year)
    _approve(year)
    _deposit(year)
    for key, means, objectives, adjustments, proposed in PAUSES:
        _pause(year, key, {"means": means, "objectives": objectives, "adjustments": adjustments}, proposed=proposed)


def _write(year: Year, key: str, count: int) -> None:
    meeting, who = year.meetings[key], _who(year, key)
    with clock.standing_at(_after(year, key)):
        if not agenda_of(meeting).exists():
            points = [Point(title, minutes=60) for title in AGENDA]
            actions.write_agenda(meeting=meeting, points=points, seen=state_of([]), **who)
        for entry, text in zip(outline_of(meeting), TEXTS[:count], strict=False):
            actions.write_section(meeting=meeting, key=entry.key, text=text, seen=0, **who)


def _finish(year: Year) -> None:
    done = {what: year.people[owner] for _key, what, owner, _due, is_done in FOLLOW_UPS if is_done}
    for follow_up in FollowUp.objects.filter(what__in=done).select_related("meeting").order_by("pk"):
        with clock.standing_at(at(date(2024, 10, 11), 14)):
            actions.finish_follow_up(follow_up=follow_up, by=done[follow_up.what], on=date(2024, 10, 11))


def _approve(year: Year) -> None:
    """The first minutes are locked and corrected, the second approved at the meeting after it."""
    approved = (("18-tc-trp/1", "18-tc-trp/2"), ("18-tc-trp/2", "18-tc-trp/3"), ("41-inclusion/2", "41-inclusion/3"))
    for key, later in approved:
        with clock.standing_at(_after(year, later)):
            on = year.meetings[later].date
            how = {"way": "at-meeting", "approved_on": None, "at_meeting": year.meetings[later]}
            actions.approve_minutes(meeting=year.meetings[key], **how, **_who(year, key, on))
    first = year.meetings["18-tc-trp/1"]
    with clock.standing_at(at(date(2024, 11, 21), 10)):
        who = _who(year, "18-tc-trp/1", date(2024, 11, 21))
        actions.lock_for_good(meeting=first, **who)
        text, reason = "Lire deux essais en sous-groupes, et non quatre.", "Nombre mal relevé"
        actions.correct_minutes(meeting=first, key="decisions", text=text, reason=reason, **who)


def _deposit(year: Year) -> None:
    table = (DATA / "partenaires.csv").read_bytes()
    for key, name, content in (
        ("18-tc-trp/2", "grille-observation.txt", TEXT.encode()),
        ("18-tc-trp/3", "grille-observation.txt", TEXT.encode()),
        ("18-tc-trp/3", "partenaires.csv", table),
        ("41-inclusion/3", "partenaires.csv", table),
    ):
        with clock.standing_at(_after(year, key)):
            actions.add_document(meeting=year.meetings[key], name=name, content=content, **_who(year, key))


def _pause(year: Year, key: str, answers: dict[str, str], *, proposed: bool) -> None:
    community = year.communities[year.slugs[key]]
    with clock.standing_at(_after(year, key)):
        who = _who(year, key)
        made = communities.record_pause(community=community, meeting=year.meetings[key], seen=0, **answers, **who)
        if proposed:
            communities.propose_plan_change(pause=made, **who)


def _who(year: Year, key: str, on: date | None = None):
    return {"by": year.keeper(year.slugs[key]), "on": on or year.meetings[key].date}


def _after(year: Year, key: str):
    meeting: Meeting = year.meetings[key]
    return at(min(meeting.date, TODAY), meeting.ends_at.hour, meeting.ends_at.minute) + timedelta(minutes=5)
