"""Recording who holds a duty and until when; what gives the most rights takes two people."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.people import policy
from cordee.people.models import Delegation, Duty, DutyCode, DutyConfirmation, Organization, Person
from cordee.records import journal
from cordee.toolkit import clock
from cordee.toolkit.access import enforce
from cordee.toolkit.contributions import duty_holds
from cordee.toolkit.formats import date_long
from cordee.toolkit.refusals import Refusal, Unreadable

# The others are of the cooperative. A mandate alone gives a seat on the committee.
OF_ORGANIZATIONS = (DutyCode.BILLING_OFFICER, DutyCode.EDUCATIONAL_DIRECTOR, DutyCode.DIRECTOR_GENERAL)
RECORDED = tuple(code for code in DutyCode if code != DutyCode.EXECUTIVE_COMMITTEE)


class WrongPlace(Unreadable):
    sentence = gettext_lazy(
        "La facturation et les directions sont d’une organisation, les autres fonctions de la coopérative. "
        "Choisissez l’organisation, ou laissez-la vide."
    )


class WrongDates(Unreadable):
    sentence = gettext_lazy("La fin doit suivre le début. Corrigez l’une des deux dates.")


class HeldAlready(Refusal):
    sentence = gettext_lazy("Cette personne a déjà cette fonction à ces dates. Changez-en plutôt la fin.")


class KeptApart(Refusal):
    """`code` would meet `held` in the same hands."""

    def __init__(self, code: str, held: str) -> None:
        words = {"one": DutyCode(code).label, "other": DutyCode(held).label}
        text = _("« %(one)s » et « %(other)s » ne vont pas à la même personne à la fois. Choisissez quelqu’un d’autre.")
        super().__init__(text % words)


class ConfirmedAlready(Refusal):
    sentence = gettext_lazy("Cette fonction est déjà confirmée. Rechargez la page.")


class RecordedTooLongAgo(Refusal):
    sentence = gettext_lazy(
        "Une fonction se retire le jour où elle a été inscrite, ou avant sa confirmation. Inscrivez plutôt sa fin."
    )


class LongerTakesTwo(Refusal):
    def __init__(self, ends_on: date) -> None:
        text = _("Cette fonction finit le %(day)s : pour la prolonger, inscrivez-la de nouveau depuis ce jour.")
        super().__init__(text % {"day": date_long(ends_on)})


class DutyRests(Refusal):
    """What an upper app says against ending a duty here."""


@transaction.atomic
def record_duty(
    *,
    person: Person,
    code: str,
    organization: Organization | None,
    starts_on: date,
    ends_on: date | None,
    by: Person,
    on: date,
) -> Duty:
    """Write that someone holds a duty from a day until a day (excluded). Raises WrongPlace, WrongDates, HeldAlready or
    KeptApart; what `policy.TO_CONFIRM` names gives no right before `confirm_duty`."""
    enforce(policy.can_record_duty(by, person, on=on))
    if code not in RECORDED or (organization is not None) != (code in OF_ORGANIZATIONS):
        raise WrongPlace
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)  # two who record at once wait for each other
    same = Duty.objects.filter(person=person, code=code, organization=organization)
    if _during(same, starts_on, ends_on).exists():
        raise HeldAlready
    duty = give_duty(person=person, code=code, organization=organization, starts_on=starts_on, ends_on=ends_on, by=by)
    where = organization.short_name if organization else ""
    journal.write("duty.recorded", person, by=by, duty=code, organization=where, starts_on=starts_on, ends_on=ends_on)
    return duty


def give_duty(
    *,
    person: Person,
    code: str,
    starts_on: date,
    ends_on: date | None,
    by: Person,
    organization: Organization | None = None,
) -> Duty:
    """Without a journal entry of its own: part of another act. Raises WrongDates or KeptApart."""
    if ends_on and ends_on <= starts_on:
        raise WrongDates
    require_apart(person, code, starts_on, ends_on)
    return Duty.objects.create(
        person=person,
        code=code,
        organization=organization,
        starts_on=starts_on,
        ends_on=ends_on,
        is_pending=code in policy.TO_CONFIRM,
        recorded_by=by,
        recorded_at=clock.now(),
    )


def require_apart(person: Person, code: str, starts_on: date, ends_on: date | None) -> None:
    """Raise KeptApart when the person holds, awaits or is lent on some day of the period what must not meet `code`."""
    others = policy.APART_FROM_TREASURER if code == DutyCode.TREASURER else (DutyCode.TREASURER,)
    if code != DutyCode.TREASURER and code not in policy.APART_FROM_TREASURER:
        return
    own = _during(Duty.objects.filter(person=person, code__in=others), starts_on, ends_on)
    lent = _during(Delegation.objects.standing().filter(delegate=person, duty__code__in=others), starts_on, ends_on)
    held = [
        *own.order_by("pk").values_list("code", flat=True),
        *lent.order_by("pk").values_list("duty__code", flat=True),
    ]
    if held:
        raise KeptApart(code, held[0])


def _during(rows: QuerySet[Any], starts_on: date, ends_on: date | None) -> QuerySet[Any]:
    running = rows.filter(Q(ends_on=None) | Q(ends_on__gt=starts_on))
    return running.filter(starts_on__lt=ends_on) if ends_on else running


@transaction.atomic
def confirm_duty(*, duty: Duty, by: Person, on: date) -> DutyConfirmation:
    """The second of the two people it takes: from then on it gives its rights. Raises ConfirmedAlready."""
    duty = _locked(duty)
    enforce(policy.can_confirm_duty(by, duty, on=on))
    if not duty.is_pending:
        raise ConfirmedAlready
    duty.is_pending = False
    duty.save(update_fields=["is_pending"])
    done = DutyConfirmation.objects.create(duty=duty, confirmed_by=by, confirmed_at=clock.now())
    journal.write("duty.confirmed", duty.person, by=by, duty=duty.code, starts_on=duty.starts_on)
    return done


@transaction.atomic
def end_duty(*, duty: Duty, ends_on: date | None, by: Person, on: date) -> Duty:
    """It is held until that day (excluded), or still when None. Raises WrongDates, DutyRests or what forbids to give it
    longer."""
    duty = _locked(duty)
    enforce(policy.can_record_duty(by, duty.person, on=on))
    if ends_on and ends_on <= duty.starts_on:
        raise WrongDates
    for verdict in duty_holds.collect(duty):
        if not verdict:
            raise DutyRests(verdict.reason)
    before = duty.ends_on
    if before and (ends_on is None or ends_on > before):
        _require_room(duty, before, ends_on)
    duty.ends_on = ends_on
    duty.save(update_fields=["ends_on"])
    change = {"before": {"ends_on": before}, "after": {"ends_on": ends_on}}
    journal.write("duty.ended", duty.person, by=by, duty=duty.code, **change)
    return duty


def _require_room(duty: Duty, before: date, ends_on: date | None) -> None:
    """What holds it longer is giving it again: alone, nobody gives what takes two."""
    if duty.code in policy.TO_CONFIRM:
        raise LongerTakesTwo(before)
    same = Duty.objects.filter(person=duty.person, code=duty.code, organization=duty.organization).exclude(pk=duty.pk)
    if _during(same, before, ends_on).exists():
        raise HeldAlready
    require_apart(duty.person, duty.code, before, ends_on)


@transaction.atomic
def withdraw_duty(*, duty: Duty, by: Person, on: date) -> None:
    """Undo a recording that nobody confirmed, or of the same day on which nothing rests. Raises RecordedTooLongAgo."""
    duty = _locked(duty)
    enforce(policy.can_record_duty(by, duty.person, on=on))
    written_today = duty.recorded_at is not None and clock.local_day(duty.recorded_at) == on
    rests = hasattr(duty, "confirmation") or duty.delegations.exists()
    if rests or not (duty.is_pending or written_today):
        raise RecordedTooLongAgo
    for verdict in duty_holds.collect(duty):
        if not verdict:
            raise DutyRests(verdict.reason)
    journal.write("duty.withdrawn", duty.person, by=by, duty=duty.code, starts_on=duty.starts_on)
    duty.delete()


def _locked(duty: Duty) -> Duty:
    return Duty.objects.select_for_update(of=("self",)).select_related("person", "organization").get(pk=duty.pk)
