"""What a file is, by its content and never by its name: documents people work with; nothing that runs."""

import re
import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from cordee.toolkit import archives
from cordee.toolkit.refusals import Unreadable

MOST_BYTES = 20 * 1024 * 1024
MOST_UNPACKED = 300 * 1024 * 1024
LONGEST_NAME = 120
OFFICE = "application/vnd.openxmlformats-officedocument"
ODF = "application/vnd.oasis.opendocument"


class TooBig(Unreadable):
    sentence = _(
        "Ce fichier dépasse 20 Mo. Réduisez-le, ou déposez-le ailleurs et donnez-en le lien dans le compte rendu."
    )


class Empty(Unreadable):
    sentence = _("Ce fichier est vide. Choisissez-en un autre.")


class NotAllowed(Unreadable):
    sentence = _(
        "Ce genre de fichier n’est pas reçu. Déposez un PDF, un document Word, Excel, PowerPoint ou LibreOffice, une"
        " image ou un texte."
    )


class WithMacros(Unreadable):
    sentence = _("Ce fichier contient des macros, qui ne sont pas reçues. Enregistrez-le sans macros, puis réessayez.")


class Locked(Unreadable):
    sentence = _("Ce fichier est protégé par un mot de passe. Retirez-le, enregistrez, puis réessayez.")


class Spoilt(Unreadable):
    sentence = _(
        "Ce fichier est endommagé ou devient trop lourd une fois ouvert. Enregistrez-le de nouveau, puis réessayez."
    )


@dataclass(frozen=True, slots=True)
class FileType:
    """`endings` are the names it may have, the first of them the one it takes when its name says something else."""

    media_type: str
    endings: tuple[str, ...]


SIGNATURES = (
    (re.compile(rb"%PDF-\d"), FileType("application/pdf", ("pdf",))),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), FileType("image/png", ("png",))),
    (re.compile(rb"\xff\xd8\xff"), FileType("image/jpeg", ("jpg", "jpeg"))),
    (re.compile(rb"GIF8[79]a"), FileType("image/gif", ("gif",))),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), FileType("image/webp", ("webp",))),
    (re.compile(rb"....ftyp(heic|heix|mif1)", re.DOTALL), FileType("image/heic", ("heic", "heif"))),
)
ZIPPED = {
    "word/document.xml": FileType(f"{OFFICE}.wordprocessingml.document", ("docx",)),
    "xl/workbook.xml": FileType(f"{OFFICE}.spreadsheetml.sheet", ("xlsx",)),
    "ppt/presentation.xml": FileType(f"{OFFICE}.presentationml.presentation", ("pptx",)),
}
OPEN = {
    f"{ODF}.text": FileType(f"{ODF}.text", ("odt",)),
    f"{ODF}.spreadsheet": FileType(f"{ODF}.spreadsheet", ("ods",)),
    f"{ODF}.presentation": FileType(f"{ODF}.presentation", ("odp",)),
    f"{ODF}.graphics": FileType(f"{ODF}.graphics", ("odg",)),
}
# The names of the streams of the Office of before 2007, as their directory writes them.
COMPOUND = {
    "WordDocument": FileType("application/msword", ("doc",)),
    "Workbook": FileType("application/vnd.ms-excel", ("xls",)),
    "PowerPoint Document": FileType("application/vnd.ms-powerpoint", ("ppt",)),
}
TEXT = FileType("text/plain", ("txt", "csv", "md", "ics"))
RUNS = re.compile(r"\s*(#!|<(!doctype|html|head|body|script|svg|\?xml|\?php|\?=|iframe|math)\b)", re.IGNORECASE)
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def recognize(content: bytes) -> FileType:
    """Raises Unreadable with the sentence to show for all that is not plainly one of the kinds received."""
    if len(content) > MOST_BYTES:
        raise TooBig
    if not content.strip():
        raise Empty
    for signature, kind in SIGNATURES:
        if signature.match(content):
            return kind
    if content.startswith(b"PK\x03\x04"):
        return _zipped(content)
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _compound(content)
    return _text(content)


def fitting_name(name: str, kind: FileType) -> str:
    """The name without its folders and what cannot be seen, ending as its content does: `avis.exe` → `avis.exe.pdf`."""
    last = re.split(r"[/\\]", name)[-1]
    seen = "".join(letter for letter in last if unicodedata.category(letter)[0] != "C").strip(" .")
    stem, dot, ending = seen.rpartition(".")
    if not dot or ending.lower() not in kind.endings:
        stem, ending = seen, kind.endings[0]
    return f"{stem[:LONGEST_NAME].strip(' .') or 'document'}.{ending}"


def _zipped(content: bytes) -> FileType:
    try:
        inside = archives.contents_of(content, most_unpacked=MOST_UNPACKED)
    except archives.Locked:
        raise Locked from None
    except (archives.Broken, archives.Heavy):
        raise Spoilt from None
    if inside.has_macros:
        raise WithMacros
    if inside.kind in OPEN and "content.xml" in inside.names:
        return OPEN[inside.kind]
    for name, kind in ZIPPED.items():
        if name in inside.names and "[Content_Types].xml" in inside.names:
            return kind
    raise NotAllowed


def _compound(content: bytes) -> FileType:
    def holds(name: str) -> bool:
        return name.encode("utf-16-le") in content

    if holds("EncryptedPackage"):
        raise Locked
    if holds("_VBA_PROJECT"):
        raise WithMacros
    for name, kind in COMPOUND.items():
        if holds(name):
            return kind
    raise NotAllowed


def _text(content: bytes) -> FileType:
    """UTF-8, UTF-16 with its mark, or Windows' Western letters; no page, no script, no control character."""
    try:
        text = content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    if CONTROLS.search(text) or "\ufffd" in text or RUNS.match(text):
        raise NotAllowed
    return TEXT
