import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from cordee.toolkit.tabular import Column, Sheet, as_download, csv_file, csv_for_excel, read_table, workbook
from cordee.toolkit.tabular.writing import sheet_name

COLUMNS = [
    Column("Personne"),
    Column("Date", "date"),
    Column("Portion", "days"),
    Column("Montant", "money"),
    Column("Lignes", "number"),
]
ROWS = [
    ["Élise Tremblay", date(2024, 9, 12), Decimal("0.5"), Decimal("140.10"), 1],
    ["Luc Roy", date(2024, 9, 13), Decimal(1), Decimal("280.20"), 2],
    ["Luc Roy", None, None, Decimal("-0.30"), 3],
]
TOTALS = ["Total", None, Decimal("1.5"), Decimal("420.00"), 6]


def opened(content, *, values=False):
    return openpyxl.load_workbook(io.BytesIO(content), data_only=values).worksheets[0]


def test_amounts_days_and_dates_are_real_and_totals_are_formulas_with_our_result():
    content = workbook([Sheet("Réclamation", COLUMNS, ROWS, TOTALS)])
    written, stored = opened(content), opened(content, values=True)
    assert [cell.value for cell in written[5]] == ["Total", None, "=SUM(C2:C4)", "=SUM(D2:D4)", "=SUM(E2:E4)"]
    assert [cell.value for cell in stored[5]] == ["Total", None, 1.5, 420, 6]
    assert written["B2"].is_date and written["D2"].value == 140.1
    assert written["D2"].number_format == r"#,##0.00\ [$$-C0C]"
    assert written.freeze_panes == "A2" and written.auto_filter.ref == "A1:E4" and written["A1"].font.b


def test_a_total_that_is_not_the_sum_is_never_handed_out():
    with pytest.raises(ValueError, match="Montant"):
        workbook([Sheet("Réclamation", COLUMNS, ROWS, ["Total", None, None, Decimal("420.01"), None])])


def test_a_table_without_rows_has_its_header_and_its_zero():
    sheet = opened(workbook([Sheet("Vide", COLUMNS, [], ["Total", None, None, Decimal(0), None])]))
    assert [cell.value for cell in sheet[2]] == ["Total", None, None, 0, None]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "\t=1", "\r=1", " =cmd|' /C calc'!A0", "＝1"])
def test_a_text_that_looks_like_a_formula_stays_text(text):
    cell = opened(workbook([Sheet("a", [Column("Nom")], [[text]])]))["A2"]
    assert cell.data_type == "s" and cell.quotePrefix and cell.value.endswith(text.strip())
    line = csv_for_excel([[text]]).decode("utf-8-sig")
    assert line.strip('"').startswith("'")


def test_the_csv_is_what_a_french_canadian_excel_opens():
    content = csv_file(Sheet("a", COLUMNS, ROWS, TOTALS))
    assert content.startswith(b"\xef\xbb\xbf") and content.endswith(b"\r\n")
    assert content.decode("utf-8-sig").splitlines() == [
        "Personne;Date;Portion;Montant;Lignes",
        "Élise Tremblay;2024-09-12;0,5;140,10;1",
        "Luc Roy;2024-09-13;1;280,20;2",
        "Luc Roy;;;-0,30;3",
        "Total;;1,5;420,00;6",
    ]


def test_files_taken_in_english_are_what_an_english_canadian_excel_opens():
    with override("en"):
        lines = csv_file(Sheet("a", COLUMNS, ROWS, TOTALS)).decode("utf-8-sig").splitlines()
        written = opened(workbook([Sheet("a", COLUMNS, ROWS, TOTALS)]))
    assert lines[1] == "Élise Tremblay,2024-09-12,0.5,140.10,1" and lines[-1] == "Total,,1.5,420.00,6"
    assert written["D2"].number_format == "[$$-1009]#,##0.00"


def test_the_demonstration_says_on_every_sheet_that_its_data_are_invented(monkeypatch):
    monkeypatch.setattr("django.conf.settings.DEMO", True)
    sheet = Sheet("a", COLUMNS, ROWS, TOTALS, notes=["Période : mi-année"])
    written = opened(workbook([sheet]))
    assert [written["A1"].value, written["A2"].value] == ["Période : mi-année", "Démonstration : données inventées"]
    assert written["A4"].value == "Personne" and written["D8"].value == "=SUM(D5:D7)"
    assert "données inventées" in csv_file(sheet).decode()


def test_names_of_sheets_are_cleaned_cut_and_kept_apart():
    taken: set[str] = set()
    names = [sheet_name(wanted, taken) for wanted in ("CSS [a/b]: 2024?", "x" * 40, "X" * 40, "", "'")]
    assert names == ["CSS  a b   2024", "x" * 31, "X" * 29 + " 2", "Feuille", "Feuille 2"]


def test_a_download_has_its_type_and_a_name_with_accents():
    response = as_download(b"a", "réclamation.xlsx")
    assert response["Content-Type"].endswith("spreadsheetml.sheet")
    assert "filename*=utf-8''r%C3%A9clamation.xlsx" in response["Content-Disposition"]


texts = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp")), min_size=1, max_size=30
)
amounts = st.decimals(-10_000_000, 10_000_000, places=2)
days = st.dates(date(1990, 1, 1), date(2100, 1, 1))


@settings(max_examples=25, deadline=None)  # each one starts a process
@given(st.lists(st.tuples(texts, days, amounts), min_size=1, max_size=5))
def test_what_is_written_is_what_is_read(rows):
    total = sum((row[2] for row in rows), Decimal(0))
    columns = [Column("Nom"), Column("Jour", "date"), Column("Montant", "money")]
    [sheet] = read_table(workbook([Sheet("a", columns, rows, ["Total", None, total])]))
    read = [(str(name), day, round(Decimal(amount), 2)) for name, day, amount in sheet.rows[1:-1]]
    assert read == rows
    assert round(Decimal(sheet.rows[-1][2]), 2) == total
