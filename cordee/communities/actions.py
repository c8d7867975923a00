"""Decisions of the executive committee and agreements of superiors, recorded with who wrote them down and when."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy

from cordee.communities import policy
from cordee.communities.models import Community, CompensationGrant, LimitExtension, ParticipationAgreement
from cordee.people.models import Person
from cordee.records import journal
from cordee.toolkit import clock
from cordee.toolkit.access import enforce
from cordee.toolkit.refusals import Refusal


class AlreadyGranted(Refusal):
    sentence = gettext_lazy("La compensation de cette communauté est déjà accordée pour l’année. Rechargez la page.")


class AlreadyAgreed(Refusal):
    sentence = gettext_lazy("Une entente couvre déjà l’année de cette personne. Rechargez la page.")


class NotYetDecided(Refusal):
    status = 422
    sentence = gettext_lazy("La date est à venir. Inscrivez la décision ou l’entente une fois qu’elle est prise.")


@transaction.atomic
def grant_compensation(
    *, community: Community, year: str, decision: str, decided_on: date, by: Person, on: date
) -> CompensationGrant:
    """The executive committee grants a supported community its compensation for the year."""
    enforce(policy.records_committee_decisions(by, on=on))
    _require_past(decided_on, on)
    try:
        with transaction.atomic():
            grant = CompensationGrant.objects.create(
                community=community,
                year=year,
                decision=decision,
                decided_on=decided_on,
                recorded_by=by,
                recorded_at=clock.now(),
            )
    except IntegrityError:
        raise AlreadyGranted from None
    journal.write("community.compensation_granted", community, by=by, year=year, decision=decision)
    return grant


@transaction.atomic
def extend_limit(
    *,
    community: Community,
    person: Person,
    year: str,
    half_days: int,
    decision: str,
    decided_on: date,
    by: Person,
    on: date,
) -> LimitExtension:
    """The executive committee gives one person more half days than the yearly limit in one community."""
    enforce(policy.records_committee_decisions(by, on=on))
    _require_past(decided_on, on)
    extension = LimitExtension.objects.create(
        community=community,
        person=person,
        year=year,
        half_days=half_days,
        decision=decision,
        decided_on=decided_on,
        recorded_by=by,
        recorded_at=clock.now(),
    )
    told = {"person": person.pk, "half_days": half_days, "decision": decision}
    journal.write("community.limit_extended", community, by=by, **told)
    return extension


@transaction.atomic
def record_agreement(
    *, person: Person, year: str, superior: str, agreed_on: date, by: Person, on: date
) -> ParticipationAgreement:
    """An immediate superior agrees to a second supported community; the agreement covers the school year."""
    enforce(policy.can_record_agreement(by, person, on=on))
    _require_past(agreed_on, on)
    try:
        with transaction.atomic():
            agreement = ParticipationAgreement.objects.create(
                person=person,
                year=year,
                superior=superior,
                agreed_on=agreed_on,
                recorded_by=by,
                recorded_at=clock.now(),
            )
    except IntegrityError:
        raise AlreadyAgreed from None
    journal.write("person.agreement_recorded", person, by=by, year=year, superior=superior, agreed_on=agreed_on)
    return agreement


def _require_past(day: date, on: date) -> None:
    if day > on:
        raise NotYetDecided
