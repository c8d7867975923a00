"""Writing a draft: article by article, each rule saved as one types; without JavaScript, one form saves the article.

Two people at one rule are told: both values are shown, and nothing is replaced until someone chooses.
"""

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from cordee.reference import actions, policy, prose
from cordee.reference.actions import Said
from cordee.reference.actions.refusals import StaleRule, TooLong, WrongValue, in_words
from cordee.reference.actions.writing import row_of
from cordee.reference.forms import said_in
from cordee.reference.models import Revision
from cordee.reference.rulebook.pasted import clean
from cordee.reference.views.edited import Draft, Edited
from cordee.reference.views.scope import draft_at
from cordee.toolkit import clock, markdown
from cordee.toolkit.access import require_form, requires
from cordee.toolkit.flash import announce
from cordee.toolkit.htmx import wants_part
from cordee.values.merging import joined

TEMPLATE = "reference/draft_article.html"


@require_safe
@requires(policy.can_edit)
def draft(request: HttpRequest, year: str, number: int) -> HttpResponse:
    """What stands in the way of adoption, what is to settle, what changes, and the articles to write in."""
    found = Draft(draft_at(year, number))
    context = {
        "revision": found.revision,
        "base": found.base,
        "lines": list(found.lines()),
        "errors": [(found.article_of(error.key), in_words(error)) for error in found.errors],
        "open": [(found.article_of(left.key), in_words(left)) for left in found.open],
        "changed": len(found.changes),
    }
    return render(request, "reference/draft.html", context)


@require_form
@requires(policy.can_edit)
def article(request: HttpRequest, year: str, number: int, article: str) -> HttpResponse:
    revision = draft_at(year, number)
    if request.method == "POST":
        return save_all(request, revision, article)
    return render(request, TEMPLATE, page_context(Draft(revision), article, {}))


@require_POST
@requires(policy.can_edit)
def rule(request: HttpRequest, year: str, number: int, key: str) -> HttpResponse:
    """One rule, as one types: the state it is in afterwards, or both values."""
    revision = draft_at(year, number)
    edited = save_rule(request, revision, key)
    if not wants_part(request):
        return redirect("reference:article", year, number, edited.row.article)
    settled = any(name in request.POST for name in ("take", "keep", "join"))
    if not edited.sentence:
        edited = Draft(revision).edit(edited.row)
    context = {"revision": revision, "edited": edited, "oob": not settled}
    if edited.sentence:
        return render(request, f"{TEMPLATE}#refused", context | {"oob": True}, status=409 if edited.conflict else 422)
    return render(request, f"{TEMPLATE}#{'rule' if settled else 'saved'}", context)


@require_POST
@requires(policy.can_edit)
def preview(request: HttpRequest, year: str, number: int, key: str) -> HttpResponse:
    by_key = {rule.key: rule for rule in draft_at(year, number).rulebook().rules}
    pieces = prose.read(clean(request.POST.get(f"value-{key}", "")), by_key)
    context = {"pieces": [(markdown.to_html(piece.blocks), piece.embed) for piece in pieces]}
    return render(request, "reference/preview.html", context)


def page_context(found: Draft, number: str, refused: dict[str, Edited]) -> dict[str, Any]:
    edited = [refused.get(each.key) or each for each in found.edited(number)]
    if not edited:
        raise Http404
    lines = list(found.lines(number))
    at = next(place for place, line in enumerate(lines) if line.current)
    return {
        "revision": found.revision,
        "base": found.base,
        "title": edited[0].label,
        "number": number,
        "rules": edited,
        "types": types_in(edited),
        "lines": lines,
        "before": lines[at - 1] if at else None,
        "after": lines[at + 1] if at + 1 < len(lines) else None,
        "errors": [in_words(error) for error in found.errors if found.article_of(error.key) == number],
    }


def types_in(edited: Iterable[Edited]) -> list[tuple[str, str]]:
    """The types of community the article defines, by their name: each can be taken out as a whole."""
    found = {each.key.split(".")[1]: each.label for each in edited if each.key.startswith("type.")}
    labels = {each.key.split(".")[1]: each.label for each in edited if each.key.endswith(".label")}
    return [(name, labels[name]) for name in found if name in labels]


def save_all(request: HttpRequest, revision: Revision, number: str) -> HttpResponse:
    """What a form without JavaScript sends: every rule of the article, of which only the changed ones are written."""
    keys = [name.removeprefix("version-") for name in request.POST if name.startswith("version-")]
    results = {key: save_rule(request, revision, key) for key in keys}
    refused = {key: edited for key, edited in results.items() if edited.sentence}
    if not refused:
        announce(request, _("Article enregistré."))
        return redirect("reference:article", revision.edition.year, revision.number, number)
    found = Draft(revision)
    for edited in refused.values():
        fresh = found.edit(edited.row)
        edited.change, edited.base = fresh.change, fresh.base
    count = len(refused)
    said = ngettext("%(count)s règle n’est pas enregistrée.", "%(count)s règles ne sont pas enregistrées.", count)
    context = page_context(found, number, refused) | {"refused": said % {"count": count}}
    return render(request, TEMPLATE, context, status=409)


def save_rule(request: HttpRequest, revision: Revision, key: str) -> Edited:
    """`take` gives one’s own up for the recorded one, `keep` puts one’s own in its place, `join` keeps both texts: each
    names a rule, and the version `theirs` that one decided about."""
    row = row_of(revision, key)
    chosen = next((name for name in ("take", "keep", "join") if request.POST.get(name) == key), "")
    if chosen == "take":
        return Edited(row)
    seen = typed_number(request.POST.get(f"{'theirs' if chosen else 'version'}-{key}", ""))
    try:
        said = said_in(request.POST, row)
    except WrongValue as refusal:
        return Edited(row, raw=request.POST.get(f"value-{key}"), sentence=str(refusal), seen=seen)
    if chosen == "join":
        said = Said(joined(row.value, clean(said.value)), said.label_fr, said.label_en, said.interpretation, said.note)
    return written(request, revision, key, said, seen)


def written(request: HttpRequest, revision: Revision, key: str, said: Said, seen: int) -> Edited:
    who = {"by": request.person, "on": clock.today()}
    try:
        return Edited(actions.change_rule(revision=revision, key=key, said=said, seen=seen, **who))
    except StaleRule as refusal:
        return Edited(refusal.row, mine=said, sentence=str(refusal), conflict=True, seen=seen)
    except TooLong as refusal:
        return Edited(row_of(revision, key), mine=said, sentence=str(refusal), seen=seen)


def typed_number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0
