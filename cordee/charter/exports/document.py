"""The document of a revision: cover, contents, every article with its tables and annexes, as data for Typst."""

from datetime import date
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from cordee.charter.exports.articles import Setting, in_french, without_dead_links
from cordee.reference.models import Revision
from cordee.reference.rulebook import Rulebook
from cordee.reference.rulebook.comparing import Change, compare, together
from cordee.reference.tables import tables_for
from cordee.reference.views.reading import Reading, embeds_of, sections_of
from cordee.toolkit import clock, formats
from cordee.toolkit.documents import Source, source_of

TEMPLATE = "charter/typst/cadre.typ"


def cadre_document(revision: Revision, *, on: date, compared: Revision | None = None) -> dict[str, Any]:
    """The data of `charter/typst/cadre.typ`; with `compared`, what differs from that revision is marked."""
    book = revision.rulebook()
    before = compared.rulebook() if compared else None
    changes = tuple(compare(before, book)) if before else ()
    rules = together(before, book) if before else book.rules
    tables = tables_for(embeds_of(rules), revision=revision, book=book)
    setting = Setting(rules, tables)
    sections = [setting.section(section) for section in sections_of(rules, Reading(changes=changes), tables=tables)]
    return {
        **_cover(revision, book, on),
        "words": _words(),
        "legend": _legend(compared, changes),
        "sections": without_dead_links(sections, setting.anchors),
    }


def sources_of(revision: Revision, *, on: date) -> dict[str, Source]:
    """What the document is made from in each language, now."""
    found = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found[language] = source_of(TEMPLATE, cadre_document(revision, on=on), at=clock.now())
    return found


def _cover(revision: Revision, book: Rulebook, on: date) -> dict[str, Any]:
    title = _("Cadre de référence %(year)s") % {"year": revision.edition.year}
    return {
        "title": title,
        "name": _("Cadre de référence"),
        "year": revision.edition.year,
        "cooperative": _named(book, "cooperative.name"),
        "acronym": _named(book, "cooperative.acronym"),
        "signature": _named(book, "cooperative.signature"),
        "mark": _("Brouillon") if revision.is_draft else "",
        "facts": _facts(revision, on),
    }


def _facts(revision: Revision, on: date) -> list[str]:
    numbered = _("Révision %(number)s") % {"number": revision.number}
    if revision.effective_from is None:
        start = formats.date_long(revision.starts_on)
        return [
            numbered,
            _("Brouillon, tel qu’il était le %(day)s") % {"day": formats.date_long(on)},
            _("Vaudra à partir du %(day)s, une fois adopté") % {"day": start},
        ]
    facts = [numbered, _("En vigueur depuis le %(day)s") % {"day": formats.date_long(revision.effective_from)}]
    if revision.updated_on:
        facts.append(_("Dernière mise à jour : %(day)s") % {"day": formats.date_long(revision.updated_on)})
    return facts


def _named(book: Rulebook, key: str) -> dict[str, str]:
    rule = book.find(key)
    return in_french(rule.value if rule else "")


def _words() -> dict[str, str]:
    return {
        "contents": _("Table des matières"),
        "open": _("Interprétation"),
        "note": _("Note"),
    }


def _legend(compared: Revision | None, changes: tuple[Change, ...]) -> dict[str, str] | None:
    """What the marks mean, and what they are held against."""
    if compared is None:
        return None
    against = _("Ce document marque ce qui diffère du cadre %(year)s, révision %(number)s.") % {
        "year": compared.edition.year,
        "number": compared.number,
    }
    return {
        "against": against,
        "added": _("Ce qui s’ajoute est souligné"),
        "removed": _("ce qui s’en va est barré, entre crochets"),
        "count": _("Règles qui diffèrent : %(count)s") % {"count": len(changes)},
    }
