"""The articles of a revision as blocks of data that `charter/typst/cadre.typ` sets: every text, table and rule."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from cordee.charter.exports.marks import marked_names, marked_prose, marked_value
from cordee.charter.exports.parts import named, parts_of
from cordee.charter.exports.tables import table_block
from cordee.reference import prose
from cordee.reference.citation import label_of, rule_anchor
from cordee.reference.rulebook import Rule
from cordee.reference.tables import own_rules
from cordee.reference.views.reading import Section, ShownArticle, ShownRule, ShownText
from cordee.reference.wording import in_words
from cordee.toolkit.contributions import ArticleTable

type Block = dict[str, Any]
SECTION, ARTICLE = 1, 2
# The text of the cadre, its notes and its names are in French whatever the document is in.
FRENCH = "fr"


class Setting:
    """What the articles of one document share. An anchor is given once, to whatever bears it first."""

    def __init__(self, rules: Iterable[Rule], tables: Mapping[str, ArticleTable]) -> None:
        self.by_key, self.tables = {rule.key: rule for rule in rules}, tables
        self.anchors: set[str] = set()

    def section(self, section: Section) -> Block:
        head = self._article(section.head, SECTION)
        return head | {"articles": [self._article(article, ARTICLE) for article in section.articles]}

    def anchor(self, name: str) -> str:
        if name in self.anchors:
            return ""
        self.anchors.add(name)
        return name

    def _article(self, article: ShownArticle, level: int) -> Block:
        anchor = self.anchor(article.anchor)
        blocks = [block for text in article.texts for block in self._text(text, level)]
        drawn = {*own_rules(self.tables[block["name"]] for block in blocks if block["kind"] == "table")}
        shown = [named(rule) for subject in article.subjects for rule in subject.rules]
        told = [rule for rule in shown if rule.change or rule.rule.key not in drawn]
        blocks += self._rules(told, article.title)
        blocks += _notes(rule.rule for rule in shown if rule not in told)
        return {
            "number": article.number,
            "title": article.title,
            "anchor": anchor,
            "blocks": blocks,
            "wide": any(block.get("wide") for block in blocks),
        }

    def _text(self, text: ShownText, level: int) -> Iterator[Block]:
        if text.change is None:
            yield from self._prose(text.rule.value, level, self.anchor(text.anchor))
            return
        yield {"kind": "state", "text": text.change.state, "anchor": self.anchor(text.anchor)}
        for piece in marked_prose(text.change.change, self.by_key):
            if isinstance(piece, str):
                yield from self._prose(piece, level, "")
            else:
                yield {"kind": "marked", "runs": piece, "language": FRENCH}

    def _prose(self, text: str, level: int, anchor: str) -> Iterator[Block]:
        for piece in prose.read(text, self.by_key, top=level + 1):
            if not piece.embed:
                yield {"kind": "prose", "blocks": piece.blocks, "anchor": anchor, "language": FRENCH}
            elif piece.embed in self.tables:
                yield table_block(self.tables[piece.embed], self.anchor)
            else:
                missing = _("Le tableau « %(name)s » n’a rien à montrer cette année.") % {"name": piece.embed}
                yield {"kind": "missing", "text": missing}
            anchor = ""

    def _rules(self, shown: Sequence[ShownRule], title: str) -> Iterator[Block]:
        """Numbered texts as a list, steps of a same make as a table, the others under what they are about."""
        if len(shown) == 1 and shown[0].is_text and shown[0].label == title:
            yield {"kind": "statement", "row": self._row(shown[0], title)}
            return
        for part in parts_of(shown):
            if part.numbered:
                name = "" if len(part.rules) == len(shown) else part.title
                yield {"kind": "list", "title": name, "rows": [self._row(rule, title) for rule in part.rules]}
            elif part.grid:
                yield table_block(part.grid, self.anchor)
                yield from _notes(rule.rule for rule in part.rules)
            else:
                yield {"kind": "rules", "title": part.title, "rows": [self._row(rule, title) for rule in part.rules]}

    def _row(self, shown: ShownRule, title: str) -> Block:
        rule = shown.rule
        others = [
            {"name": name, "said": {"runs": runs, "language": FRENCH}}
            for name, runs in (marked_names(shown.change.change) if shown.change else [])
        ]
        return {
            "anchor": self.anchor(rule_anchor(rule.key)),
            "label": shown.label if shown.label != title else "",
            "value": {
                "text": in_words(rule),
                "runs": marked_value(shown.change.change) if shown.change else [],
                "language": FRENCH if rule.kind == "text" else "",
            },
            "note": in_french("" if others else rule.note),
            "open": rule.interpretation,
            "others": others,
            "state": shown.change.state if shown.change else "",
        }


def in_french(text: str) -> Block:
    return {"text": text, "language": FRENCH}


def _notes(rules: Iterable[Rule]) -> Iterator[Block]:
    """What a table cannot say of its rules: what was left open, and the remarks; each said once."""
    said: dict[tuple[bool, str], list[str]] = {}
    for rule in rules:
        if rule.note:
            said.setdefault((rule.interpretation, rule.note), []).append(label_of(rule))
    if said:
        rows = [{"open": is_open, "note": in_french(note), "about": about} for (is_open, note), about in said.items()]
        yield {"kind": "notes", "rows": rows}


def without_dead_links(node: Any, anchors: set[str]) -> Any:
    """A link to what this document does not hold (a removed rule) is read as its words."""
    if isinstance(node, list):
        return [without_dead_links(each, anchors) for each in node]
    if not isinstance(node, dict):
        return node
    if node.get("kind") == "link" and node["url"].startswith("#") and node["url"][1:] not in anchors:
        return {"kind": "span", "content": without_dead_links(node["content"], anchors)}
    return {name: without_dead_links(held, anchors) for name, held in node.items()}
