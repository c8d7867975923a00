"""The shape of what the timeline of the cadre asks and takes; no writes."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cordee.charter.models.dated import DatedTask, role_label
from cordee.charter.models.tick import LONGEST_NOTE
from cordee.charter.rules.timeline import State
from cordee.people.models import Person
from cordee.toolkit.entry import DayEntry

STATES = {
    State.LATE: pgettext_lazy("dated task", "En retard"),
    State.COMING: pgettext_lazy("dated task", "À venir"),
    State.DONE: pgettext_lazy("dated task", "Faites"),
}


class TimelineFilter(forms.Form):
    """What the address of the timeline says; an unknown value filters nothing. `state` is chosen by its views."""

    role = forms.ChoiceField(label=gettext_lazy("Rôle"), required=False)
    where = forms.ChoiceField(label=gettext_lazy("Organisation ou communauté"), required=False)
    year = forms.ChoiceField(label=gettext_lazy("Année"), required=False)
    mine = forms.ChoiceField(
        label=gettext_lazy("De qui"),
        required=False,
        choices=[("", gettext_lazy("De tout le monde")), ("oui", gettext_lazy("Les miennes"))],
    )
    state = forms.ChoiceField(
        label=pgettext_lazy("dated task", "État"),
        required=False,
        choices=[("", gettext_lazy("Toutes")), *STATES.items()],
        widget=forms.HiddenInput,
    )

    def __init__(self, data: Any, *, tasks: Iterable[DatedTask], years: Iterable[str]) -> None:
        super().__init__(data)
        tasks = list(tasks)
        roles = {task.deadline.role: role_label(task.deadline.role) for task in tasks}
        places = {place_of(task): task.where for task in tasks if task.place}
        self.fields["role"].choices = [("", _("Tous les rôles")), *roles.items()]
        self.fields["where"].choices = [("", _("Toutes")), *places.items()]
        self.fields["year"].choices = [("", _("Celle en cours")), *((year, year) for year in years)]
        self.is_valid()

    def chosen(self, name: str) -> Any:
        return self.cleaned_data.get(name, "")

    def narrowed(self, tasks: Iterable[DatedTask], person: Person, *, on: date) -> list[DatedTask]:
        """What the filters leave, whatever the state."""
        standing = person.standing(on)
        return [
            task
            for task in tasks
            if self.chosen("role") in ("", task.deadline.role)
            and self.chosen("where") in ("", place_of(task))
            and not (self.chosen("mine") and not task.is_of(standing))
        ]


def place_of(task: DatedTask) -> str:
    """`o12` or `g7`; empty for the cooperative."""
    return task.token if task.place else ""


class TickForm(forms.Form):
    done_on = DayEntry(label=gettext_lazy("Fait le"))
    note = forms.CharField(
        label=gettext_lazy("Note"),
        help_text=gettext_lazy("Ce qui a été fait, en quelques mots : « Formulaire remis le 12 septembre »."),
        max_length=LONGEST_NOTE,
    )
