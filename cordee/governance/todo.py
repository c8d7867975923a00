"""What a mandate asks of its holder: to say before the deadline whether they go on."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from cordee.governance.models import EXECUTIVE, Mandate, Wish, last_day_in_time
from cordee.people.models import DutyCode, Person
from cordee.reference.models import rules_on
from cordee.reference.rulebook import NoRulebook
from cordee.toolkit.contributions import Task, todo
from cordee.values.school_year import SchoolYear

SOON = timedelta(days=60)


@todo.contribute
def notice_to_give(person: Person, *, on: date) -> Iterator[Task]:
    """In the last year of a mandate, from two months before the deadline; one query, none for who does not sit.

    Not for who oversees: their home costs all a page may, and its cord shows the deadline.
    """
    due = last_day(on) if person.holds(DutyCode.EXECUTIVE_COMMITTEE, on=on) and not person.oversees(on=on) else None
    if due is None or on < due - SOON:
        return
    ending = Mandate.objects.current(on).filter(person=person, ends_on__lte=SchoolYear.containing(on).end)
    for mandate in ending.filter(notice=None, seat__body__key=EXECUTIVE).select_related("seat__body__group"):
        title = _("Dire si vous restez, %(body)s") % {"body": mandate.seat.body.group.label}
        url = reverse("governance:notice", args=[mandate.pk])
        yield Task(title, url, _("Donner un avis"), "user", context=_("votre mandat finit cette année"), due=due)


def last_day(on: date) -> date | None:
    try:
        return last_day_in_time(rules_on(on), EXECUTIVE, Wish.STAY)
    except NoRulebook:
        return None
