"""What a revision changes, as runs of words the document marks: kept, added, removed."""

from collections.abc import Mapping
from difflib import SequenceMatcher

from django.utils.translation import gettext as _

from cordee.reference.rulebook import Rule
from cordee.reference.rulebook.comparing import ADDED, REMOVED, Change, Run, by_word
from cordee.reference.rulebook.prose import CITATION, EMBED, cited_key, parts_of
from cordee.reference.wording import in_words

type Marked = list[dict[str, str]]


def marked(before: str, after: str) -> Marked:
    """Two texts as one; the words of what they cite stand in their place."""
    return [_run(run) for run in by_word(before, after)]


def marked_value(change: Change) -> Marked:
    """A value is told whole: what was, then what is. A text is told by its words."""
    old, new = _words(change.before), _words(change.after)
    if change.rule.kind == "text":
        return marked(old, new)
    if old == new:
        return [_run(Run("kept", new))]
    return [_run(Run(kind, text)) for kind, text in ((REMOVED, old), (ADDED, new)) if text]


def marked_names(change: Change) -> list[tuple[str, Marked]]:
    """What else changed of a rule that both have: its names, its note, whether it is left open."""
    before, after = change.before, change.after
    if before is None or after is None:
        return []
    told = {
        "label_fr": (_("Nom en français"), before.label_fr, after.label_fr),
        "label_en": (_("Nom en anglais"), before.label_en, after.label_en),
        "interpretation": (_("Interprétation"), _yes(before.interpretation), _yes(after.interpretation)),
        "note": (_("Note"), before.note, after.note),
    }
    return [(name, marked(old, new)) for field, (name, old, new) in told.items() if field in change.fields]


def _yes(said: object) -> str:
    return _("Oui") if said else _("Non")


def marked_prose(change: Change, by_key: Mapping[str, Rule]) -> list[str | Marked]:
    """Paragraph by paragraph: one that did not change as it was typed, one that did as its runs."""
    old, new = (_paragraphs(rule) for rule in (change.before, change.after))
    found: list[str | Marked] = []
    for tag, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found += new[new_start:new_end]
        else:
            before, after = (_typed(part) for part in (old[start:end], new[new_start:new_end]))
            found.append(marked(_cited(before, by_key), _cited(after, by_key)))
            found += [paragraph for paragraph in new[new_start:new_end] if EMBED.match(paragraph)]
    return found


def _typed(paragraphs: list[str]) -> str:
    return "\n\n".join(paragraph for paragraph in paragraphs if not EMBED.match(paragraph))


def _words(rule: Rule | None) -> str:
    return in_words(rule) if rule else ""


def _paragraphs(rule: Rule | None) -> list[str]:
    """A table keeps its own place, and is never compared as words."""
    if rule is None:
        return []
    parts = parts_of(rule.value)
    return [
        piece
        for part in parts
        for piece in ([f"{{{{ {part.embed} }}}}"] if part.embed else part.text.split("\n\n"))
        if piece.strip()
    ]


def _cited(text: str, by_key: Mapping[str, Rule]) -> str:
    def words(key: str | None, typed: str) -> str:
        if key is None:
            return typed
        rule = by_key[key]
        return rule.article if key.startswith("article.") else in_words(rule)

    return CITATION.sub(lambda found: words(cited_key(found[1], by_key), found[1]), text)


def _run(run: Run) -> dict[str, str]:
    return {"kind": run.kind, "text": run.text}
