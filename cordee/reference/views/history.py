"""Who changed what in a draft, and undoing it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cordee.people.models import Person
from cordee.records.models import JournalEntry
from cordee.reference import policy
from cordee.reference.actions import undo_change
from cordee.reference.actions.editing import CHANGED
from cordee.reference.actions.laying import ADDED, REMOVED
from cordee.reference.actions.undoing import RESTORED, is_undoable
from cordee.reference.actions.writing import before_of, entries_of, keys_of
from cordee.reference.models import COLUMNS, Revision
from cordee.reference.rulebook import Rule
from cordee.reference.rulebook.comparing import change_between
from cordee.reference.views.changes import ShownChange
from cordee.reference.views.scope import draft_at
from cordee.toolkit import clock
from cordee.toolkit.access import requires, signed_in
from cordee.toolkit.flash import announce

A_PAGE = 40


@dataclass(frozen=True, slots=True)
class Past:
    """One entry: who, when, and each rule it names as it was before and as it was left."""

    entry: JournalEntry
    who: str
    act: str
    rules: list[ShownChange]
    undoable: bool


@require_safe
@requires(signed_in)
def history(request: HttpRequest, year: str, number: int) -> HttpResponse:
    revision = draft_at(year, number)
    paginator = Paginator(past_of(revision), A_PAGE)
    context = {
        "revision": revision,
        "page_obj": paginator.get_page(request.GET.get("page")),
        "writes": bool(policy.can_edit(request.person, on=clock.today())),
    }
    return render(request, "reference/history.html", context)


@require_POST
@requires(policy.can_edit)
def undo(request: HttpRequest, year: str, number: int, entry: int) -> HttpResponse:
    revision = draft_at(year, number)
    made = undo_change(revision=revision, entry_id=entry, by=request.person, on=clock.today())
    again = reverse("reference:undo", args=[year, number, made.pk])
    announce(request, _("Le changement est annulé."), undo=again)
    return redirect("reference:history", year, number)


def past_of(revision: Revision) -> list[Past]:
    """The latest first. What a rule became is what it was before the entry that followed, else what it is now."""
    now = {rule.key: rule for rule in revision.rulebook().rules}
    entries = list(entries_of(revision))
    names = _names(entries)
    after: dict[str, Rule | None] = {}
    found = []
    for entry in reversed(entries):
        left = {key: after.get(key, now.get(key)) for key in keys_of(entry)}
        undoable = is_undoable(entry, set(after))
        before = {key: _rule(state) for key, state in before_of(entry).items()}
        rules = [told for key in before if (told := _told(key, before[key], left[key]))]
        found.append(Past(entry, names.get(entry.actor_id, ""), words_of(entry.act), rules, undoable))
        after |= before
    return found


def _names(entries: Iterable[JournalEntry]) -> dict[int | None, str]:
    people = Person.objects.filter(pk__in={entry.actor_id for entry in entries if entry.actor_id})
    return {person.pk: person.full_name for person in people}


def _rule(state: dict[str, object] | None) -> Rule | None:
    return Rule(**{name: state[name] for name in COLUMNS}) if state else None  # type: ignore[arg-type]


def _told(key: str, before: Rule | None, after: Rule | None) -> ShownChange | None:
    """What an entry did to a rule; nothing when it came and went since."""
    return ShownChange(change) if (change := change_between(key, before, after)) else None


def words_of(act: str) -> str:
    return {
        "revision.started": _("a commencé ce brouillon"),
        "revision.loaded": _("a chargé le fichier revu"),
        CHANGED: _("a écrit"),
        ADDED: _("a ajouté"),
        REMOVED: _("a retiré"),
        RESTORED: _("a annulé un changement"),
    }.get(act, act)
