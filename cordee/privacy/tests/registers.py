"""A world with the rules of the year in force, and what its registers start from."""

from datetime import date, timedelta

from django.core.management import call_command

from cordee.meetings.tests import factory
from cordee.privacy.actions import Asked, Requester, ask, record_request

TODAY = factory.TODAY
DUE = date(2025, 2, 10)
PROPOSED = Asked("rectification", datum="last_name", proposed="Piolet-Névé")
INCIDENT = {
    "data": "Noms et adresses courriel",
    "data_unknown": "",
    "kind": "release",
    "circumstances": "Un classeur envoyé à une adresse inventée.",
    "happened_on": date(2025, 1, 15),
    "happened_until": None,
    "happened_about": False,
    "aware_on": date(2025, 1, 16),
    "people_count": 12,
    "people_about": True,
    "sensitivity": "low",
    "consequences": "Pourriels.",
    "likelihood": "low",
    "is_serious": False,
    "risk_elements": "Une seule destinataire, qui a détruit le classeur.",
    "told_commission_on": None,
    "told_persons_on": None,
    "public_notice_on": None,
    "public_notice_reason": "",
    "others_told": "",
    "measures": "Destruction confirmée; la liste d’envoi est corrigée.",
}


def world_with_rules():
    call_command("load_edition", "2024-2025", "--in-force")
    made = factory.world()
    made.coordinator = factory.person("Coralie")
    factory.duty(made.coordinator, "coordinator")
    return made


def access(person, what="", on=TODAY):
    return ask(asked=Asked("access", what), by=person, on=on)


def by_letter(world, *, kind="access", received_on=TODAY - timedelta(days=3), **who):
    return record_request(
        asked=Asked(kind, "Ce que vous avez sur moi."),
        requester=Requester(language="fr", **(who or {"name": "Lettre Postée", "email": "lettre@exemple.test"})),
        means="letter",
        received_on=received_on,
        by=world.secretary,
        on=TODAY,
    )
