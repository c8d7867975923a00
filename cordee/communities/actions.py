"""Decisions of the executive committee and agreements of superiors, recorded with who wrote them down and when."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy

from cordee.communities import policy
from cordee.communities.models import (
    Community,
    CompensationGrant,
    ImprovementPause,
    LimitExtension,
    ParticipationAgreement,
    PlanChange,
)
from cordee.meetings.actions import language
from cordee.meetings.models import Meeting
from cordee.people.models import Person
from cordee.records import journal
from cordee.toolkit import clock
from cordee.toolkit.access import enforce
from cordee.toolkit.refusals import Refusal
from cordee.values.school_year import SchoolYear


class AlreadyGranted(Refusal):
    sentence = gettext_lazy("La compensation de cette communauté est déjà accordée pour l’année. Rechargez la page.")


class AlreadyAgreed(Refusal):
    sentence = gettext_lazy("Une entente couvre déjà l’année de cette personne. Rechargez la page.")


class NotYetDecided(Refusal):
    status = 422
    sentence = gettext_lazy("La date est à venir. Inscrivez la décision ou l’entente une fois qu’elle est prise.")


class PauseNotHeld(Refusal):
    sentence = gettext_lazy("Le temps d’arrêt se fait à une rencontre tenue. Inscrivez-le ce jour-là ou après.")


class StalePause(Refusal):
    sentence = gettext_lazy(
        "Quelqu’un d’autre a inscrit ce temps d’arrêt pendant que vous l’écriviez. Rien n’a été remplacé : copiez votre"
        " texte, rechargez la page, puis ajoutez-le au sien."
    )


class AlreadyProposed(Refusal):
    sentence = gettext_lazy("Un changement est déjà proposé à partir de ce temps d’arrêt. Rechargez la page.")


class NothingProposed(Refusal):
    sentence = gettext_lazy("Aucun changement n’est proposé à partir de ce temps d’arrêt. Rechargez la page.")


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


@transaction.atomic
def record_pause(
    *,
    community: Community,
    meeting: Meeting,
    means: str,
    objectives: str,
    adjustments: str,
    seen: int,
    by: Person,
    on: date,
) -> ImprovementPause:
    """What the pause of a meeting concluded; `seen` is the version one started from, 0 for a new one."""
    enforce(policy.can_pause(by, community, on=on))
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    if meeting.group_id != community.group_id or not meeting.is_held(on):
        raise PauseNotHeld
    pause = ImprovementPause.objects.filter(meeting=meeting).first()
    if (pause.version if pause else 0) != seen:
        raise StalePause
    pause = pause or ImprovementPause(community=community, meeting=meeting, version=0)
    pause.means, pause.objectives, pause.adjustments = means, objectives, adjustments
    pause.version, pause.language, pause.written_by, pause.written_at = seen + 1, language(), by, clock.now()
    pause.save()
    journal.write("community.paused", community, by=by, meeting=meeting.pk, means=means, objectives=objectives)
    return pause


def propose_plan_change(*, pause: ImprovementPause, by: Person, on: date) -> PlanChange:
    """The change of the year's plan that a pause asks for."""
    enforce(policy.can_pause(by, pause.community, on=on))
    try:
        with transaction.atomic():
            change = PlanChange.objects.create(
                community=pause.community,
                year=str(SchoolYear.containing(pause.meeting.date)),
                pause=pause,
                what=pause.adjustments,
                language=pause.language,
                proposed_by=by,
                proposed_at=clock.now(),
            )
            journal.write("community.plan_change_proposed", pause.community, by=by, meeting=pause.meeting_id)
    except IntegrityError:
        raise AlreadyProposed from None
    return change


@transaction.atomic
def withdraw_plan_change(*, pause: ImprovementPause, by: Person, on: date) -> None:
    """The pause asks for no change of the plan any more. Raises NothingProposed."""
    enforce(policy.can_pause(by, pause.community, on=on))
    gone, _each = PlanChange.objects.filter(pause=pause).delete()
    if not gone:
        raise NothingProposed
    journal.write("community.plan_change_withdrawn", pause.community, by=by, meeting=pause.meeting_id)


def _require_past(day: date, on: date) -> None:
    if day > on:
        raise NotYetDecided
