"""Files of a hostile hand: two kinds at once, names that lie, contents that would fill the machine."""

import bz2
import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping

import xlsxwriter

from cordee.toolkit.testing.spreadsheets import xls

SCRIPT = b"<html><script>alert(document.domain)</script></html>"
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{}</Types>'
MACRO = '<Override PartName="/word/theme.bin" ContentType="application/vnd.ms-office.vbaProject"/>'
ENTITIES = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
BILLION = f"<?xml version='1.0'?><!DOCTYPE x [{ENTITIES}]><x>&a9;</x>"
OUTSIDE = "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><x>&a;</x>"
TITLES = ("Date", "Groupe", "Nom", "Prénom", "Portion")
CSV = ";".join(TITLES) + "\n2025-01-14;18-TC-TRP;"
LINE = ("2025-01-14", "18-TC-TRP", "Piolet", "Paule00", "1")


def zipped(parts: Mapping[str, str | bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", packing) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def docx(body: str = "<w/>", types: str = "", **parts: bytes) -> bytes:
    return zipped({"[Content_Types].xml": TYPES.format(types), "word/document.xml": body, **parts})


def xlsx(*lines: tuple[str, ...], piolet: str = "Piolet") -> bytes:
    """A workbook whose XML says what no program writes in the place of one name."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for at, line in enumerate(lines):
            sheet.write_row(at, 0, line)
    with zipfile.ZipFile(target) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    parts["xl/sharedStrings.xml"] = parts["xl/sharedStrings.xml"].replace(b"Piolet", piolet.encode())
    return zipped(parts)


def png(width: int, height: int, data: bytes = b"", after: bytes = b"") -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(data)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts + after


def lying_kind() -> bytes:
    """A packed `mimetype` that says it is short and unpacks to ninety megabytes."""
    parts = {"mimetype": bz2.compress(bytes(90_000_000)), "content.xml": b"<x/>"}
    content = zipped(parts, zipfile.ZIP_STORED)
    length = struct.pack("<II", len(parts["mimetype"]), len(parts["mimetype"]))
    said = struct.pack("<II", len(parts["mimetype"]), 40)
    content = content.replace(length, said)
    for mark, at in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        place = content.index(mark) + at
        content = content[:place] + struct.pack("<H", zipfile.ZIP_BZIP2) + content[place + 2 :]
    return content


def spoilt_kind() -> bytes:
    """A `mimetype` that does not unpack."""
    content = zipped({"mimetype": "application/vnd.oasis.opendocument.text" * 3, "content.xml": "<x/>"})
    at = content.index(b"mimetype") + len("mimetype")
    return content[:at] + b"\xff" * 8 + content[at + 8 :]


def many_parts() -> bytes:
    """Forty thousand entries of nothing, of which each costs memory as soon as they are listed."""
    return zipped({f"{number}": "" for number in range(40_000)}, zipfile.ZIP_STORED)


FILES: dict[str, Callable[[], bytes]] = {
    "PDF then HTML": lambda: b"%PDF-1.7\n" + SCRIPT,
    "HTML then PDF": lambda: SCRIPT + b"\n%PDF-1.7\n",
    "PDF and ZIP": lambda: b"%PDF-1.7\n" + docx() + b"\n%%EOF",
    "ZIP and PDF": lambda: docx() + b"%PDF-1.7\n%%EOF",
    "HTML then XLSX": lambda: SCRIPT + xlsx(("a",)),
    "XLSX then HTML": lambda: xlsx(("a",)) + SCRIPT,
    "JPEG with JS": lambda: b"\xff\xd8\xff\xe0\x2f\x2a" + b"\x00*/=alert(1);/*" + SCRIPT,
    "GIF with JS": lambda: b"GIF89a=1;alert(1);//" + SCRIPT,
    "PNG then PHP": lambda: png(1, 1, bytes(4), after=b"<?php system($_GET[0]); ?>" + SCRIPT),
    "SVG": lambda: b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "text then HTML": lambda: b"Bonjour;\n" + SCRIPT,
    "HTML in UTF-16": lambda: SCRIPT.decode().encode("utf-16"),
    "HTML in UTF-7": lambda: b"+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    "macros by another name": lambda: docx(types=MACRO, **{"word/theme.bin": b"\xd0\xcf\x11\xe0"}),
    "macros in UTF-16": lambda: zipped(
        {"[Content_Types].xml": TYPES.format(MACRO).encode("utf-16"), "word/document.xml": "<w/>"}
    ),
    "billion laughs in DOCX": lambda: docx(BILLION),
    "billion laughs in XLSX": lambda: zipped({"[Content_Types].xml": "", "xl/workbook.xml": BILLION}),
    "outside entity in XLSX": lambda: zipped({"[Content_Types].xml": "", "xl/workbook.xml": OUTSIDE}),
    "billion laughs in ODS": lambda: zipped(
        {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": BILLION}
    ),
    "billion laughs alone": lambda: BILLION.encode(),
    "image of 50 000 by 50 000": lambda: png(50_000, 50_000, bytes(8_000_000)),
    "ZIP bomb": lambda: zipped({"[Content_Types].xml": "", "xl/workbook.xml": "<x/>", "xl/a.xml": bytes(60_000_000)}),
    "archive in an archive": lambda: zipped({"a.zip": zipped({"b.zip": zipped({"c": bytes(5_000_000)})})}),
    "a part that lies of its length": lying_kind,
    "a part that does not unpack": spoilt_kind,
    "forty thousand parts": many_parts,
    "one text in every cell": lambda: xlsx(*[("é" * 30_000,)] * 19_000),
    "one line of 9 MB": lambda: b"Date;" * 1_900_000,
    "one cell of 9 MB": lambda: b"Date;" + b"a" * 9_000_000,
    "nine million lines": lambda: b"a\n" * 4_700_000,
    "twenty-one megabytes": lambda: b"Date;" * 4_300_000,
    "half a character in XLSX": lambda: xlsx(TITLES, LINE, piolet="_xD800_"),
    "the null character in XLSX": lambda: xlsx(TITLES, LINE, piolet="_x0000_"),
    "what could not be read in XLSX": lambda: xlsx(TITLES, LINE, piolet="\ufffd"),
    "half a character in XLS": lambda: xls([TITLES, ("2025-01-14", "18-TC-TRP", "PioletZ", "Paule00", "1")]).replace(
        b"Z\0", b"\x00\xd8"
    ),
    "half a character in UTF-16": lambda: b"\xff\xfe" + CSV.encode("utf-16-le") + b"\x00\xd8;\x00",
    "half a character in UTF-8": lambda: CSV.encode() + b"\xed\xa0\x80\xff;Paule00;1\n",
    "what could not be read in CSV": lambda: CSV.encode() + "Piolet\ufffd;Paule00;1\n".encode(),
}
# As the header of the part says it, between its quotation marks.
NAMES: dict[str, bytes] = {
    "two endings": b"plan.pdf.exe",
    "written backwards": "plan\u202efdp.exe".encode(),
    "a path": b"../../../etc/passwd",
    "a path of Windows": b"C:\\\\Windows\\\\win.ini",
    "the null character": b"plan.exe\x00.pdf",
    "the null character, percent": b"plan.exe%00.pdf",
    "three hundred characters": b"a" * 300 + b".html",
    "half a character": b"plan\xed\xa0\x80.pdf",
    "bytes of no encoding": b"plan\xff\xfe.pdf",
    "a line": b"plan.pdf\\r\\nSet-Cookie: a=b",
    "markup": b"<img src=x onerror=alert(1)>.pdf",
    "dots": b"...",
    "nothing seen": "\u200b\ufeff".encode(),
}
# As the header of the part says it, whole.
SAID: dict[str, bytes] = {
    "RFC 2231, half a character": b"filename*=utf-7''+2AA-.pdf",
    "RFC 2231, bytes of no encoding": b"filename*=UTF-8''plan%ED%A0%80%00.pdf",
    "RFC 2231, an unknown encoding": b"filename*=inconnu''plan.pdf",
}


def multipart(field: str, said: bytes, content: bytes, more: bytes = b"") -> bytes:
    """The body of a form that holds one file, to the byte."""
    head = b'--limite\r\nContent-Disposition: form-data; name="%s"; %s\r\n' % (field.encode(), said)
    return more + head + b"Content-Type: text/html\r\n\r\n" + content + b"\r\n--limite--\r\n"


def named(name: bytes) -> bytes:
    return b'filename="%s"' % name
