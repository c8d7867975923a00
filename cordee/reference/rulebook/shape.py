"""What a reviewed file may hold: its sections, the names in them, and how the value of each kind is written."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from cordee.reference.rulebook.book import READERS
from cordee.reference.rulebook.problem import Problem, problem
from cordee.values.sentence import SpokenError, gettext_noop

SECTIONS = ("edition", "article")
HEADER: Mapping[str, type] = {"year": str, "revision": int, "effective_from": date, "updated": date}
ARTICLE = ("number", "source", "fr", "en")
WORDS = ("fr", "en", "open", "note", "source")
LAST_REVISION = 999
LONGEST = {"key": 120, "source": 120, "number": 12}
# TOML has its own types: an amount is text, so that no dollar ever passes through a float.
WRITTEN_AS: Mapping[str, type | tuple[type, ...]] = {
    "money": str,
    "days": (int, float),
    "minutes": int,
    "count": int,
    "date": date,
    "choice": str,
    "flag": bool,
    "text": str,
    "prose": str,
}


class UnreadableEdition(SpokenError):
    """The file cannot be read as an edition at all."""


class NotToml(UnreadableEdition):
    sentence = gettext_noop(
        "Le fichier du cadre de référence n’est pas du TOML : voyez la ligne %(line)s. Corrigez-la, puis recommencez."
    )


class UnknownSection(UnreadableEdition):
    sentence = gettext_noop(
        "« %(name)s » n’est pas une section d’un cadre de référence. Corrigez-la, puis recommencez."
    )


class MissingHeader(UnreadableEdition):
    sentence = gettext_noop("« %(name)s » manque à la section [edition] du cadre de référence. Ajoutez-le.")


class UnknownHeader(UnreadableEdition):
    sentence = gettext_noop("La section [edition] du cadre de référence n’a pas de « %(name)s ». Corrigez ce nom.")


class WrongHeader(UnreadableEdition):
    sentence = gettext_noop(
        "« %(name)s » de la section [edition] du cadre de référence ne peut pas valoir « %(value)s ». "
        "Corrigez sa valeur."
    )


def header_of(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """The header, complete and of the right types, or the error that names what is wrong in it."""
    header = _sections(data)
    for name in header:
        if name not in HEADER:
            raise UnknownHeader(name=name)
    for name, kind in HEADER.items():
        if name not in header:
            raise MissingHeader(name=name)
        if not _is(header[name], kind):
            raise WrongHeader(name=name, value=header[name])
    if not 1 <= header["revision"] <= LAST_REVISION:
        raise WrongHeader(name="revision", value=header["revision"])
    return header


def _sections(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """The header, once the file is known to be one header and a list of articles."""
    header, articles = data.get("edition", {}), data.get("article", [])
    wrong = [name for name in data if name not in SECTIONS]
    if not isinstance(header, Mapping):
        wrong.append("edition")
    if not (isinstance(articles, list) and all(isinstance(article, Mapping) for article in articles)):
        wrong.append("article")
    if wrong:
        raise UnknownSection(name=wrong[0])
    return header


def rows_of(article: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    rows = article.get("rules", [])
    return [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []


def faults_of_article(article: Mapping[str, Any]) -> Iterator[Problem]:
    key = f"article.{article.get('number', '')}"
    for name in ARTICLE:
        if not isinstance(article.get(name), str):
            yield problem(key, gettext_noop("« %(name)s » de « %(key)s » n’est pas un texte."), name=name)
    for name in article:
        if name not in (*ARTICLE, "rules"):
            yield problem(key, gettext_noop("« %(key)s » ne prend pas de « %(name)s »."), name=name)
    if article.get("rules", []) != rows_of(article):
        yield problem(key, gettext_noop("Les règles de « %(key)s » ne sont pas une liste de règles."))
    yield from _too_long(key, article)


def faults_of_rule(row: Mapping[str, Any]) -> Iterator[Problem]:
    key = str(row.get("key", ""))
    for name, value in row.items():
        if name not in ("key", *READERS, *WORDS):
            yield problem(key, gettext_noop("« %(key)s » ne prend pas de « %(name)s »."), name=name)
        elif name in READERS and not _is(value, WRITTEN_AS[name]):
            yield problem(
                key,
                gettext_noop("La règle « %(key)s » ne s’écrit pas ainsi : %(kind)s = %(value)s."),
                kind=name,
                value=value,
            )
        elif name in WORDS and not isinstance(value, str):
            yield problem(key, gettext_noop("« %(name)s » de « %(key)s » n’est pas un texte."), name=name)
    if sum(kind in row for kind in READERS) > 1:
        yield problem(key, gettext_noop("La règle « %(key)s » a plusieurs valeurs : gardez-en une."))
    yield from _too_long(key, row)


def _too_long(key: str, table: Mapping[str, Any]) -> Iterator[Problem]:
    for name, longest in LONGEST.items():
        if len(str(table.get(name, ""))) > longest:
            sentence = gettext_noop("« %(name)s » de « %(key)s » dépasse %(longest)s caractères.")
            yield problem(key, sentence, name=name, longest=longest)


def line_of(text: str, key: str) -> int:
    """Where a rule or an article is written, the last time when it is twice; 0 when the file does not say."""
    name, value = ("number", key.removeprefix("article.")) if key.startswith("article.") else ("key", key)
    written = re.compile(rf'\b{name}\s*=\s*"{re.escape(value)}"', re.IGNORECASE)
    return next((at for at, line in reversed([*enumerate(text.split("\n"), 1)]) if written.search(line)), 0)


def _is(value: object, kind: type | tuple[type, ...]) -> bool:
    """A bool is no number, and an instant is no day."""
    if isinstance(value, (bool, datetime)):
        return isinstance(value, kind) and kind is bool
    return isinstance(value, kind)
