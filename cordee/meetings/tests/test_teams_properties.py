"""What holds for any report: the order of connections, devices, duplicates, dialects."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from cordee.meetings.rules import teams
from cordee.meetings.tests.teams_files import DIALECTS, Connection, report_file

ZONE = ZoneInfo("America/Toronto")
DAY = date(2025, 1, 14)
WINDOWS = teams.windows_of(DAY, time(9), time(15, 30), ZONE)
NOON = WINDOWS[0][1]

moments = st.integers(NOON - 5 * 3600, NOON + 8 * 3600)
spans = st.lists(st.tuples(moments, moments).map(lambda pair: (min(pair), max(pair))), max_size=12)


@given(spans, st.randoms())
def test_the_order_of_connections_never_matters(connected, random):
    shuffled = list(connected)
    random.shuffle(shuffled)
    assert teams.presence_of(shuffled, WINDOWS) == teams.presence_of(connected, WINDOWS)


@given(spans)
def test_nobody_is_present_longer_than_the_meeting_nor_than_they_were_connected(connected):
    presence = teams.presence_of(connected, WINDOWS)
    assert 0 <= presence.seconds <= sum(end - start for start, end in WINDOWS)
    assert presence.seconds <= sum(end - start for start, end in connected)
    assert all(half <= end - start for half, (start, end) in zip(presence.halves, WINDOWS, strict=True))


@given(spans.filter(bool), st.data())
def test_a_connection_said_twice_changes_nothing(connected, data):
    again = data.draw(st.sampled_from(connected))
    assert teams.presence_of([*connected, again], WINDOWS) == teams.presence_of(connected, WINDOWS)


@given(spans, spans)
def test_one_more_device_never_takes_time_away(connected, others):
    both = teams.presence_of([*connected, *others], WINDOWS)
    assert both.seconds >= teams.presence_of(connected, WINDOWS).seconds


@given(spans)
def test_united_connections_never_touch(connected):
    union = teams.united(connected)
    assert all(one[1] < other[0] for one, other in pairwise(union))


names = st.text(st.sampled_from("AbcéÉïœñ -'"), min_size=1, max_size=12).map(lambda text: f"P{' '.join(text.split())}")
connected_for = st.tuples(st.integers(0, 25000), st.integers(1, 9000))
people = st.lists(
    st.tuples(names, st.booleans(), st.lists(connected_for, min_size=1, max_size=3)),
    min_size=1,
    max_size=4,
    unique_by=lambda person: person[0].casefold(),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(people, st.sampled_from(sorted(DIALECTS)), st.sampled_from([DAY, date(2025, 2, 3), date(2024, 12, 12)]))
def test_a_report_printed_in_any_dialect_is_read_back_to_the_same_minutes(people, dialect, day):
    windows = teams.windows_of(day, time(9), time(15, 30), ZONE)
    start = datetime.combine(day, time(8, 30))
    connections = [
        Connection(
            name,
            start + timedelta(seconds=after),
            start + timedelta(seconds=after + lasted),
            f"p{number}@exemple.test" if known else "",
        )
        for number, (name, known, sessions) in enumerate(people)
        for after, lasted in sessions
    ]
    report = teams.read(report_file(DIALECTS[dialect], connections))
    [order] = teams.orders_on(report, day)
    assert report.counted == len(report.participants) == len(people)
    for participant in report.participants:
        found, notes = teams.spans_of(participant, report, order, windows, ZONE)
        expected = [
            (int(c.joined.replace(tzinfo=ZONE).timestamp()), int(c.left.replace(tzinfo=ZONE).timestamp()))
            for c in connections
            if (c.email or c.name) == (participant.email or participant.name)
        ]
        assert teams.presence_of(found, windows) == teams.presence_of(expected, windows)
        assert notes == []
