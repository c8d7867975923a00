"""The few marks the guides use, read without a library: titles, paragraphs, lists, pictures, bold, links, code."""

import re
from dataclasses import dataclass, field

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

TITLE = re.compile(r"(#{1,3}) (.+)")
ITEM = re.compile(r"(?:[-*]|([0-9]+)\.) (.+)")
PICTURE = re.compile(r"!\[([^\]]*)\]\((?:\.\./)*images/([\w.-]+)\)")
BOLD = re.compile(r"\*\*(.+?)\*\*")
CODE = re.compile(r"`(.+?)`")
LINK = re.compile(r"\[([^\]]+)\]\((https://[^)\s]+|/[^)\s]*)\)")


@dataclass(slots=True)
class Block:
    """`kind` is title, steps, points, picture or text; `items` the lines of a list."""

    kind: str
    text: SafeString | str = ""
    items: list[SafeString] = field(default_factory=list)
    picture: str = ""


def title_of(text: str) -> str:
    found = re.match(r"# (.+)", text)
    return found[1] if found else ""


def blocks_of(text: str) -> list[Block]:
    """What follows the title, paragraph by paragraph."""
    paragraphs = [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]
    return [_block(part) for part in paragraphs if not part.startswith("# ")]


def _block(part: str) -> Block:
    if found := TITLE.fullmatch(part):
        return Block("title", inline(found[2]))
    if found := PICTURE.fullmatch(part):
        return Block("picture", found[1], picture=f"guides/{found[2]}")
    if ITEM.match(part):
        items = re.split(r"\n(?=(?:[-*]|[0-9]+\.) )", part)
        numbered = part[0].isdecimal()
        return Block("steps" if numbered else "points", items=[_item(item) for item in items])
    return Block("text", inline(part))


def _item(text: str) -> SafeString:
    found = ITEM.match(" ".join(text.split()))
    return inline(found[2] if found else text)


def inline(text: str) -> SafeString:
    """The text is escaped first: what is marked afterwards is only what this function writes."""
    safe = escape(" ".join(text.split()))
    safe = CODE.sub(r"<code>\1</code>", BOLD.sub(r"<b>\1</b>", safe))
    return mark_safe(LINK.sub(r'<a href="\2">\1</a>', safe))
