import io
import zipfile
from datetime import date, datetime, time

import openpyxl
import pytest
import xlsxwriter

from cordee.toolkit.tabular import read_table
from cordee.toolkit.tabular import reading as reading_module
from cordee.toolkit.tabular.refusals import (
    Damaged,
    EmptyFile,
    NotATable,
    PasswordProtected,
    TooBig,
    TooHeavy,
    TooManyColumns,
    TooManyRows,
    WebPage,
)
from cordee.toolkit.testing.spreadsheets import ods, ods_of, xls

ROWS = [
    ["Date", "Personne", "Portion"],
    [date(2024, 9, 12), "Tremblay, Élise", 0.5],
    [date(2024, 9, 13), "Roy, Luc", 1],
]


def xlsx(rows, **places):
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Présences")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for at, row in enumerate(rows):
            for place, value in enumerate(row):
                sheet.write(at, place, value, day if isinstance(value, date) else None)
        for cell, value in places.items():
            sheet.write(cell, value)
    return target.getvalue()


@pytest.mark.parametrize("make", [xlsx, xls, ods])
def test_every_kind_of_workbook_gives_the_same_rows(make):
    [sheet] = read_table(make(ROWS), "présences.csv")
    assert sheet.rows == ROWS


def test_the_content_decides_not_the_name():
    [sheet] = read_table(b"Date;Personne\r\n2024-09-12;Luc Roy\r\n", "feuille.xlsx")
    assert sheet.rows == [["Date", "Personne"], ["2024-09-12", "Luc Roy"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_every_encoding_and_delimiter_of_a_text_file_is_read(encoding, delimiter):
    rows = [["Date", "Personne", "Présence"], ["2024-09-12", "Élise Tremblay", "½ j"], ["2024-09-13", "Luc Roy", "1"]]
    text = "\r\n".join(delimiter.join(row) for row in rows)
    [sheet] = read_table(text.encode(encoding), "présences.csv")
    assert sheet.rows == rows


def test_commas_of_names_and_decimals_do_not_cut_a_semicolon_file():
    text = 'Date;Nom;Portion\n2024-09-12;Roy, Luc;0,5\n2024-09-13;"Roy; dit Luc";1,0\n'
    [sheet] = read_table(text.encode())
    assert sheet.rows[1:] == [["2024-09-12", "Roy, Luc", "0,5"], ["2024-09-13", "Roy; dit Luc", "1,0"]]


def test_the_first_line_by_which_excel_says_the_delimiter_is_followed():
    [sheet] = read_table(b"sep=,\r\na;b,c\r\n")
    assert sheet.rows == [["a;b", "c"]]


def test_a_quoted_cell_may_hold_a_line_break():
    [sheet] = read_table(b'Nom;Note\n"Roy";"deux\nlignes"\n')
    assert sheet.rows[1] == ["Roy", "deux\nlignes"]


def test_empty_rows_above_are_kept_so_that_row_numbers_are_those_of_the_sheet():
    [sheet] = read_table(xlsx([], B3="Date", B4="2024-09-12"))
    assert sheet.rows == [[None, None], [None, None], [None, "Date"], [None, "2024-09-12"]]


def test_merged_ranges_are_told():
    book = openpyxl.Workbook()
    book.active["A1"] = "Groupe"
    book.active["A2"] = "41-Inclusion"
    book.active["B4"] = "x"
    book.active.merge_cells("A2:A4")
    target = io.BytesIO()
    book.save(target)
    [sheet] = read_table(target.getvalue())
    assert sheet.merged == [(1, 0, 3, 0)]


def test_hours_and_moments_keep_their_kind_and_whole_numbers_are_integers():
    book = openpyxl.Workbook()
    book.active.append([datetime(2024, 9, 12, 13, 30), time(9, 15), 862000, 0.5, True, "=1+1"])  # noqa: DTZ001 (a cell has no zone)
    target = io.BytesIO()
    book.save(target)
    [sheet] = read_table(target.getvalue())
    assert sheet.rows[0][:5] == [datetime(2024, 9, 12, 13, 30), time(9, 15), 862000, 0.5, True]  # noqa: DTZ001
    assert isinstance(sheet.rows[0][2], int)


def test_a_hidden_sheet_is_left_out():
    book = openpyxl.Workbook()
    book.active.append(["visible"])
    book.create_sheet("caché").sheet_state = "hidden"
    target = io.BytesIO()
    book.save(target)
    assert [sheet.rows for sheet in read_table(target.getvalue())] == [[["visible"]]]


def zipped(**parts):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return target.getvalue()


def bomb():
    return zipped(**{"xl__workbook.xml": "<workbook/>", "xl__sheet.xml": b"0" * 60_000_000})


def corner():
    return xlsx([["a"]], XFD1048576="z")


def ods_bomb():
    cell = (
        '<table:table-cell table:number-columns-repeated="16000" office:value-type="string">'
        f"<text:p>{'x' * 100}</text:p></table:table-cell>"
    )
    row = f'<table:table-row table:number-rows-repeated="1000000">{cell}</table:table-row>'
    return ods_of(f'<table:table table:name="a">{row}</table:table>')


def encrypted_xlsx():
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1024) + "EncryptedPackage".encode("utf-16-le") + bytes(512)


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", EmptyFile),
        (b" \n ", EmptyFile),
        (b"x" * (10 * 1024 * 1024 + 1), TooBig),
        (bytes(range(256)) * 40, NotATable),
        (b"%PDF-1.7 \xe2\xe3", NotATable),
        (b"\x89PNG\r\n\x1a\n", NotATable),
        (b"<html><table><tr><td>a</td></tr></table></html>", WebPage),
        (b'<?xml version="1.0"?><Workbook/>', WebPage),
        (zipped(**{"word__document.xml": "<document/>"}), NotATable),
        (b"PK\x03\x04 and then nothing", Damaged),
        (zipped(**{"xl__workbook.xml": "<workbook"}), Damaged),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), Damaged),
        (encrypted_xlsx(), PasswordProtected),
        (xls([["a"]], locked=True), PasswordProtected),
        (b"a;b\n" * 20_001, TooManyRows),
        (xlsx([["a"]], A30000="z"), TooManyRows),
        (xlsx([["a"]], IV1="z"), TooManyColumns),
    ],
)
def test_a_hostile_or_unfit_file_is_refused_with_what_to_do(content, refusal):
    with pytest.raises(refusal) as refused:
        read_table(content, "présences.xlsx")
    assert refused.value.status == 422
    assert str(refused.value).startswith("Ce fichier")


