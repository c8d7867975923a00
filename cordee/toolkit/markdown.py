"""Markdown as people write it, read into a tree of typed blocks that is shown as HTML or handed to Typst as data.

No HTML passes: it is text like any other. Links lead to http, https or mailto only; there are no pictures but those a
caller gives an address to. Headings never skip a level, whatever was typed.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

type Block = dict[str, Any]
type Address = Callable[[str], str]

OUTSIDE = re.compile(r"(https?://|mailto:)", re.IGNORECASE)
BARE = re.compile(r"(https?://[^\s<>\"]*[^\s<>\".,;:!?)\u00bb\u2026])")
DEEPEST = 6
RULE, BREAK = mark_safe("<hr>"), mark_safe("<br>")


def read(text: str, *, top: int = 1, addressed: Address | None = None) -> list[Block]:
    """The blocks of a text whose highest heading becomes level `top`.

    `addressed` turns a relative link or the source of a picture into an address (empty: there is none); without it
    both stay as they were typed.
    """
    return _Reader(top, addressed).blocks(SyntaxTreeNode(_parser(local=addressed is not None).parse(text)))


def to_html(blocks: Iterable[Block]) -> SafeString:
    return format_html_join("\n", "{}", ((_block(block),) for block in blocks))


@cache
def _parser(*, local: bool) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["html_block", "html_inline"])
    if not local:
        parser.disable("image")
    parser.validateLink = lambda url: bool(OUTSIDE.match(url)) or (local and ":" not in url)  # type: ignore[method-assign]
    return parser


class _Reader:
    def __init__(self, top: int, addressed: Address | None) -> None:
        self.top, self.addressed = top, addressed
        self.open: list[int] = []  # the levels typed of the headings one stands under

    def blocks(self, parent: SyntaxTreeNode) -> list[Block]:
        """A heading that says nothing is left out: a reader would be led to it for nothing."""
        return [self._block(node) for node in parent.children if node.type != "heading" or _says(node)]

    def _block(self, node: SyntaxTreeNode) -> Block:
        match node.type:
            case "heading":
                return {"kind": "heading", "level": self._level(int(node.tag[1:])), "content": self._content(node)}
            case "bullet_list" | "ordered_list":
                items = [self.blocks(item) for item in node.children]
                ordered = node.type == "ordered_list"
                return {"kind": "list", "ordered": ordered, "start": int(node.attrs.get("start", 1)), "items": items}
            case "blockquote":
                return {"kind": "quote", "blocks": self.blocks(node)}
            case "fence" | "code_block":
                return {"kind": "code", "text": node.content.rstrip("\n")}
            case "hr":
                return {"kind": "rule"}
            case "table":
                return self._table(node)
        return {"kind": "paragraph", "content": self._content(node)}

    def _level(self, typed: int) -> int:
        while self.open and self.open[-1] >= typed:
            self.open.pop()
        self.open.append(typed)
        return min(self.top + len(self.open) - 1, DEEPEST)

    def _table(self, node: SyntaxTreeNode) -> Block:
        (header, *rows) = [row for part in node.children for row in part.children]
        aligns = [str(cell.attrs.get("style", "")).rpartition(":")[2] or "left" for cell in header.children]
        return {
            "kind": "table",
            "aligns": aligns,
            "header": [self._content(cell) for cell in header.children],
            "rows": [[self._content(cell) for cell in row.children] for row in rows],
        }

    def _content(self, node: SyntaxTreeNode) -> list[Block]:
        return [piece for inline in node.children for child in inline.children for piece in self._inline(child)]

    def _inline(self, node: SyntaxTreeNode) -> Iterator[Block]:
        match node.type:
            case "strong" | "em":
                yield {"kind": node.type, "content": self._children(node)}
            case "code_inline":
                yield {"kind": "code", "text": node.content}
            case "hardbreak":
                yield {"kind": "break"}
            case "softbreak":
                yield {"kind": "text", "text": " "}
            case "link":
                yield {"kind": "link", "url": self._address(str(node.attrs["href"])), "content": self._children(node)}
            case "image":
                yield {"kind": "image", "url": self._address(str(node.attrs["src"])), "text": node.content}
            case _:
                yield from _text(node.content, linked=node.parent is not None and node.parent.type == "link")

    def _children(self, node: SyntaxTreeNode) -> list[Block]:
        return [piece for child in node.children for piece in self._inline(child)]

    def _address(self, url: str) -> str:
        return url if OUTSIDE.match(url) or self.addressed is None else self.addressed(url)


def _says(node: SyntaxTreeNode) -> bool:
    return any(each.content.strip() for each in node.walk() if each.type in ("text", "code_inline"))


def _text(text: str, *, linked: bool) -> Iterator[Block]:
    """An address pasted as it is becomes a link."""
    for place, part in enumerate([text] if linked else BARE.split(text)):
        if place % 2:
            yield {"kind": "link", "url": part, "content": [{"kind": "text", "text": part}]}
        elif part:
            yield {"kind": "text", "text": part}


def _block(block: Block) -> SafeString:
    match block["kind"]:
        case "heading":
            return format_html("<h{0}>{1}</h{0}>", block["level"], _inlines(block["content"]))
        case "list":
            return _list(block)
        case "quote":
            return format_html("<blockquote>{}</blockquote>", to_html(block["blocks"]))
        case "code":
            return format_html('<pre tabindex="0"><code>{}</code></pre>', block["text"])
        case "rule":
            return RULE
        case "table":
            return _table(block)
    return format_html("<p>{}</p>", _inlines(block["content"]))


def _list(block: Block) -> SafeString:
    items = format_html_join("", "<li>{}</li>", ((_item(item),) for item in block["items"]))
    if not block["ordered"]:
        return format_html("<ul>{}</ul>", items)
    return format_html('<ol start="{}">{}</ol>', block["start"], items)


def _item(blocks: list[Block]) -> SafeString:
    """A line of a list stands without a paragraph of its own."""
    if blocks and blocks[0]["kind"] == "paragraph":
        return format_html("{}{}", _inlines(blocks[0]["content"]), to_html(blocks[1:]))
    return to_html(blocks)


def _table(block: Block) -> SafeString:
    kinds = ["num" if align == "right" else "" for align in block["aligns"]]

    def cells(tag: str, row: list[list[Block]]) -> SafeString:
        return format_html_join(
            "",
            f'<{tag} class="{{}}">{{}}</{tag.split()[0]}>',
            ((kind, _inlines(cell)) for kind, cell in zip(kinds, row, strict=True)),
        )

    header = cells('th scope="col"', block["header"])
    rows = format_html_join("", "<tr>{}</tr>", ((cells("td", row),) for row in block["rows"]))
    return format_html(
        '<div class="scroll" tabindex="0"><table class="table"><thead><tr>{}</tr></thead>'
        "<tbody>{}</tbody></table></div>",
        header,
        rows,
    )


def _inlines(pieces: Iterable[Block]) -> SafeString:
    return format_html_join("", "{}", ((_inline(piece),) for piece in pieces))


def _inline(piece: Block) -> SafeString:
    match piece["kind"]:
        case "strong" | "em":
            return format_html("<{0}>{1}</{0}>", piece["kind"], _inlines(piece["content"]))
        case "code":
            return format_html("<code>{}</code>", piece["text"])
        case "break":
            return BREAK
        case "image":
            return format_html('<img src="{}" alt="{}" loading="lazy">', piece["url"], piece["text"])
        case "link" if OUTSIDE.match(piece["url"]):
            return format_html(
                '<a href="{}" rel="noopener noreferrer nofollow">{}</a>', piece["url"], _inlines(piece["content"])
            )
        case "link":
            return format_html('<a href="{}">{}</a>', piece["url"], _inlines(piece["content"]))
    return format_html("{}", piece["text"])
