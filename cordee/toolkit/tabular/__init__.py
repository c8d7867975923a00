"""Tables in and out: `read_table` takes any spreadsheet a centre keeps, `workbook` and `csv_file` write them."""

from cordee.toolkit.tabular.reading import Cell, ReadSheet, read_table
from cordee.toolkit.tabular.writing import Column, Sheet, as_download, csv_file, csv_for_excel, workbook

__all__ = [
    "Cell",
    "Column",
    "ReadSheet",
    "Sheet",
    "as_download",
    "csv_file",
    "csv_for_excel",
    "read_table",
    "workbook",
]
