"""Two records of one person: choose both, see them side by side, make them one, take it back."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cordee.people.actions.merging import facts, merge_persons, undo_merge
from cordee.people.models import Affiliation, Person, PersonMerge
from cordee.people.names import named
from cordee.people.policy import can_merge
from cordee.toolkit import clock
from cordee.toolkit.access import require_form, requires
from cordee.toolkit.flash import announce

SHOWN = 12
RECENT = 10


@require_form
@requires(can_merge)
def merge(request: HttpRequest) -> HttpResponse:
    """GET: `kept`, then `absorbed`, are chosen by search (`q`). POST makes them one."""
    kept, absorbed = chosen(request, "kept"), chosen(request, "absorbed")
    if request.method == "POST" and kept and absorbed:
        done = merge_persons(kept=kept, absorbed=absorbed, by=request.person, on=clock.today())
        text = _("Les deux fiches de %(person)s n’en font plus qu’une.") % {"person": kept.full_name}
        announce(request, text, undo=reverse("people:merge_undo", args=[done.pk]))
        return redirect("people:detail", kept.pk)
    words = request.GET.get("q", "").strip()
    context = {
        "kept": kept,
        "absorbed": absorbed,
        "q": words,
        "found": candidates(words, kept) if not (kept and absorbed) else [],
        "records": [record(kept), record(absorbed)] if kept and absorbed else [],
        "keep": {"kept": kept.pk} if kept else {},
        "swap_url": f"?kept={absorbed.pk}&absorbed={kept.pk}" if kept and absorbed else "",
        "recent": PersonMerge.objects.filter(undone_at=None)
        .select_related("kept", "absorbed", "merged_by")
        .order_by("-pk")[:RECENT],
    }
    return render(request, "people/merge.html", context)


@require_POST
@requires(can_merge)
def merge_undo(request: HttpRequest, pk: int) -> HttpResponse:
    done = get_object_or_404(PersonMerge.objects.select_related("kept", "absorbed"), pk=pk)
    undo_merge(merge=done, by=request.person, on=clock.today())
    announce(request, _("Les deux fiches de %(person)s sont de nouveau séparées.") % {"person": done.kept.full_name})
    return redirect("people:detail", done.absorbed_id)


def chosen(request: HttpRequest, name: str) -> Person | None:
    """The record named in the address or the form; 404 when it names nobody."""
    given = request.POST.get(name) or request.GET.get(name) or ""
    if not given:
        return None
    return get_object_or_404(Person, pk=int(given) if given.isdecimal() and len(given) < 18 else 0)


def candidates(words: str, kept: Person | None) -> list[dict[str, Any]]:
    """People of that name with today's employer; without words, those whose last name is that of the kept record."""
    words = words or (kept.last_name if kept else "")
    pks = [pk for pk in named(words) if kept is None or pk != kept.pk][:SHOWN]
    employers = dict(
        Affiliation.objects.current(clock.today())
        .filter(person__in=pks)
        .order_by()
        .values_list("person", "organization__short_name")
    )
    people = Person.objects.filter(pk__in=pks)
    return [{"person": person, "employer": employers.get(person.pk, "")} for person in people]


def record(person: Person) -> dict[str, Any]:
    return {
        "person": person,
        "affiliations": person.affiliations.select_related("organization").order_by("-starts_on"),
        "facts": facts(person),
    }
