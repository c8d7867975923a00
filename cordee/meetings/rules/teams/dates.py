"""Which order the dates of a report are in. The language of its words does not tell: the day of the meeting does."""

from collections.abc import Iterator
from datetime import date

from cordee.meetings.rules.teams.report import Report
from cordee.meetings.rules.teams.stamps import ORDERS, Order, Stamp, stamp_of

__all__ = ["ORDERS", "Order", "days_of", "orders_on"]


def orders_on(report: Report, day: date) -> list[Order]:
    """The orders under which every moment is a date and one of them falls on `day`: none, one, or to be asked.

    Orders that read every moment alike are one.
    """
    stamps = [stamp for stamp in _stamps(report) if stamp.days]
    readable = [order for order in ORDERS if all(stamp.day(order) for stamp in stamps)]
    fitting = [order for order in readable if not stamps or any(stamp.day(order) == day for stamp in stamps)]
    readings = {tuple(stamp.day(order) for stamp in stamps): order for order in reversed(fitting)}
    return [order for order in fitting if order in readings.values()]


def days_of(report: Report) -> list[date]:
    """The days the report may begin on: what to say when none is that of the meeting.

    « 9/10/26 » is not said to be of 2009 as long as it may be of 2026.
    """
    stamps = [stamp for stamp in _stamps(report) if stamp.days]
    readable = [order for order in ORDERS if all(stamp.day(order) for stamp in stamps)]
    likely = [order for order in readable if order != "year-first"] or readable
    return sorted({min(day for stamp in stamps if (day := stamp.day(order))) for order in likely if stamps})


def _stamps(report: Report) -> Iterator[Stamp]:
    for participant in report.participants:
        for session in participant.sessions:
            for text in (session.joined, session.left):
                if stamp := stamp_of(text):
                    yield stamp
