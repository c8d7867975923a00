"""The running text of an article as blocks: what it cites becomes a link, its tables have their place.

The same blocks are shown as HTML or handed to Typst; a citation is a link to `#rule-<key>` or `#art-<number>`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from cordee.reference.citation import article_anchor, rule_anchor
from cordee.reference.rulebook import Rule
from cordee.reference.rulebook.prose import CITATION, cited_key, parts_of
from cordee.reference.wording import in_words
from cordee.toolkit import markdown
from cordee.toolkit.markdown import Block

NESTED = ("content", "blocks", "items", "header", "rows")


@dataclass(frozen=True, slots=True)
class Piece:
    """Blocks of text, or the name of the table that stands there."""

    blocks: list[Block] = field(default_factory=list)
    embed: str = ""


def read(text: str, by_key: Mapping[str, Rule], *, top: int = 4) -> list[Piece]:
    """The pieces of a text in order; its highest heading becomes level `top`."""
    return [
        Piece(embed=part.embed) if part.embed else Piece(_cited(markdown.read(part.text, top=top), by_key))
        for part in parts_of(text)
    ]


def _cited(node: Any, by_key: Mapping[str, Rule]) -> Any:
    """The same tree, where each citation in a text became a link."""
    if isinstance(node, list):
        return [found for each in node for found in _pieces(each, by_key)]
    return {name: _cited(held, by_key) if name in NESTED else held for name, held in node.items()}


def _pieces(node: Any, by_key: Mapping[str, Rule]) -> Iterable[Any]:
    if isinstance(node, dict) and node["kind"] == "text":
        return _split(node["text"], by_key)
    return [_cited(node, by_key)]


def _split(text: str, by_key: Mapping[str, Rule]) -> Iterator[Block]:
    for at, piece in enumerate(CITATION.split(text)):
        key = cited_key(piece, by_key) if at % 2 else None
        if key is not None:
            yield _link(by_key[key])
        elif piece:
            yield {"kind": "text", "text": f"[[{piece}]]" if at % 2 else piece}


def _link(rule: Rule) -> Block:
    """An article by its number, a rule by its value."""
    if rule.key.startswith("article."):
        words, address = rule.article, article_anchor(rule.article)
    else:
        words, address = in_words(rule), rule_anchor(rule.key)
    return {"kind": "link", "url": f"#{address}", "content": [{"kind": "text", "text": words}]}
