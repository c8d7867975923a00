"""What a group weighs before it plans a meeting: the calendar, the clock, and where its members already are."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.meetings.models.outlook import elsewhere
from cordee.meetings.rules.proposal import LONG_DAY, Proposal, Proposals
from cordee.people.models import Group
from cordee.reference.citation import cite
from cordee.reference.rulebook import Rulebook
from cordee.toolkit import clock
from cordee.toolkit.contributions import Caution, planning_cautions
from cordee.toolkit.formats import date_long, locale, time_short

SATURDAY = 5
APOSTROPHE = chr(0x2019)  # the package writes a straight one
FIRST_DAY, PAST_LAST_DAY = "class-days.from", "class-days.until"
ONE_DAY = "cap.one-day-per-date"


@planning_cautions.contribute
def days_off(proposals: Proposals, *, on: date) -> Iterator[Caution]:
    """No query."""
    for proposal in proposals.each:
        if name := holiday(proposal.day):
            yield Caution(proposal.day, _("Jour férié : %(name)s.") % {"name": name}, _("Jours fériés du Québec"))
        if proposal.day.weekday() >= SATURDAY:
            yield Caution(proposal.day, _("C’est une fin de semaine."), _("Calendrier"))
    for proposal, rules in proposals.with_rules():
        yield from outside_classes(proposal.day, rules)


def holiday(day: date) -> str:
    """What is celebrated in Québec on that day, in the language of who reads."""
    return _holidays(day.year, "fr" if locale() == "fr_CA" else "en_CA").get(day, "")


@lru_cache(maxsize=16)
def _holidays(year: int, language: str) -> dict[date, str]:
    import holidays  # six megabytes, in each process: for those where someone plans a meeting

    found = holidays.country_holidays("CA", subdiv="QC", years=year, language=language)
    return {day: name.replace("'", APOSTROPHE) for day, name in found.items()}


def outside_classes(day: date, rules: Rulebook) -> Iterator[Caution]:
    if rules.has(FIRST_DAY) and day < rules.date(FIRST_DAY):
        first = date_long(rules.date(FIRST_DAY))
        yield Caution(day, _("Les classes commencent le %(day)s.") % {"day": first}, *cite(rules, FIRST_DAY))
    if rules.has(PAST_LAST_DAY) and day >= rules.date(PAST_LAST_DAY):
        yield Caution(day, _("Les classes sont finies."), *cite(rules, PAST_LAST_DAY))


@planning_cautions.contribute
def hour_said_twice(proposals: Proposals, *, on: date) -> Iterator[Caution]:
    for proposal in proposals.each:
        for hour in (proposal.starts_at, proposal.ends_at):
            first = clock.at(proposal.day, hour)
            if first.utcoffset() != first.replace(fold=1).utcoffset():
                text = _(
                    "L’horloge recule cette nuit-là : %(hour)s y passe deux fois, et c’est la première qui compte."
                )
                yield Caution(proposal.day, text % {"hour": time_short(hour)}, _("Heure de l’Est"))


@planning_cautions.contribute
def portion_and_hours(proposals: Proposals, *, on: date) -> Iterator[Caution]:
    for proposal, rules in proposals.with_rules():
        if rules.has(LONG_DAY) and (proposal.portion == "day") != (proposal.minutes > rules.minutes(LONG_DAY)):
            yield Caution(proposal.day, unlike_its_hours(proposal), *cite(rules, LONG_DAY))


def unlike_its_hours(proposal: Proposal) -> str:
    hours = {"start": time_short(proposal.starts_at), "end": time_short(proposal.ends_at)}
    if proposal.portion == "day":
        return _("De %(start)s à %(end)s, c’est une demi-journée; elle est prévue comme une journée.") % hours
    return _("De %(start)s à %(end)s, c’est une journée; elle est prévue comme une demi-journée.") % hours


@planning_cautions.contribute
def members_elsewhere(proposals: Proposals, *, on: date) -> Iterator[Caution]:
    """One query, whatever the number of meetings."""
    rules = {proposal.day: book for proposal, book in proposals.with_rules()}
    found = elsewhere(proposals, on=on)
    for proposal in proposals.each:
        book = rules.get(proposal.day)
        rule = cite(book, ONE_DAY) if book and book.has(ONE_DAY) else ("", "")
        for other in found:
            if other["date"] == proposal.day and other["to"] == proposal.group:
                yield Caution(proposal.day, expected_at(other), *rule)


def expected_at(other: dict) -> str:
    text = ngettext(
        "%(count)s membre est déjà attendu à %(group)s, de %(start)s à %(end)s.",
        "%(count)s membres sont déjà attendus à %(group)s, de %(start)s à %(end)s.",
        other["people"],
    )
    return text % {
        "count": other["people"],
        "group": Group(number=other["number"], name=other["name"]).label,
        "start": time_short(other["starts_at"]),
        "end": time_short(other["ends_at"]),
    }
