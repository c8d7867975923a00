"""Reports as they are in the wild: each version, and what Excel and people did to them. Pure: no database."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from cordee.meetings.rules import teams
from cordee.meetings.rules.teams.stamps import seconds_in, stamp_of
from cordee.meetings.tests.teams_files import DIALECTS, UK, US, Connection, event_list, report_file

ZONE = ZoneInfo("America/Toronto")
DAY = date(2025, 1, 14)
WINDOWS = teams.windows_of(DAY, time(9), time(15, 30), ZONE)


def moment(hour, minute=0, second=0, day=DAY):
    return datetime.combine(day, time(hour, minute, second))


def minutes(report, day=DAY, windows=WINDOWS):
    """Minutes by name."""
    [order] = teams.orders_on(report, day)
    spans = {each.name: teams.spans_of(each, report, order, windows, ZONE)[0] for each in report.participants}
    return {name: teams.presence_of(found, windows).minutes for name, found in spans.items()}


def notes(report, day=DAY, windows=WINDOWS):
    [order] = teams.orders_on(report, day)
    return [
        (str(note), text)
        for each in report.participants
        for note, text in teams.spans_of(each, report, order, windows, ZONE)[1]
    ]


def text(*lines):
    return "\n".join(lines).encode()


def sections(*rows, header="Name\tJoin\tLeave\tDuration\tEmail\tRole"):
    return text("1. Summary", "Meeting title\tAtelier", "", "3. Activités en réunion", header, *rows)


JOINED, LEFT = "1/14/25, 9:00:00 AM", "1/14/25, 11:00:00 AM"


@pytest.mark.parametrize("dialect", sorted(DIALECTS))
def test_every_version_gives_the_same_minutes(dialect):
    connections = [
        Connection("Rosalie Piolet", moment(8, 58), moment(11, 45), "rosalie@exemple.test"),
        Connection("Rosalie Piolet", moment(12, 50), moment(15, 31), "rosalie@exemple.test"),
        Connection("Basile Rappel (Invité)", moment(13, 30), moment(15, 0)),
    ]
    report = teams.read(report_file(DIALECTS[dialect], connections, title="Atelier d’hiver"))
    assert minutes(report) == {"Rosalie Piolet": 165 + 160, "Basile Rappel (Invité)": 90}
    assert (report.title.replace("'", "’"), report.counted) == ("Atelier d’hiver", 2)
    assert teams.report_from(report.plain()) == report


def test_a_rejoin_and_a_second_device_are_counted_once():
    rows = [
        "Rosalie\t1/14/25, 9:00:00 AM\t1/14/25, 11:00:00 AM\t2h\tr@exemple.test\tPresenter",
        "Rosalie\t1/14/25, 10:00:00 AM\t1/14/25, 10:30:00 AM\t30m\tR@Exemple.test\tPresenter",
        "Rosalie\t1/14/25, 10:45:00 AM\t1/14/25, 11:30:00 AM\t45m\tr@exemple.test\tPresenter",
    ]
    assert minutes(teams.read(sections(*rows))) == {"Rosalie": 150}


def test_last_leave_less_first_join_is_no_presence():
    connections = [Connection("Ida Dalle", moment(9), moment(9, 5)), Connection("Ida Dalle", moment(15), moment(15, 5))]
    assert minutes(teams.read(report_file(DIALECTS["v3-french"], connections))) == {"Ida Dalle": 10}


def test_without_its_connections_a_report_counts_the_written_length_and_no_gap():
    connections = [Connection("Ida Dalle", moment(9), moment(9, 5)), Connection("Ida Dalle", moment(15), moment(15, 5))]
    whole = report_file(DIALECTS["v3-french"], connections)
    head = whole.decode("utf-16").split("3. ")[0]
    report = teams.read(head.encode())
    assert report.shape == teams.Shape.MERGED
    assert minutes(report) == {"Ida Dalle": 10}


def test_breakout_rooms_engagement_columns_and_short_rows_are_read():
    header = "Name\tType\tRoom\tJoin\tLeave\tDuration\tEmail\tRole"
    report = teams.read(
        sections(f"Ida\tMain\tGeneral\t{JOINED}\t{LEFT}\t2h\tida@exemple.test\tPresenter", header=header)
    )
    assert minutes(report) == {"Ida": 120}
    engaged = text(
        "2. Participants",
        "Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole"
        "\tEngagement: Reaction-Like\tCamera On",
        f"Ida\t{JOINED}\t{LEFT}\t2h\tida@exemple.test\tida#EXT#@locataire.test\tPresenter\t3",
        "",
        "3. In-Meeting Activities",
        "Name\tJoin Time\tLeave Time\tDuration\tEmail\tRole",
        f"Ida\t{JOINED}\t{LEFT}\t2h\tida@exemple.test\tPresenter",
        "",
        "4. Meeting Engagement",
        "Name\tEngagement Type\tTime",
        f'"Ida ""la"" Dalle"\tRaised hand\t{JOINED}',
    )
    report = teams.read(engaged)
    assert minutes(report) == {"Ida": 120}
    assert report.participants[0].upn == "ida#EXT#@locataire.test"


def test_a_summary_with_one_more_line_and_a_title_on_two_lines_is_read():
    summary = ['Título\t"Atelier', 'd’hiver"', "Asistentes\t3", "No identificados\t1"]
    rest = ["", "3. Actividades", "Nombre\tA\tB\tC\tD\tE", f"Ida\t{JOINED}\t{LEFT}\t2 h\t\tAsistente"]
    report = teams.read(text("1. Resumen", *summary, f"Inicio\t{JOINED}", f"Fin\t{LEFT}", *rest))
    assert (report.title, report.counted, report.start, report.end) == ("Atelier d’hiver", 3, JOINED, LEFT)
    assert minutes(report) == {"Ida": 120}


def test_a_title_that_is_null_is_no_title():
    report = teams.read(text("Résumé", "Titre\tnull", "", "Nom\tA\tB\tC\tE-mail", f"Ida\t{JOINED}\t{LEFT}\t2 h\t"))
    assert report.title == ""


def test_rows_padded_with_tabs_a_lost_heading_and_dates_cut_in_two_are_read():
    excel = text(
        "Meeting title\tAtelier\t\t\t\t\t",
        "Attended participants\t1\t\t\t\t\t",
        "\t\t\t\t\t\t",
        "3. In-Meeting Activities\t\t\t\t\t\t",
        "Name\tJoin\tLeave\tDuration\tEmail\tRole\t\t",
        "Ida\t1/14/25\t9:00:00 AM\t1/14/25\t11:00:00 AM\t2h\tida@exemple.test\tPresenter",
        "\t\t\t\t\t\t",
    )
    report = teams.read(excel)
    assert minutes(report) == {"Ida": 120}
    assert report.participants[0].email == "ida@exemple.test"


def test_rows_without_times_say_so_and_give_nothing():
    report = teams.read(
        sections(f"Ida\t{JOINED}\t{LEFT}\t2h\t\tPresenter", "Odile\t\t\t\todile@exemple.test\tPresenter")
    )
    assert minutes(report) == {"Ida": 120, "Odile": 0}
    assert notes(report) == [("no-time", "")]


def test_times_without_dates_are_those_of_the_meeting_and_may_pass_midnight():
    report = teams.read(sections("Ida\t9:00\t11:00\t2h\t\tPresenter", "Odile\t14:00\t0:30\t10h 30m\t\tPresenter"))
    assert minutes(report) == {"Ida": 120, "Odile": 90}
    assert notes(report) == []


def test_renamed_headings_and_moved_columns_do_not_matter():
    rows = text(
        "Gens",
        "Qui\tCourriel\tArrivée\tDépart",
        f"Ida\tida@exemple.test\t{JOINED}\t{LEFT}",
        f"Odile\t\t{JOINED}\t{LEFT}",
    )
    report = teams.read(rows)
    assert minutes(report) == {"Ida": 120, "Odile": 120}
    assert [each.email for each in report.participants] == ["ida@exemple.test", ""]


def test_what_cannot_be_read_is_said_with_its_text():
    rows = [
        f"Ida\t{JOINED}\t{LEFT}\tlongtemps\t\tPresenter",
        f"Odile\t{JOINED}\t\t\t\tPresenter",
        f"Côme\t{JOINED}\t{LEFT}\t45m\t\tPresenter",
        f"Anna\tmatin\t{LEFT}\t2h\t\tPresenter",
        f"Paul\t\t{LEFT}\t2h\t\tPresenter",
    ]
    assert notes(teams.read(sections(*rows))) == [
        ("unreadable-length", "longtemps"),
        ("still-there", ""),
        ("other-length", "45m"),
        ("unreadable-time", "matin"),
        ("no-entry", LEFT),
    ]


def test_a_name_that_begins_with_a_quotation_mark_swallows_nobody():
    rows = [f"Personne{n}\t{JOINED}\t{LEFT}\t2h\t\tPresenter" for n in range(8)]
    report = teams.read(sections(f'"Bob\t{JOINED}\t{LEFT}\t2h\t\tPresenter', *rows))
    assert len(report.participants) == 9


@pytest.mark.parametrize("form", [US, UK])
def test_an_event_list_pairs_entries_and_exits_whatever_their_order(form):
    events = [
        ("Ida Dalle", "Left", moment(11)),
        ("Ida Dalle", "Joined", moment(10)),
        ("Ida Dalle", "Left", moment(9, 30)),
        ("Ida Dalle", "Joined before", moment(9)),
        ("Odile Granit", "Joined", moment(14)),
    ]
    report = teams.read(event_list(events, form))
    assert report.shape == teams.Shape.EVENTS
    assert minutes(report) == {"Ida Dalle": 90, "Odile Granit": 90}
    assert notes(report) == [("still-there", "")]


def test_an_event_list_in_an_unknown_language_is_read_by_who_comes_first():
    came, went = "Ekki", "Burt"
    ida = [("Ida", came, moment(9)), ("Ida", went, moment(10))]
    events = [*ida, ("Odile", came, moment(9)), ("Odile", went, moment(11))]
    assert minutes(teams.read(event_list(events))) == {"Ida": 60, "Odile": 120}


def test_two_devices_of_an_event_list_are_one_presence():
    acts = [("Joined", 9), ("Joined", 10), ("Left", 11), ("Left", 12)]
    assert minutes(teams.read(event_list([("Ida", act, moment(hour)) for act, hour in acts]))) == {"Ida": 180}


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("SessionId,ParticipantId,FullName,UserAgent,UtcEventTimestamp,Action,Role", "un événement en direct"),
        ("CreationDate,UserIds,Operations,AuditData", "audit"),
        ("First Name,Last Name,Email Address,Devoir 1,Points,Feedback", "devoir"),
        ("First Name,Last Name,Email,Registration Time,Registration Status", "webinaire"),
        ("UserId,User,Name,Role", "canal"),
        ("Call Id,Start Time,Duration,Call Type,Call Direction", "appels"),
        ("ID\tStart time\tCompletion time\tEmail\tName", "formulaire"),
        ("WEBVTT\n\n00:00:01.000 --> 00:00:04.000\nBonjour", "transcription"),
    ],
)
def test_other_exports_of_teams_are_refused_by_their_name(header, name):
    with pytest.raises(teams.AnotherExport, match=name):
        teams.read(f"{header}\na,b,c,d,e,f,g\n".encode())


@pytest.mark.parametrize(
    "content", [b"", b"bonjour", b"a;b;c\n1;2;3\n", b"%PDF-1.7", bytes(range(256)), b"\xff\xfe\x00"]
)
def test_what_is_no_report_is_refused(content):
    with pytest.raises(teams.NotAReport):
        teams.read(content)


@pytest.mark.parametrize(
    ("written", "hour", "days"),
    [
        ("9/10/26, 8:57:52 AM", "08:57:52", {"2026-09-10", "2026-10-09"}),
        ("14/11/22, 09:29:07", "09:29:07", {"2022-11-14"}),
        ("13/04/2021 à 09:01:31", "09:01:31", {"2021-04-13"}),
        ("2021-04-13 09 h 01 min 31 s", "09:01:31", {"2021-04-13"}),
        ("2021-04-13 9 h 01", "09:01:00", {"2021-04-13"}),
        ("2021-04-13, 9:01:31 a.m.", "09:01:31", {"2021-04-13"}),
        ("2/1/25, 9:04:01 pm", "21:04:01", {"2025-01-02", "2025-02-01"}),
        ("09/03/2021 07:59:50", "07:59:50", {"2021-03-09", "2021-09-03"}),
        ("18.10.2021, 09:43:33", "09:43:33", {"2021-10-18"}),
        ("06.10.26, 18:01:00", "18:01:00", {"2026-10-06", "2026-06-10"}),
        ("\u200e1/14/25,\u00a012:05:00\u202fAM", "00:05:00", {"2025-01-14"}),
        ("2025-01-14T09:00", "09:00:00", {"2025-01-14"}),
        ("9:05", "09:05:00", set()),
    ],
)
def test_moments_are_read_in_every_form(written, hour, days):
    stamp = stamp_of(written)
    assert stamp.clock.isoformat() == hour
    assert {day.isoformat() for order, day in stamp.days if order != "year-first" or day.year == 2025} >= days
    assert {stamp.day(order).isoformat() for order in ("day-first", "month-first") if stamp.day(order)} == days


@pytest.mark.parametrize("written", ["", "Ida", "32/13/2025, 9:00", "1/14/25", "25:00", "9/10/26, 8:61 AM", "2h 5m"])
def test_what_is_no_moment_is_none(written):
    assert stamp_of(written) is None


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("1h 54m", 6840), ("25s", 25), ("2\u00a0h 44\u00a0m", 9840), ("1h 18\u00a0m 19s", 4699), ("3h", 10800),
        ("1h 7s", 3607), ("2 godz. 19 min 19 s", 8359), ("59 Min. 0 Sek.", 3540), ("1 h 2 min", 3720),
        ("1:02:10", 3730), ("1 d 2 h", 93600), ("longtemps", None), ("", None), ("2", None), ("3 lunes", None),
    ],
)  # fmt: skip
def test_lengths_are_read_in_every_language(written, seconds):
    assert seconds_in(written) == seconds


def test_the_day_of_the_meeting_decides_the_order_and_two_that_fit_are_asked():
    one = teams.read(sections("Ida\t9/10/26, 8:57:52 AM\t9/10/26, 9:57:52 AM\t1h\t\tP"))
    assert teams.orders_on(one, date(2026, 9, 10)) == ["month-first"]
    assert teams.orders_on(one, date(2026, 10, 9)) == ["day-first"]
    assert teams.orders_on(one, date(2026, 10, 10)) == []
    assert teams.days_of(one) == [date(2026, 9, 10), date(2026, 10, 9)]
    two = teams.read(
        sections("Ida\t9/10/26, 8:57 AM\t9/10/26, 9:57 AM\t1h\t\tP", "Ida\t10/9/26, 8:00\t10/9/26, 9:00\t1h\t\tP")
    )
    assert teams.orders_on(two, date(2026, 9, 10)) == ["day-first", "month-first"]


def test_the_hour_lived_twice_counts_as_it_was_written():
    night = date(2024, 11, 3)
    windows = teams.windows_of(night, time(0), time(4), ZONE)
    rows = [
        "Ida\t11/3/24, 12:30:00 AM\t11/3/24, 3:00:00 AM\t3h 30m\t\tP",
        "Odile\t11/3/24, 1:30:00 AM\t11/3/24, 1:15:00 AM\t45m\t\tP",
        "Côme\t11/3/24, 1:10:00 AM\t11/3/24, 1:40:00 AM\t1h 30m\t\tP",
        "Anna\t11/3/24, 1:10:00 AM\t11/3/24, 1:40:00 AM\t30m\t\tP",
    ]
    report = teams.read(sections(*rows))
    assert minutes(report, night, windows) == {"Ida": 210, "Odile": 45, "Côme": 90, "Anna": 30}
    assert notes(report, night, windows) == []


def test_the_hour_that_is_skipped_does_not_count():
    night = date(2025, 3, 9)
    windows = teams.windows_of(night, time(1), time(4), ZONE)
    report = teams.read(sections("Ida\t3/9/25, 1:00:00 AM\t3/9/25, 4:00:00 AM\t2h\t\tP"))
    assert minutes(report, night, windows) == {"Ida": 120}


def test_a_whole_report_beside_the_meeting_by_whole_hours_is_noticed():
    def apart(*hours):
        rows = [f"P{n}\t1/14/25, {hour}:02\t1/14/25, {hour + 6}:33\t6h 31m\t\tP" for n, hour in enumerate(hours)]
        report = teams.read(sections(*rows))
        [order] = teams.orders_on(report, DAY)
        found = [teams.spans_of(each, report, order, WINDOWS, ZONE)[0] for each in report.participants]
        return teams.hours_apart([teams.presence_of(spans, WINDOWS) for spans in found], WINDOWS)

    assert apart(9, 9, 9) == 0
    assert apart(8, 8, 8) == -1
    assert apart(14, 14, 14, 9) == 5
    assert teams.hours_apart([], WINDOWS) == 0


def test_the_half_days_of_a_meeting_part_at_noon():
    assert [(end - start) // 60 for start, end in WINDOWS] == [180, 210]
    assert len(teams.windows_of(DAY, time(13), time(16), ZONE)) == 1
