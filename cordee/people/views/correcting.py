"""Correcting the record of a person, and what was corrected of it, for who keeps the directory and for themselves."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cordee.people.actions.persons import CORRECTED, EmailTaken, correct_person
from cordee.people.actions.reading import note_reading
from cordee.people.forms import CorrectionForm
from cordee.people.models import Person
from cordee.people.policy import can_correct_person
from cordee.records import journal
from cordee.toolkit import clock
from cordee.toolkit.access import require_form, requires
from cordee.toolkit.flash import announce
from cordee.toolkit.refusals import Refusal

FIELDS = CorrectionForm.base_fields


@require_form
@requires(can_correct_person)
def correction(request: HttpRequest, pk: int) -> HttpResponse:
    subject = get_object_or_404(Person.objects.visible_to(request.person, on=clock.today()).unmerged(), pk=pk)
    if request.method == "GET":
        note_reading(subject=subject, by=request.person)
    form = CorrectionForm(request.POST or None, initial={name: getattr(subject, name) for name in FIELDS})
    if request.method == "POST" and form.is_valid():
        try:
            changed = correct_person(person=subject, **form.cleaned_data, by=request.person, on=clock.today())
        except Refusal as refusal:
            form.add_error("email" if isinstance(refusal, EmailTaken) else None, str(refusal.sentence))
        else:
            announce(request, _("La fiche est corrigée.") if changed else _("Rien n’a changé dans la fiche."))
            return redirect("people:detail", pk)
    crumbs = [
        {"label": _("Personnes"), "url": reverse("people:list")},
        {"label": subject.full_name, "url": reverse("people:detail", args=[pk])},
    ]
    context = {"subject": subject, "form": form, "crumbs": crumbs}
    return render(request, "people/correction.html", context, status=422 if form.errors else 200)


def corrections(subject: Person, *, viewer: Person) -> list[dict[str, Any]]:
    """The entries of a history, the last first: two queries, one when nothing was corrected. Empty for other people."""
    if viewer.pk != subject.pk and not can_correct_person(viewer, on=clock.today()):
        return []
    entries = list(journal.history(subject).filter(act=CORRECTED).reverse())
    actors = Person.objects.in_bulk({entry.actor_id for entry in entries}) if entries else {}
    return [
        {"text": ", ".join(changes(entry.detail.payload)), "who": actors[entry.actor_id].full_name, "at": entry.at}
        for entry in entries
    ]


def changes(payload: dict[str, dict[str, str | None]]) -> Iterator[str]:
    """`Adresse courriel : ancienne@exemple.org → nouvelle@exemple.org`."""
    for name, was in payload.get("before", {}).items():
        words = {"field": FIELDS[name].label, "before": shown(name, was), "after": shown(name, payload["after"][name])}
        yield _("%(field)s : %(before)s → %(after)s") % words


def shown(name: str, value: str | None) -> str:
    if name == "language":
        return str(dict(settings.LANGUAGES).get(value or "", _("celle de son organisation")))
    return value or "—"
