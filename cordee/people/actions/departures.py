"""Someone leaves their employer: what ends with it that day, taken back while nothing rests on it."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy

from cordee.people import policy
from cordee.people.actions.accounts import withdraw_pending
from cordee.people.actions.duties import require_apart
from cordee.people.actions.sessions import end_sessions
from cordee.people.models import Affiliation, Delegation, Departure, Duty, Membership, Person, User
from cordee.records import journal
from cordee.toolkit import clock
from cordee.toolkit.access import enforce
from cordee.toolkit.refusals import Refusal, Unreadable

# Later, giving back what it ended would be giving duties, which some of them take two people to give.
UNDONE_WITHIN = timedelta(days=30)


class OutsideEmployment(Unreadable):
    sentence = gettext_lazy("Ce jour n’est pas dans la période de l’affiliation. Choisissez un jour où elle vaut.")


class LeftAlready(Refusal):
    sentence = gettext_lazy("Ce départ est déjà inscrit. Rechargez la page pour le voir.")


class TooLateToUndo(Refusal):
    sentence = gettext_lazy(
        "Un départ s’annule dans les trente jours. Inscrivez plutôt un nouvel employeur et ses fonctions."
    )


class SomethingRests(Refusal):
    sentence = gettext_lazy(
        "Ce départ ne s’annule plus : un autre employeur, une participation ou une fonction le suit déjà. "
        "Corrigez plutôt ce qui a suivi."
    )


@transaction.atomic
def record_departure(
    *, affiliation: Affiliation, left_on: date, account_until: date | None, by: Person, on: date
) -> Departure:
    """`left_on` is the first day without the employer. The affiliation ends, and with it every participation, the
    duties for that employer and for the cooperative, what others lent them, and an invitation that waits.

    The account stays, for what is their own, until `account_until`. Raises OutsideEmployment or LeftAlready.
    """
    affiliation = Affiliation.objects.select_for_update(of=("self",)).select_related("person").get(pk=affiliation.pk)
    enforce(policy.can_record_departure(by, affiliation, on=on))
    if Departure.objects.standing().filter(affiliation=affiliation).exists():
        raise LeftAlready
    if left_on <= affiliation.starts_on or (affiliation.ends_on and left_on > affiliation.ends_on):
        raise OutsideEmployment
    ended = {name: _shorten(rows, left_on) for name, rows in what_ends(affiliation, left_on)}
    withdraw_pending(affiliation.person)
    departure = Departure.objects.create(
        person=affiliation.person,
        affiliation=affiliation,
        left_on=left_on,
        account_until=account_until,
        ended=ended,
        recorded_by=by,
        recorded_at=clock.now(),
    )
    counts = {name: len(rows) for name, rows in ended.items() if rows}
    journal.write("person.left", affiliation.person, by=by, left_on=left_on, account_until=account_until, ended=counts)
    return departure


def what_ends(affiliation: Affiliation, left_on: date) -> Iterator[tuple[str, models.QuerySet[Any]]]:
    """The rows in force around that day, by the name of their table. What starts later belongs to what follows."""
    person = affiliation.person_id
    of_employer = models.Q(organization=None) | models.Q(organization=affiliation.organization_id)
    rows: dict[str, models.QuerySet[Any]] = {
        "affiliations": Affiliation.objects.filter(pk=affiliation.pk),
        "participations": Membership.objects.filter(person=person),
        "duties": Duty.objects.filter(of_employer, person=person),
        "delegations": Delegation.objects.standing().filter(delegate=person),
    }
    running = models.Q(ends_on=None) | models.Q(ends_on__gt=left_on)
    for name, found in rows.items():
        yield name, found.filter(running, starts_on__lt=left_on).order_by("pk")


def _shorten(rows: models.QuerySet[Any], left_on: date) -> list[list[Any]]:
    """Each row with the end it had."""
    before = [
        [row.pk, row.ends_on.isoformat() if row.ends_on else None] for row in rows.select_for_update(of=("self",))
    ]
    rows.model._default_manager.filter(pk__in=[pk for pk, _end in before]).update(ends_on=left_on)
    return before


@transaction.atomic
def undo_departure(*, departure: Departure, by: Person, on: date) -> None:
    """Everything it ended ends again when it did. Raises TooLateToUndo; SomethingRests when something follows it or
    changed since; KeptApart when a duty given meanwhile must not meet one that would come back."""
    departure = Departure.objects.select_for_update(of=("self",)).select_related("affiliation").get(pk=departure.pk)
    enforce(policy.can_record_departure(by, departure.affiliation, on=on))
    if departure.undone_at:
        raise SomethingRests
    if clock.local_day(departure.recorded_at) + UNDONE_WITHIN < on:
        raise TooLateToUndo
    models_by_name = {"affiliations": Affiliation, "participations": Membership, "duties": Duty}
    try:
        with transaction.atomic():
            for name, model in {**models_by_name, "delegations": Delegation}.items():
                _give_back(model, departure.ended.get(name, []), departure.left_on)
            for duty in Duty.objects.filter(pk__in=[pk for pk, _end in departure.ended["duties"]]).order_by("pk"):
                require_apart(departure.person, duty.code, departure.left_on, duty.ends_on)
    except IntegrityError:
        raise SomethingRests from None
    departure.undone_at = clock.now()
    departure.save(update_fields=["undone_at"])
    journal.write("person.departure-undone", departure.person, by=by, left_on=departure.left_on)


def _give_back(model: Any, rows: list[list[Any]], left_on: date) -> None:
    for pk, end in rows:
        given = model._default_manager.filter(pk=pk, ends_on=left_on).update(ends_on=end and date.fromisoformat(end))
        if not given:
            raise SomethingRests


def close_accounts_of_the_departed(*, on: date) -> int:
    """Those whose day has come and who have no employer again; how many were closed."""
    due = Departure.objects.standing().filter(account_until__lte=on, account_closed_at=None)
    employed = Affiliation.objects.current(on).filter(person=models.OuterRef("person"))
    waiting = due.filter(~models.Exists(employed)).order_by("pk").values_list("pk", flat=True)
    return sum(_close_account(pk) for pk in list(waiting))


@transaction.atomic
def _close_account(pk: int) -> bool:
    departure = Departure.objects.select_for_update(of=("self",)).select_related("person").get(pk=pk)
    departure.account_closed_at = clock.now()
    departure.save(update_fields=["account_closed_at"])
    user = User.objects.select_for_update().filter(person=departure.person, is_active=True).first()
    if user is None:
        return False
    user.is_active = False
    user.save(update_fields=["is_active"])
    end_sessions(user)
    journal.write("account.closed", departure.person, by=None)
    return True
