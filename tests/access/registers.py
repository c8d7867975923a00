"""More rows in the registers of privacy, for the pages that list them."""

from datetime import date, timedelta

from cordee.home.demo.year import TODAY, YEAR
from cordee.people.models import Affiliation, Consent, Organization, Person
from cordee.privacy.models import Answer as WrittenAnswer
from cordee.privacy.models import (
    Extension,
    Incident,
    IncidentCorrection,
    Note,
    PlannedPerson,
    PrivacyRequest,
    RetentionHold,
    RetentionRun,
    Withdrawal,
)
from cordee.toolkit import clock
from tests.access.again import START, again
from tests.access.objects import CENTRES, World


def registers(world: World, number: int) -> None:
    """More requests at each step, of who asks again too; incidents and corrections; consents."""
    who, now, day = world.year.people["flavie.ressaut"], clock.now(), START + timedelta(days=number)
    said = {"year": YEAR, "kind": "rectification", "means": "page", "language": "fr", "received_on": START}
    recorded = {"due_on": TODAY, "recorded_by": who, "recorded_at": now}
    asked = [
        PrivacyRequest.objects.create(person=who, number=100 * step + number, **said, **recorded) for step in (1, 2, 3)
    ]
    more = {"days": 5, "reason": "Crue", "until": TODAY, "extended_on": START}
    Extension.objects.create(request=asked[0], **more, extended_by=who, extended_at=now)
    refused = {"outcome": "refused", "text": "Crue", "article": "1", "answered_on": START, "review_until": TODAY}
    WrittenAnswer.objects.create(request=asked[1], **refused, answered_by=who, answered_at=now)
    Note.objects.create(request=asked[1], text="Crue", noted_by=who, noted_at=now)
    Withdrawal.objects.create(request=asked[2], withdrawn_on=START, withdrawn_by=who, withdrawn_at=now)
    first = Incident.objects.order_by("pk")[0]
    again(first, number=100 + number, is_serious=True)
    changed = {"before": {"people_count": number}, "after": {"people_count": 9}, "reason": "Crue"}
    IncidentCorrection.objects.create(incident=first, **changed, corrected_by=who, corrected_at=now)
    given = {"purpose": "image", "version": 1, "given_on": day, "given_at": now, "ends_on": date(2030, 1, 1)}
    Consent.objects.create(person=who, **given)


def retention(world: World, number: int) -> None:
    """More plans that are over, more people in the one that is tried, more who left or are held."""
    who, now, newcomer = world.year.secretary, clock.now(), Person.objects.latest("pk")
    over = {"prepared_by": who, "prepared_at": now, "abandoned_by": who, "abandoned_at": now, "is_open": False}
    RetentionRun.objects.create(on=START, **over)
    PlannedPerson.objects.create(run=world.plan, person=newcomer, ended_on=START, rank=100 + number)
    held, gone = (Person.objects.create(first_name=f"Partie {number}", last_name=name) for name in ("Amont", "Aval"))
    RetentionHold.objects.create(person=held, why="other", held_by=who, held_at=now)
    centre = Organization.objects.get(code=CENTRES["patriotes"])
    term = {"starts_on": date(2014, 7, 1), "ends_on": date(2015, 7, 1)}
    Affiliation.objects.create(person=gone, organization=centre, category="teacher", **term)
