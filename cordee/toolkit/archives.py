"""What a zip says of itself, and its two small parts that say what it is: nothing else of it is unpacked here."""

import io
import zipfile
import zlib
from dataclasses import dataclass

MOST_PARTS = 5000
MOST_RATIO = 300  # the XML of a dull sheet packs to about a fiftieth
RATIO_FROM = 5 * 1024 * 1024
MOST_READ = 1024 * 1024
ENTRY = b"PK\x01\x02"
# The others unpack four kilobytes to a hundred million, whatever size is said; no office writes them.
PACKINGS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
FAULTS = (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, OSError, ValueError, EOFError)
MACROS = (b"macroenabled", b"macrosheet", b"vbaproject")


class Broken(Exception):
    """No zip, or one that says two things of a part."""


class Heavy(Exception):
    """It would unpack to far more than it shows."""


class Locked(Exception):
    """A part of it needs a password."""


@dataclass(frozen=True, slots=True)
class Contents:
    """The names of its parts; `kind` as OpenDocument says it, `types` as Office does, empty when it does not."""

    names: frozenset[str]
    kind: str
    types: bytes

    @property
    def has_macros(self) -> bool:
        """By the name of the part, or by what it is said to be when its name says something else."""
        said = self.types.replace(b"\0", b"").lower()
        named = any(
            one.lower().endswith("vbaproject.bin") or one.startswith(("Basic/", "Scripts/")) for one in self.names
        )
        return named or any(word in said for word in MACROS)


def contents_of(content: bytes, *, most_unpacked: int) -> Contents:
    """Raises Broken, Heavy or Locked. Entries are counted before the list of them, which costs memory, is read."""
    if content.count(ENTRY) > MOST_PARTS:
        raise Heavy
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = {part.filename: part for part in archive.infolist()}
            _check(archive.infolist(), most_unpacked)
            kind, types = (_small(archive, parts, name) for name in ("mimetype", "[Content_Types].xml"))
    except FAULTS:
        raise Broken from None
    return Contents(frozenset(parts), kind.decode("ascii", "replace"), types)


def _check(parts: list[zipfile.ZipInfo], most_unpacked: int) -> None:
    heavy = any(part.file_size > RATIO_FROM and part.file_size > MOST_RATIO * part.compress_size for part in parts)
    if heavy or sum(part.file_size for part in parts) > most_unpacked:
        raise Heavy
    if any(part.flag_bits & 1 for part in parts):
        raise Locked
    if len({part.filename for part in parts}) < len(parts) or any(part.compress_type not in PACKINGS for part in parts):
        raise Broken


def _small(archive: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo], name: str) -> bytes:
    """Empty when it is not there. Raises Heavy when it is no small part."""
    if name not in parts:
        return b""
    if parts[name].file_size > MOST_READ:
        raise Heavy
    return archive.read(name)