@pytest.mark.parametrize("make", [bomb, corner, ods_bomb])
def test_a_file_that_would_fill_the_memory_is_refused_and_this_process_lives(make):
    content = make()
    assert len(content) < 200_000
    with pytest.raises((TooHeavy, TooManyRows)):
        read_table(content, "présences.xlsx")


def test_a_file_that_takes_for_ever_is_refused(monkeypatch):
    monkeypatch.setattr(reading_module, "SECONDS", 0.001)
    with pytest.raises(TooHeavy):
        read_table(xlsx(ROWS))


def rewritten(name, change):
    """A real workbook, one of its parts changed."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx(ROWS))) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for part in source.namelist():
            content = source.read(part)
            copy.writestr(part, change(content) if part == name else content)
    return target.getvalue()


BILLION = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
OUTSIDE = '<!ENTITY a9 SYSTEM "file:///etc/passwd">'


@pytest.mark.parametrize("entities", [BILLION, OUTSIDE])
def test_entities_are_never_unfolded_nor_fetched(entities):
    declared = f"<!DOCTYPE sst [{entities}]><sst".encode()
    content = rewritten(
        "xl/sharedStrings.xml", lambda xml: xml.replace(b"<sst", declared, 1).replace(b"Personne", b"&a9;")
    )
    with pytest.raises(Damaged):
        read_table(content)


def test_the_macros_of_a_workbook_are_never_looked_at():
    target = io.BytesIO(xlsx(ROWS))
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0" + bytes(4000))
    [sheet] = read_table(target.getvalue(), "présences.xlsm")
    assert sheet.rows == ROWS


def test_a_workbook_of_a_hundred_thousand_lines_is_refused_as_too_long():
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for at in range(100_000):
            sheet.write_number(at, 0, at)
    with pytest.raises(TooManyRows):
        read_table(target.getvalue())
