"""Old and other spreadsheets, made by hand for tests: an XLS (BIFF8 in its compound file) and an ODS."""

import io
import struct
import zipfile
from collections.abc import Sequence
from datetime import date
from html import escape
from typing import Any

SECTOR = 512
END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
ODS = "application/vnd.oasis.opendocument.spreadsheet"
NAMESPACE = "urn:oasis:names:tc:opendocument:xmlns:"


def xls(rows: Sequence[Sequence[Any]], *, name: str = "Feuille1", locked: bool = False) -> bytes:
    """A one-sheet XLS with texts, numbers and dates; `locked` says it needs a password."""
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    for at, row in enumerate(rows):
        for place, value in enumerate(row):
            sheet += _cell(at, place, value)
    sheet += _record(0x000A)
    start = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    if locked:
        start += _record(0x002F, struct.pack("<HHH", 1, 1, 1) + bytes(48))
    for style in (0, 14):  # plain, then the built-in short date
        start += _record(0x00E0, struct.pack("<HHH", 0, style, 0) + bytes(14))
    bound = struct.pack("<BB", 0, 0) + bytes([len(name), 0]) + name.encode("latin-1")
    offset = len(start) + 4 + 4 + len(bound) + 4
    bound = struct.pack("<I", offset) + bound
    return _compound(start + _record(0x0085, bound) + _record(0x000A) + sheet)


def _cell(at: int, place: int, value: Any) -> bytes:
    if isinstance(value, date):
        return _record(0x0203, struct.pack("<HHHd", at, place, 1, (value - date(1899, 12, 30)).days))
    if isinstance(value, int | float):
        return _record(0x0203, struct.pack("<HHHd", at, place, 0, value))
    if not value:
        return b""
    return _record(0x0204, struct.pack("<HHHHB", at, place, 0, len(value), 1) + value.encode("utf-16-le"))


def _record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _compound(stream: bytes) -> bytes:
    """The stream `Workbook` in a compound file: header, one allocation table, one directory, the stream."""
    stream = stream.ljust(max(4096, -(-len(stream) // SECTOR) * SECTOR), b"\0")
    sectors = len(stream) // SECTOR
    table = [FAT, END, *range(3, sectors + 2), END]
    assert len(table) <= SECTOR // 4, "Too long for one allocation table."
    table += [FREE] * (SECTOR // 4 - len(table))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, END, 0, END, 0) + struct.pack("<I", 0)
    header += struct.pack("<I", FREE) * 108
    entries = _entry("Root Entry", 5, child=1, first=END, size=0) + _entry("Workbook", 2, first=2, size=len(stream))
    return header + struct.pack("<128I", *table) + entries.ljust(SECTOR, b"\0") + stream


def _entry(name: str, kind: int, *, child: int = FREE, first: int, size: int) -> bytes:
    coded = name.encode("utf-16-le") + b"\0\0"
    return (
        coded.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(coded), kind, 1, FREE, FREE, child)
        + bytes(36)
        + struct.pack("<IQ", first, size)
    )


def ods(rows: Sequence[Sequence[Any]], *, name: str = "Feuille1") -> bytes:
    """A one-sheet ODS as LibreOffice writes it: the kind first, then the content."""
    body = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
    return ods_of(f'<table:table table:name="{escape(name)}">{body}</table:table>')


def ods_of(tables: str) -> bytes:
    spaces = " ".join(f'xmlns:{short}="{NAMESPACE}{short}:1.0"' for short in ("office", "table", "text"))
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} office:version="1.3">'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", ODS, zipfile.ZIP_STORED)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", _manifest())
    return target.getvalue()


def _manifest() -> str:
    return (
        f'<?xml version="1.0"?><manifest:manifest xmlns:manifest="{NAMESPACE}manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS}"/></manifest:manifest>'
    )


def _ods_cell(value: Any) -> str:
    if value is None or value == "":
        return "<table:table-cell/>"
    if isinstance(value, date):
        return f'<table:table-cell office:value-type="date" office:date-value="{value.isoformat()}"/>'
    if isinstance(value, int | float):
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
    return f'<table:table-cell office:value-type="string"><text:p>{escape(value)}</text:p></table:table-cell>'
