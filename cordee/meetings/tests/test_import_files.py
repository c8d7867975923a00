"""The files centres keep, as they are: the same lines come out whatever the program, the headers and their order."""

import io
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cordee.meetings.imports import proposal_of
from cordee.meetings.imports.files import entries_in
from cordee.meetings.imports.headers import HEADERS, fields_of
from cordee.meetings.imports.layout import grid_of
from cordee.meetings.imports.sentences import MissingColumns, NoLines
from cordee.meetings.tests import factory
from cordee.meetings.tests.sheets import FILES, HEAD, text, xlsx
from cordee.toolkit.tabular import ReadSheet

LINE = ["2024-09-12", "18-TC-TRP", "Piolet, Paule", "paule@exemple.test", "862000", "CP", "½ j"]


def entries(content, name="présences.csv"):
    return entries_in(proposal_of(content, name))


QUICK = settings(
    derandomize=True,
    max_examples=30,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def short(entry):
    return (entry.row, str(entry.day), entry.group, entry.last_name, entry.first_name, entry.portion, entry.half)


@pytest.mark.django_db
@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods"])
def test_one_workbook_saved_by_a_real_program_in_three_formats_gives_the_same_lines(ending):
    """Title rows, merged dates and groups, a blank line, a total, an English sheet, one without a table."""
    proposal = proposal_of((FILES / f"presences.{ending}").read_bytes(), f"présences.{ending}")
    assert [short(entry) for entry in entries_in(proposal)] == [
        (5, "2024-09-12", "18-TC-TRP", "Piolet", "Paule", "half", ""),
        (6, "2024-09-12", "18-TC-TRP", "Mousqueton", "Armand", "half", "am"),
        (7, "2024-09-12", "18-TC-TRP", "Cordelette", "Bérénice", "day", ""),
        (9, "2024-09-13", "41-Inclusion", "Piolet", "Paule", "day", ""),
        (10, "2024-09-13", "41-Inclusion", "Baudrier", "Cléo", "planned", ""),
        (11, "2024-09-12", "Inclusion", "Baudrier", "Cléo", "", ""),
        (2, "2025-01-14", "TC-TRP", "Piolet", "Paule", "half", "pm"),
        (3, "2025-01-14", "18", "Baudrier", "Cléo", "none", ""),
    ]
    assert proposal["ignored"] == ["Notes"]
    assert entries_in(proposal)[5].troubles == [("portion", "Portion", "peut-être")]
    assert entries_in(proposal)[1].above == ["date", "group"]


@pytest.mark.django_db
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_a_text_file_reads_the_same_in_every_encoding_and_with_every_delimiter(encoding, delimiter):
    [entry] = entries(text([HEAD, LINE], encoding, delimiter))
    assert short(entry) == (2, "2024-09-12", "18-TC-TRP", "Piolet", "Paule", "half", "")
    assert (entry.email, entry.organization, entry.category) == ("paule@exemple.test", "862000", "professional")


@pytest.mark.django_db
@QUICK
@given(order=st.permutations(range(len(HEAD))), shape=st.sampled_from([str.upper, str.lower, str.title]))
def test_the_order_of_columns_and_the_case_of_headers_never_matter(order, shape):
    rows = [HEAD, LINE, ["2024-09-13", "41-Inclusion", "Baudrier, Cléo", "", "Patriotes", "TES", "absent"]]
    shuffled = [[row[place] for place in order] for row in rows]
    shuffled[0] = [shape(title) for title in shuffled[0]]
    troubleless = [entry.plain() for entry in entries(text(rows))]
    assert [entry.plain() for entry in entries(text(shuffled))] == troubleless


@QUICK
@given(st.data())
def test_any_known_header_names_its_column_in_any_place(data):
    names = {field: data.draw(st.sampled_from(known.split(", "))) for field, known in HEADERS.items()}
    fields = data.draw(st.permutations([field for field in HEADERS if field not in ("first_name", "last_name")]))
    assert fields_of([names[field] for field in fields]) == {field: at for at, field in enumerate(fields)}


@pytest.mark.parametrize(
    ("headers", "fields"),
    [
        (["Date de la présence", "CoP", "Nom du participant"], ["date", "group", "person"]),
        (["Meeting Date", "Community", "First Name", "Last Name"], ["date", "group", "first_name", "last_name"]),
        (["Jour", "Nom du groupe", "Prénom", "Nom"], ["date", "group", "first_name", "last_name"]),
        (["Date", "Projet", "Adresse courriel", "AM", "PM"], ["date", "group", "email", "am", "pm"]),
        (["Date", "Groupe", "Participant·e", "Présence (½ j ou 1 j)"], ["date", "group", "person", "portion"]),
        (["DATE", "Comité", "Nom de l’employé", "Centre de services"], ["date", "group", "person", "organization"]),
        (
            ["Date", "Group", "Name", "School board", "Job title"],
            ["date", "group", "person", "organization", "category"],
        ),
        (["Date de naissance", "Heure", "Téléphone", "Nom"], [None, None, None, "person"]),
    ],
)
def test_headers_are_known_by_what_people_call_them(headers, fields):
    places = {field: at for at, field in enumerate(fields) if field}
    assert fields_of(headers) == places


@pytest.mark.django_db
def test_a_title_row_may_state_the_group_and_the_day_of_the_whole_sheet():
    rows = [["Groupe : 18-TC-TRP"], ["Date", date(2024, 9, 12)], [], ["Nom", "Prénom", "Portion"], ["Roy", "Léo", 1]]
    [entry] = entries(xlsx(rows))
    assert short(entry) == (5, "2024-09-12", "18-TC-TRP", "Roy", "Léo", "day", "")


@pytest.mark.django_db
def test_a_block_may_have_its_day_and_group_on_a_line_of_its_own():
    """A heading that was passed over would leave its people under the day of the block before."""
    rows = [["Date", "Groupe", "Personne"], ["2024-09-12", "18-TC-TRP"], ["", "", "Léo Roy"], ["", "", "Mia Roy"]]
    rows += [["2024-09-13", "41-Inclusion"], ["", "", "Léo Roy"], ["", "", "Mia Roy"]]
    found = [(entry.row, str(entry.day), entry.group) for entry in entries(text(rows))]
    first, second = ("2024-09-12", "18-TC-TRP"), ("2024-09-13", "41-Inclusion")
    assert found == [(3, *first), (4, *first), (6, *second), (7, *second)]


@pytest.mark.django_db
def test_a_day_left_out_among_days_written_on_each_line_is_missing_not_guessed():
    rows = [HEAD, LINE, ["", *LINE[1:]], LINE, LINE]
    assert [bool(entry.day) for entry in entries(text(rows))] == [True, False, True, True]


@pytest.mark.django_db
def test_a_header_printed_again_and_the_totals_are_no_lines():
    rows = [HEAD, LINE, ["Sous-total", "", "", "", "", "", "1"], HEAD, LINE, ["Total", "", "", "", "", "", "2"]]
    assert [entry.row for entry in entries(text(rows))] == [2, 5]


@pytest.mark.django_db
def test_two_columns_for_the_halves_make_a_day_together():
    rows = [["Date", "Groupe", "Nom", "Prénom", "Avant-midi", "Après-midi"]]
    for person, marks in zip("ABCD", [("x", "x"), ("x", ""), ("", "1"), ("absent", "")], strict=True):
        rows.append(["2024-09-12", "18", person, "Zoé", *marks])
    read = [(entry.portion, entry.half) for entry in entries(text(rows))]
    assert read == [("day", ""), ("half", "am"), ("half", "pm"), ("none", "")]


@pytest.mark.django_db
def test_a_list_without_a_portion_is_a_list_of_those_present():
    assert [entry.portion for entry in entries(text([HEAD[:3], LINE[:3]]))] == ["planned"]


def dated(*days):
    return text([HEAD, *([day, *LINE[1:]] for day in days)])


@pytest.mark.django_db
def test_an_ambiguous_day_is_read_as_the_rest_of_its_column_then_as_the_meetings_say_then_day_first(world):
    assert [entry.day for entry in entries(dated("03/04/2024"))] == [date(2024, 4, 3)]
    assert [entry.day for entry in entries(dated("03/04/2024", "03/25/2024"))] == [date(2024, 3, 4), date(2024, 3, 25)]
    assert [entry.day for entry in entries(dated("03/04/2024", "25/03/2024"))] == [date(2024, 4, 3), date(2024, 3, 25)]
    factory.meeting(world.group, date(2024, 3, 4))
    assert [entry.day for entry in entries(dated("03/04/2024"))] == [date(2024, 3, 4)]


@pytest.mark.django_db
@QUICK
@given(st.lists(st.dates(date(2024, 7, 1), date(2025, 6, 30)), min_size=1, max_size=6), st.integers(13, 31))
def test_a_column_written_month_first_reads_back_when_one_of_its_days_says_so(days, telling):
    column = [*days, date(2024, 10, telling)]
    read = entries(dated(*(f"{day.month:02}/{day.day:02}/{day.year}" for day in column)))
    assert [entry.day for entry in read] == column


@pytest.mark.django_db
def test_a_formula_counts_as_the_value_the_program_last_showed():
    import xlsxwriter

    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEAD)
        sheet.write_row(1, 0, LINE[:6])
        sheet.write_formula("G2", "=1/2", value=0.5)
        sheet.write_row(2, 0, LINE[:6])
        sheet.write_formula("G3", "=1/0", value="#DIV/0!")
    first, second = entries(target.getvalue())
    assert first.portion == "half"
    assert second.troubles[0][0] in ("portion", "no-portion")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([["Bilan"], ["sans tableau"]], "date, groupe, personne"),
        ([["Date", "Nom", "Prénom"], ["2024-09-12", "Roy", "Léo"]], "groupe"),
        ([["Groupe", "Nom, Prénom"], ["18", "Roy, Léo"]], "date"),
    ],
)
def test_a_file_without_the_needed_columns_says_which(rows, words):
    with pytest.raises(MissingColumns, match=words):
        proposal_of(text(rows), "présences.csv")


@pytest.mark.django_db
def test_headers_with_nothing_under_them_are_said_to_be_so():
    with pytest.raises(NoLines):
        proposal_of(text([HEAD]), "présences.csv")


def test_a_sheet_without_headers_is_no_grid():
    assert grid_of(ReadSheet("Notes", [["à relire"], [None, 3]])) is None
