"""Writing an edition as its reviewed TOML file: the one canonical form, which `parse_edition` reads back the same."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from cordee.reference.rulebook.book import Rule
from cordee.values.school_year import SchoolYear

PREAMBLE = """\
# Le cadre de référence {year}, en données revues. Chaque règle a sa clé, sa nature (le nom sous lequel sa valeur
# est écrite), l'article d'où elle vient et ses noms dans les deux langues. « open » marque une interprétation et dit
# ce que le cadre laisse ouvert ; « note » est une remarque. Les articles suivent la table des matières : l'historique
# est la section 1, le budget la section 18. Une date « -included » dit si le jour nommé compte encore : « avant le
# 30 janvier » ne compte pas le 30, « au plus tard le 1er juin » compte le 1er. « prose » est le texte d'un article :
# [[18.1]] y cite un article, [[rate.teacher.day]] y montre une règle, une ligne {{{{ rates }}}} y place un tableau.
"""
HEADING = "article."
ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
NOT_PLAIN = re.compile(r'[\\"\x00-\x1f\x7f]')
NOT_PLAIN_IN_LINES = re.compile(r"[\\\x00-\x08\x0b-\x1f\x7f]")


def write_edition(
    rules: Iterable[Rule], *, year: SchoolYear, revision: int, effective_from: date, updated: date
) -> str:
    """The file of a revision. Rules stand in order, each article’s title before what it holds."""
    header = (
        f"{PREAMBLE.format(year=year)}\n[edition]\nyear = {_text(str(year))}\nrevision = {revision}\n"
        f"effective_from = {effective_from.isoformat()}\nupdated = {updated.isoformat()}\n"
    )
    return "\n".join([header, *(_article([*held]) for _number, held in groupby(rules, key=Articles()))])


class Articles:
    """Tells rules of one article from those of the next: each title opens one."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, rule: Rule) -> int:
        self.count += rule.key.startswith(HEADING)
        return self.count


def _article(rules: list[Rule]) -> str:
    title, *held = rules
    lines = [
        "[[article]]",
        f"number = {_text(title.article)}",
        f"source = {_text(title.source)}",
        f"fr = {_text(title.label_fr)}",
        f"en = {_text(title.label_en)}",
    ]
    if held:
        lines += ["rules = [", *(f"  {{ {', '.join(_fields(rule, title.source))} }}," for rule in held), "]"]
    return "\n".join(lines) + "\n"


def _fields(rule: Rule, source: str) -> Iterator[str]:
    yield f"key = {_text(rule.key)}"
    yield f"{rule.kind} = {_value(rule)}"
    if rule.label_fr:
        yield f"fr = {_text(rule.label_fr)}"
    if rule.label_en:
        yield f"en = {_text(rule.label_en)}"
    if rule.interpretation or rule.note:
        yield f"{'open' if rule.interpretation else 'note'} = {_text(rule.note)}"
    if rule.source != source:
        yield f"source = {_text(rule.source)}"


def _value(rule: Rule) -> str:
    """A value that does not read as its kind is written as text, so that a faulty draft keeps what was typed."""
    if rule.kind == "prose":
        return _lines(rule.value)
    return rule.value if _stands_bare(rule) else _text(rule.value)


def _stands_bare(rule: Rule) -> bool:
    match rule.kind:
        case "minutes" | "count":
            return re.fullmatch("0|[1-9][0-9]*", rule.value) is not None
        case "days":
            return re.fullmatch(r"(0|[1-9][0-9]{0,9})(\.0|\.5)?", rule.value) is not None
        case "date":
            return _is_day(rule.value)
        case "flag":
            return rule.value in ("true", "false")
    return False


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _text(text: str) -> str:
    return f'"{NOT_PLAIN.sub(_escaped, text)}"'


def _lines(text: str) -> str:
    """Several lines, readable as they are."""
    inside = NOT_PLAIN_IN_LINES.sub(_escaped, text).replace('"""', '""\\"')
    return f'"""\n{inside}\n"""'


def _escaped(found: re.Match[str]) -> str:
    return ESCAPES.get(found[0], f"\\u{ord(found[0]):04x}")
