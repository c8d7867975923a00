"""What the demonstration has of rights: a billing officer away for two weeks, a duty that waits for a second yes."""

from collections.abc import Iterator, Mapping
from datetime import date, time

from cordee.people.actions.delegations import delegate
from cordee.people.actions.duties import record_duty
from cordee.people.models import Duty, DutyCode, Person
from cordee.toolkit import clock
from cordee.toolkit.contributions import demonstrations

SAID_ON = date(2025, 1, 17)
AWAY = {"starts_on": date(2025, 1, 20), "ends_on": date(2025, 2, 1)}
REPLACED = {"starts_on": date(2025, 3, 3), "ends_on": date(2025, 3, 15)}


@demonstrations.contribute
def lend_a_duty(people: Mapping[str, Person]) -> Iterator[str]:
    flavie = people["flavie.ressaut"]
    billing = Duty.objects.select_related("person").get(person=flavie, code=DutyCode.BILLING_OFFICER)
    with clock.standing_at(clock.at(SAID_ON, time(11))):
        made = delegate(fact=billing, to=people["lambert.raquette"], **AWAY, by=flavie, on=SAID_ON)
    yield str(made.pk)


@demonstrations.contribute
def wait_for_a_second_yes(people: Mapping[str, Person]) -> Iterator[str]:
    given = {"person": people["madeleine.basalte"], "code": DutyCode.SECRETARY, "organization": None, **REPLACED}
    with clock.standing_at(clock.at(SAID_ON, time(14))):
        made = record_duty(**given, by=people["solene.belleprise"], on=SAID_ON)
    yield str(made.pk)
