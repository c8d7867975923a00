"""What differs between two revisions, as people read it: the old value, the new one, and a text by its words."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from cordee.reference.citation import article_anchor, label_of, rule_anchor
from cordee.reference.rulebook import Rule, Rulebook
from cordee.reference.rulebook.comparing import ADDED, KEPT, REMOVED, Change, by_word
from cordee.reference.wording import in_words
from cordee.toolkit import formats

IN_LINES = ("text", "prose")
WORDED = ("label_fr", "label_en", "note")


@dataclass(frozen=True, slots=True)
class ShownChange:
    change: Change

    @property
    def anchor(self) -> str:
        return rule_anchor(self.change.key)

    @property
    def label(self) -> str:
        return label_of(self.change.rule)

    @property
    def state(self) -> str:
        if self.change.before is None:
            return _("Ajoutée")
        return _("Retirée") if self.change.after is None else _("Modifiée")

    @property
    def tone(self) -> str:
        if self.change.before is None:
            return "ok"
        return "bad" if self.change.after is None else "warn"

    @property
    def is_text(self) -> bool:
        return self.change.rule.kind in IN_LINES

    @property
    def old(self) -> SafeString:
        return as_typed(in_words(self.change.before) if self.change.before else "")

    @property
    def new(self) -> SafeString:
        return as_typed(in_words(self.change.after) if self.change.after else "")

    @property
    def marked(self) -> SafeString:
        """Old and new as one, what went struck through and what came underlined."""
        if self.is_text:
            before, after = self.change.before, self.change.after
            return marked(in_words(before) if before else "", in_words(after) if after else "")
        if self.old == self.new:
            return self.new
        return format_html("<del>{}</del> <ins>{}</ins>", self.old, self.new)

    @property
    def gap(self) -> str:
        """`+10,00 $ ou +3,6 %`, for what is counted."""
        return gap(self.change.before, self.change.after)

    @property
    def others(self) -> list[tuple[str, SafeString]]:
        """What else changed of a rule: its names, its note, whether it is an interpretation, its article."""
        before, after = self.change.before, self.change.after
        if before is None or after is None:
            return []
        names = {
            "label_fr": _("Nom en français"),
            "label_en": _("Nom en anglais"),
            "note": _("Note"),
            "interpretation": _("Interprétation"),
            "article": _("Article"),
        }
        return [(names[name], _both(name, before, after)) for name in self.change.fields if name in names]


def _both(name: str, before: Rule, after: Rule) -> SafeString:
    old, new = getattr(before, name), getattr(after, name)
    if name in WORDED or name == "article":
        return marked(old, new)
    yes, no = _("Oui"), _("Non")
    return marked(yes if old else no, yes if new else no)


def marked(old: str, new: str) -> SafeString:
    """Word by word. What comes stands apart from what it replaces."""
    runs = by_word(old, new)
    follows = ["", *(run.kind for run in runs)]
    return format_html_join(
        "",
        "{}{}",
        (
            (" " if (before, run.kind) == (REMOVED, ADDED) else "", _run(run.kind, run.text))
            for before, run in zip(follows, runs, strict=False)
        ),
    )


def _run(kind: str, text: str) -> SafeString:
    if kind == KEPT or not text.strip():
        return as_typed(text)
    return format_html("<ins>{}</ins>" if kind == ADDED else "<del>{}</del>", as_typed(text))


def as_typed(text: str) -> SafeString:
    """The source of a text. Its `{{ rates }}` is escaped: nothing on a page may pass for a template left unread."""
    return mark_safe(escape(text).replace("{{", "&#123;&#123;"))


def gap(before: Rule | None, after: Rule | None) -> str:
    """By how much a counted value moved; nothing where it cannot be said."""
    if before is None or after is None or before.kind != after.kind or before.kind not in ("money", "days", "count"):
        return ""
    try:
        old, new = Decimal(before.read()), Decimal(after.read())
    except (ValueError, ArithmeticError):
        return ""
    if old == new:
        return ""
    said = _signed(new - old, in_words(replace(after, value=f"{abs(new - old):f}")))
    if not old:
        return said
    part = _signed(new - old, formats.percent(abs(new - old) / old))
    return _("%(gap)s ou %(part)s") % {"gap": said, "part": part}


def _signed(difference: Decimal, words: str) -> str:
    return f"+{words}" if difference > 0 else f"{formats.MINUS}{words}"


@dataclass(frozen=True, slots=True)
class ChangedArticle:
    number: str
    title: str
    changes: list[ShownChange]

    @property
    def anchor(self) -> str:
        return article_anchor(self.number)


def by_article(changes: Iterable[Change], *books: Rulebook) -> list[ChangedArticle]:
    """The changes under their article, in order. Titles come from the first rulebook that has the article."""
    found: dict[str, ChangedArticle] = {}
    for change in changes:
        number = change.rule.article
        if number not in found:
            heading = next((rule for book in books if (rule := book.find(f"article.{number.lower()}"))), None)
            found[number] = ChangedArticle(number, label_of(heading) if heading else "", [])
        found[number].changes.append(ShownChange(change))
    return list(found.values())
