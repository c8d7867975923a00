"""What an English page may not say: a sentence that has its English, or an amount, a date or an hour in French."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser

from cordee.toolkit.catalogue import PLACEHOLDER, catalogue, pairs_of

SPOKEN = {"alt", "aria-label", "aria-description", "placeholder", "title"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
UNSEEN = {"script", "style"}
IS_ENGLISH = re.compile(r"<html\b[^>]*\slang=[\"']?en", re.IGNORECASE)
# A longer sentence is looked for anywhere; a label, only alone between two separators.
SENTENCE = 12
SEPARATORS = re.compile(r"\s*[,;:·()]\s*")
WORD = re.compile(r"\w+")
GAP = "\0"  # where a placeholder stood: a word that touches it is longer in the text
WHOLE_WORD = re.compile(rf"(?<![\w{GAP}])\w+(?![\w{GAP}])")
# A first name, an acronym of the cadre that its English explains, how official names begin, and the names of groups.
NO_TELLING = {
    "Claire",
    "TES",
    "Centre de services scolaire",
    "Commission scolaire",
    "Comité exécutif",
    "Grand groupe des services éducatifs",
    "Table des directions générales",
}
MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
DAYS = "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
FRENCH_FORMS = re.compile(
    rf"[0-9]\s?\$(?![0-9])|[0-9]\s%|[0-9],[0-9]{{2}}(?![0-9])|[0-9]\s[0-9]{{3}},|\b1er\b|[0-9]\s(?:{MONTHS})\b"
    rf"|\b(?:{DAYS})\b|\b[0-9]{{1,2}}\sh\b|\s:|«",
    re.IGNORECASE,
)


def french_in(html: str) -> list[str]:
    """What an English page says in French outside what `lang` says to be French; nothing for a page in French."""
    if not IS_ENGLISH.search(html):
        return []
    page = _Page()
    page.feed(html)
    return french_in_texts(page.texts)


def french_in_texts(texts: list[str]) -> list[str]:
    """The same question of texts that stand elsewhere: the cells of a file, the lines of a mail."""
    return [f"{text!r}: {why}" for text in texts for why in _french(text)]


@cache
def _french(text: str) -> tuple[str, ...]:
    """Pages have most of their texts in common, each asked about once."""
    return tuple(_looked_for_in(text))


def _looked_for_in(text: str) -> Iterator[str]:
    if form := FRENCH_FORMS.search(text):
        yield form[0]
    labels, sentences = _known()
    yield from (part for part in SEPARATORS.split(text) if labels.fullmatch(part))
    possible = (sentence for word in {"", *WORD.findall(text)} for sentence in sentences.get(word, ()))
    yield from (found[0] for sentence in possible if (found := sentence.search(text)))


@cache
def _known() -> tuple[re.Pattern[str], dict[str, list[re.Pattern[str]]]]:
    """The French of the catalogue that no English says: all the labels in one pattern, and one a longer sentence.

    Sentences are kept by a word that a text must have to hold them: looking for each in each text took minutes.
    """
    pairs = [pair for entry in catalogue("en") for pair in pairs_of(entry)]
    french = {source for source, _english in pairs} - {english for _source, english in pairs} - NO_TELLING
    sentences = {text for text in french if len(PLACEHOLDER.sub("", text).strip()) >= SENTENCE}
    labels = "|".join(_filled(text, with_=r"\S+") for text in sorted(french - sentences))
    by_word: defaultdict[str, list[re.Pattern[str]]] = defaultdict(list)
    for text in sorted(sentences):
        by_word[_longest_word(text)].append(re.compile(rf"(?<!\w){_filled(text, with_='.+?')}(?!\w)"))
    return re.compile(labels), by_word


def _longest_word(sentence: str) -> str:
    """The longest word that stands whole wherever the sentence does; empty when each touches a placeholder."""
    return max(WHOLE_WORD.findall(PLACEHOLDER.sub(GAP, sentence)), key=len, default="")


def _filled(text: str, *, with_: str) -> str:
    return with_.join(re.escape(piece) for piece in PLACEHOLDER.split(text))


class _Page(HTMLParser):
    """The texts of a page, those of its attributes included, outside `lang="fr"`, scripts and styles."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._left_out = [False]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        language = dict(attrs).get("lang") or ""
        left_out = language.startswith("fr") if language else self._left_out[-1] or tag in UNSEEN
        if not left_out:
            self.texts += [value for name, value in attrs if name in SPOKEN and value]
        if tag not in VOID:
            self._left_out.append(left_out)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID and len(self._left_out) > 1:
            self._left_out.pop()

    def handle_data(self, data: str) -> None:
        text = re.sub(r"[ \n\t]+", " ", data).strip(" ")
        if text and not self._left_out[-1]:
            self.texts.append(text)
