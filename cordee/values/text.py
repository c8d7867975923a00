"""Text that comes from elsewhere: in which encoding, and what two spellings have in common."""

import re
import unicodedata
from functools import lru_cache

BROKEN = re.compile("[\x00\ufffd\ud800-\udfff]")


def decode(content: bytes) -> str:
    """UTF-8 when it is valid UTF-8, UTF-16 by its mark or by its zeros, else the Windows code page of Excel.

    Raises UnicodeDecodeError when it is none of them.
    """
    return content.decode(_encoding(content)).removeprefix("\ufeff")


def is_whole(text: str) -> bool:
    """Whether all of it was read, and both databases keep it: no null character, no half of a pair of UTF-16, and no
    mark of what could not be decoded.
    """
    return not BROKEN.search(text)


def fold(value: object) -> str:
    """Lower case, no accents, every mark a space: « Présence (½ j) » is `presence 1 2 j`."""
    return _folded(str(value))


@lru_cache(maxsize=8192)  # a file says the same names, groups and words thousands of times
def _folded(text: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9]+", " ", plain(text).replace("œ", "oe").replace("æ", "ae")).split())


def plain(value: object) -> str:
    """Lower case and no accents, marks kept."""
    text = str(value).lower()
    if text.isascii():
        return text
    return "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))


def _encoding(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    even, odd = content[:2000:2].count(0), content[1:2000:2].count(0)
    if max(even, odd) > len(content[:2000]) // 4:
        return "utf-16-le" if odd > even else "utf-16-be"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"
