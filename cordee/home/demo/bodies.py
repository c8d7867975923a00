"""The bodies of the invented year: the adoption of the cadre 2024-2025, who sits where, what was decided."""

from datetime import date

from cordee.governance import actions
from cordee.governance.actions import Said
from cordee.governance.models import Body, Mandate, Outcome
from cordee.home.demo.year import YEAR, Year, at
from cordee.reference.models import Revision
from cordee.toolkit import clock

# Each step: when it was decided, the meeting it was taken at, its text.
ADOPTED = (
    (date(2024, 3, 14), "", "Le comité exécutif a révisé le cadre et le soumet au grand groupe."),
    (date(2024, 6, 4), "", "Le grand groupe valide le cadre et le recommande à la Table des directions générales."),
    (date(2024, 9, 12), "tdg/1", "La TDG approuve le cadre, qui vaut depuis juillet 2024."),
)
SUBJECTS = ("Révision du cadre 2024-2025", "Validation du cadre 2024-2025", "Approbation du cadre 2024-2025")
NAMED = date(2024, 9, 13)
FIRST, SECOND = date(2023, 7, 1), date(2024, 7, 1)
# Seat, its rank, who holds it, since when: half of the committee is renewed each year.
SEATS = (
    ("chair", 1, "helene.surplomb", FIRST),
    ("chair", 2, "ombeline.versant", SECOND),
    ("general-education", 1, "thais.cimefolle", FIRST),
    ("special-education", 1, "basile.rappel", SECOND),
    ("complementary-services", 1, "gilberte.ubac", FIRST),
    ("treasurer", 1, "gaspard.relais", FIRST),
    ("planning", 1, "cecily.headwall", SECOND),
    ("executive", 1, "gustave.combe", SECOND),
    ("executive", 2, "alix.nuage", FIRST),
)
LEAVING, SAID_ON = "thais.cimefolle", date(2025, 1, 9)
DECIDED = (
    (
        "27-comite-executif/1",
        Said(
            "Compensation accordée à 40-CCQ",
            "La compensation est accordée pour 2024-2025, dans la limite de la règle.",
        ),
    ),
    (
        "27-comite-executif/2",
        Said(
            "Compensation accordée à trois communautés soutenues",
            "24-Français, 38-Compétences socioémotionnelles et 21-Mesures de contrôle, pour 2024-2025.",
            Outcome.AMENDED,
            "Le coût dépassait la prévision, alors la proposition est ramenée à trois communautés au lieu de quatre.",
        ),
    ),
    (
        "27-comite-executif/4",
        Said(
            "Une onzième rencontre du comité",
            "",
            Outcome.WITHDRAWN,
            "Le cadre prévoit au plus dix rencontres, alors le point est traité par courriel.",
        ),
    ),
)


def adopt(year: Year) -> None:
    """The steps the cadre names, each by a decision written down on its day; the last puts it in force."""
    revision = Revision.objects.get(edition__year=YEAR, number=1)
    for number, ((on, meeting, text), subject) in enumerate(zip(ADOPTED, SUBJECTS, strict=True), start=1):
        with clock.standing_at(at(on, 15)):
            actions.decide_step(
                revision=revision,
                number=number,
                decided_on=on,
                meeting=year.meetings.get(meeting),
                said=Said(subject, text),
                by=year.secretary,
                on=on,
            )


def fill_seats(year: Year) -> None:
    body = Body.objects.get(key="executive")
    with clock.standing_at(at(NAMED, 9)):
        for code, rank, person, since in SEATS:
            named = {"code": code, "rank": rank, "person": year.people[person], "starts_on": since}
            actions.name_member(body=body, **named, by=year.secretary, on=NAMED)
    with clock.standing_at(at(SAID_ON, 10)):
        actions.give_notice(
            mandate=Mandate.objects.get(person=year.people[LEAVING]),
            wish="leave",
            said_on=SAID_ON,
            by=year.people[LEAVING],
            on=SAID_ON,
        )


def decide(year: Year) -> None:
    body = Body.objects.get(key="executive")
    for key, said in DECIDED:
        meeting = year.meetings[key]
        with clock.standing_at(at(meeting.date, 16)):
            actions.record_decision(
                body=body, decided_on=meeting.date, said=said, meeting=meeting, by=year.secretary, on=meeting.date
            )
