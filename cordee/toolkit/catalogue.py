"""French is the source; English is complete. Works in Python alone, so that no gettext tool has to be installed.

python -m cordee.toolkit.catalogue update    # adds what is new to the English catalogue, removes what is gone
python -m cordee.toolkit.catalogue check     # names each sentence that lacks its English or is ill translated, exits 1
python -m cordee.toolkit.catalogue compile   # writes the .mo files
"""

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import polib
from babel.messages.extract import extract_python
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parent.parent
LOCALE = PACKAGE / "locale"
KEYWORDS = [
    "_",
    "gettext",
    "gettext_lazy",
    "gettext_noop",
    "ngettext",
    "ngettext_lazy",
    "pgettext",
    "pgettext_lazy",
    "npgettext",
    "npgettext_lazy",
]
Key = tuple[str, str, str]  # context, singular, plural
PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]|\{[a-z_]+\}")
# A breakable space where French wants one that holds, or any before a mark that takes none.
NOT_FRENCH = re.compile(
    r" :(?=\s|$)|«(?!\u00a0)|(?<!\u00a0)»|(?<=[\d}s]) (?:\$|%(?!\())|\d \d{3}\b|[ \u00a0\u202f][;?!](?=\s|$)"
)
# A space before a colon, French quotation marks, a no-break space, a straight quotation mark or apostrophe.
NOT_ENGLISH = re.compile(r" :|[«»\u00a0\u202f]|\"(?![^<]*>)|'")


def extract() -> dict[Key, list[tuple[str, str]]]:
    """Every translatable sentence of the package with the files it stands in."""
    found: dict[Key, list[tuple[str, str]]] = {}
    for path, text in _sources():
        for message, context in _messages(text):
            singular, plural = message if isinstance(message, tuple) else (message, "")
            key = (context or "", singular, plural or "")
            found.setdefault(key, []).append((str(path.relative_to(PACKAGE)), ""))
    return found


def _sources() -> Iterator[tuple[Path, str]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        if not {"migrations", "tests", "testing"} & set(path.parts):
            yield path, path.read_text()
    for path in sorted(PACKAGE.rglob("*.html")):
        # Every line at the margin: the reader of Python minds indentation, templates do not.
        yield path, "\n".join(line.strip() for line in templatize(path.read_text(), origin=str(path)).splitlines())


def _messages(text: str) -> Iterator[tuple[str | tuple[str, ...], str]]:
    """(sentence or (singular, plural), context), by Babel’s reader; templates became calls before."""
    for _line, function, message, _comments in extract_python(io.BytesIO(text.encode()), KEYWORDS, [], {}):
        given = message if isinstance(message, tuple) else (message,)
        context = given[0] if function and "p" in function.split("gettext")[0] and function != "_" else ""
        sentences = tuple(part for part in given[1 if context else 0 :] if isinstance(part, str) and part)
        if sentences:
            plural = function is not None and function.startswith(("ngettext", "npgettext"))
            yield (sentences[:2] if plural else sentences[0]), context or ""


def catalogue(language: str) -> polib.POFile:
    path = LOCALE / language / "LC_MESSAGES" / "django.po"
    return polib.pofile(str(path)) if path.exists() else polib.POFile()


def faults() -> list[str]:
    """Sentences without a complete, unmarked English translation, English ones that nothing says any more, those
    whose placeholders are not their source’s or whose punctuation is French or typed, and French ones ill spaced."""
    wanted = extract()
    have = {
        (entry.msgctxt or "", entry.msgid, entry.msgid_plural): entry for entry in catalogue("en") if not entry.obsolete
    }
    lacking = [f"sans anglais : {key[1]}" for key in wanted if key not in have or not have[key].translated()]
    unused = [f"inutile : {key[1]}" for key in have if key not in wanted]
    ill = [fault for entry in have.values() for pair in pairs_of(entry) for fault in _faults_of(*pair)]
    return sorted(lacking) + sorted(unused) + sorted(ill)


def pairs_of(entry: polib.POEntry) -> list[tuple[str, str]]:
    """(French, English) of an entry, each form of a plural with its own."""
    if entry.msgid_plural:
        return list(zip((entry.msgid, entry.msgid_plural), entry.msgstr_plural.values(), strict=True))
    return [(entry.msgid, entry.msgstr)]


def _faults_of(french: str, english: str) -> Iterator[str]:
    if NOT_FRENCH.search(french):
        yield f"espaces du français : {french}"
    if english and set(PLACEHOLDER.findall(french)) != set(PLACEHOLDER.findall(english)):
        yield f"autres variables en anglais : {french}"
    if NOT_ENGLISH.search(english):
        yield f"ponctuation de l’anglais : {english}"


def update() -> None:
    """Bring both catalogues to the sentences of the code; the French one holds only the plurals."""
    wanted = extract()
    for language, plural in (("en", "nplurals=2; plural=(n != 1);"), ("fr", "nplurals=2; plural=(n > 1);")):
        old = {(entry.msgctxt or "", entry.msgid, entry.msgid_plural): entry for entry in catalogue(language)}
        new = polib.POFile(wrapwidth=110)
        new.metadata = {
            "Language": language,
            "MIME-Version": "1.0",
            "Content-Type": "text/plain; charset=UTF-8",
            "Content-Transfer-Encoding": "8bit",
            "Plural-Forms": plural,
        }
        for key in sorted(wanted):
            if language == "en" or key[2]:
                new.append(_entry(key, sorted(set(wanted[key])), old.get(key), french=language == "fr"))
        path = LOCALE / language / "LC_MESSAGES" / "django.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        new.save(str(path))


def _entry(key: Key, places: list[tuple[str, str]], old: polib.POEntry | None, *, french: bool) -> polib.POEntry:
    context, singular, plural = key
    entry = polib.POEntry(msgid=singular, msgctxt=context or None, occurrences=places)
    if plural:
        entry.msgid_plural = plural
        known = old.msgstr_plural if old else {0: "", 1: ""}
        entry.msgstr_plural = {0: singular, 1: plural} if french else known
    else:
        entry.msgstr = old.msgstr if old else ""
    if "%(" in singular:
        entry.flags = ["python-format"]
    return entry


def compile_all() -> None:
    """Write the .mo beside each .po, only where it is older: a second start costs nothing."""
    for path in LOCALE.glob("*/LC_MESSAGES/*.po"):
        target = path.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < path.stat().st_mtime:
            polib.pofile(str(path)).save_as_mofile(str(target))


def main(arguments: list[str]) -> int:
    act = arguments[0] if arguments else ""
    if act == "update":
        update()
    elif act == "compile":
        compile_all()
    elif act == "check":
        found = faults()
        sys.stdout.write("".join(f"{line}\n" for line in found))
        return 1 if found else 0
    else:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
