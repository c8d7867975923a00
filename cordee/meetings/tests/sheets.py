"""Files as centres make them, for the tests of the import."""

import csv
import io
from pathlib import Path

import openpyxl

FILES = Path(__file__).parent / "files"
HEAD = ["Date", "Groupe", "Nom, Prénom", "Courriel", "Organisation", "Catégorie", "Portion"]


def xlsx(*sheets):
    """Lists of rows as the sheets of a workbook."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets, start=1):
        sheet = book.create_sheet(f"Feuille {number}")
        for row in rows:
            sheet.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def text(rows, encoding="utf-8-sig", delimiter=";"):
    target = io.StringIO()
    csv.writer(target, delimiter=delimiter).writerows(rows)
    return target.getvalue().encode(encoding)


def line(person, portion="1 j", *, day="2025-01-14", group="18-TC-TRP", email="", employer="862000", category="CP"):
    """One line under `HEAD`."""
    return [day, group, person, email, employer, category, portion]


def attendance(*lines):
    return text([HEAD, *lines])
