"""What the demonstration has of the registers the law asks for: requests at every step, incidents, consents."""

from collections.abc import Iterator, Mapping
from datetime import date, time
from typing import Any

from cordee.people.actions.consents import give_consent, withdraw_consent
from cordee.people.models import Person, purposes
from cordee.privacy.actions import (
    Asked,
    Decided,
    Requester,
    answer,
    ask,
    correct_incident,
    extend,
    record_incident,
    record_request,
)
from cordee.privacy.models import PrivacyRequest
from cordee.toolkit import clock
from cordee.toolkit.contributions import demonstrations

SECRETARY, COORDINATOR = "blandine.cordelette", "solene.belleprise"
ASKED: tuple[tuple[str, date, Asked], ...] = (
    ("delphine.arete", date(2024, 11, 18), Asked("access", "Ce qui est noté de ma participation depuis septembre.")),
    ("helene.surplomb", date(2024, 11, 28), Asked("rectification", datum="first_name", proposed="Hélène-Marie")),
    ("sidonie.torrent", date(2024, 12, 23), Asked("portability", "Pour les remettre à mon prochain employeur.")),
    ("fiona.crag", date(2025, 1, 6), Asked("erasure", "Please erase the claims I submitted last year.")),
    (
        "agathe.bivouac",
        date(2025, 1, 9),
        Asked("rectification", "Je suis enseignante depuis janvier.", datum="employment"),
    ),
    ("josee.bivouac", date(2025, 1, 16), Asked("rectification", datum="last_name", proposed="Bivouac-Serein")),
)
REFUSED = "Submitted claims are accounts of the cooperative: the law keeps them seven years."
ANSWERED = {
    "delphine.arete": (date(2024, 11, 25), Decided("granted", "Voici vos présences et tout le reste.")),
    "helene.surplomb": (
        date(2024, 12, 3),
        Decided("refused", "Votre employeur vous inscrit sous l’autre prénom.", "A-2.1, art. 89"),
    ),
    "fiona.crag": (date(2025, 1, 14), Decided("refused", REFUSED, "A-2.1, art. 73; A-21.1, art. 7")),
}
LETTER = Asked("access", "Tout ce que vous avez à mon nom, comme ancienne personne-ressource.")
OUTSIDER = Requester(name="Octave Piémont", email="octave.piemont@exemple.test", language="fr")
SENT_ASTRAY: Mapping[str, Any] = {
    "data": "Noms, employeurs et présences de neuf personnes",
    "data_unknown": "",
    "kind": "release",
    "circumstances": "Un classeur de présences joint à un courriel adressé à une autre communauté.",
    "happened_on": date(2024, 11, 6),
    "happened_until": None,
    "happened_about": False,
    "aware_on": date(2024, 11, 6),
    "people_count": 9,
    "people_about": False,
    "sensitivity": "low",
    "consequences": "Curiosité de collègues; aucune fraude possible avec ces données.",
    "likelihood": "low",
    "is_serious": False,
    "risk_elements": "Données professionnelles, lues par trois collègues connus, qui les ont détruites le jour même.",
    "told_commission_on": None,
    "told_persons_on": None,
    "public_notice_on": None,
    "public_notice_reason": "",
    "others_told": "",
    "measures": "Rappel du courriel et destruction demandée.",
}
LOST = {
    **SENT_ASTRAY,
    "data": "Noms, adresses courriel et motifs d’absence de vingt-trois personnes",
    "kind": "loss",
    "circumstances": "Un ordinateur portable sans chiffrement oublié dans un train.",
    "happened_on": date(2025, 1, 15),
    "aware_on": date(2025, 1, 16),
    "people_count": 23,
    "people_about": True,
    "sensitivity": "high",
    "consequences": "Humiliation, atteinte à la réputation, car des motifs d’absence touchent à la santé.",
    "likelihood": "middle",
    "is_serious": True,
    "risk_elements": "Renseignements sur la santé, appareil non chiffré et non retrouvé.",
    "told_commission_on": date(2025, 1, 17),
    "measures": "Mots de passe changés, appareil déclaré volé, chiffrement exigé sur les autres.",
}
CONSENTS = (
    ("delphine.arete", "image", date(2024, 10, 2)),
    ("delphine.arete", "recording", date(2024, 10, 2)),
    ("josee.bivouac", "recording", date(2024, 10, 8)),
    ("helene.surplomb", "image", date(2024, 10, 9)),
)
CHANGED_THEIR_MIND = ("helene.surplomb", date(2024, 12, 4))


@demonstrations.contribute
def keep_the_registers(people: Mapping[str, Person]) -> Iterator[str]:
    for key, on, asked in ASKED:
        with clock.standing_at(clock.at(on, time(9))):
            made = ask(asked=asked, by=people[key], on=on)
        if key in ANSWERED:
            answered_on, decided = ANSWERED[key]
            _answer(made, decided, by=people[SECRETARY], on=answered_on)
        yield made.reference
    yield _letter(people[COORDINATOR]).reference
    yield from _incidents(people[SECRETARY])


def _answer(made: PrivacyRequest, decided: Decided, *, by: Person, on: date) -> None:
    with clock.standing_at(clock.at(on, time(14))):
        answer(request=made, decided=decided, by=by, on=on)


def _letter(by: Person) -> PrivacyRequest:
    """Received before the holidays, extended the day before its end."""
    came, extended = date(2024, 12, 20), date(2025, 1, 8)
    with clock.standing_at(clock.at(came, time(15))):
        made = record_request(asked=LETTER, requester=OUTSIDER, means="letter", received_on=came, by=by, on=came)
    with clock.standing_at(clock.at(extended, time(11))):
        extend(request=made, days=10, reason="Les dossiers d’avant 2022 sont à relire un à un.", by=by, on=extended)
    return made


def _incidents(by: Person) -> Iterator[str]:
    known, again, lost = date(2024, 11, 6), date(2024, 11, 12), date(2025, 1, 17)
    with clock.standing_at(clock.at(known, time(16))):
        made = record_incident(said=SENT_ASTRAY, by=by, on=known)
    said = {**SENT_ASTRAY, "measures": "Rappel du courriel; destruction demandée et confirmée par écrit."}
    with clock.standing_at(clock.at(again, time(10))):
        correct_incident(incident=made, said=said, reason="Confirmations reçues", seen=1, by=by, on=again)
    with clock.standing_at(clock.at(lost, time(9))):
        yield from (made.reference, record_incident(said=LOST, by=by, on=lost).reference)


@demonstrations.contribute
def give_consents(people: Mapping[str, Person]) -> Iterator[str]:
    given = {}
    for key, purpose, on in CONSENTS:
        with clock.standing_at(clock.at(on, time(12))):
            given[key] = give_consent(person=people[key], purpose=purposes()[purpose], version=1, by=people[key], on=on)
        yield f"{key} {purpose}"
    who, on = CHANGED_THEIR_MIND
    with clock.standing_at(clock.at(on, time(12))):
        withdraw_consent(consent=given[who], by=people[who], on=on)
