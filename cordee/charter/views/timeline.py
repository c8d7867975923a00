"""The timeline of the cadre: its dated rows as tasks, who is late on what, and telling them all at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from cordee.charter import policy
from cordee.charter.actions.reminding import Told, nudge
from cordee.charter.forms import STATES, TimelineFilter
from cordee.charter.models.dated import DatedTask, YearTasks, holders, role_label
from cordee.charter.rules.timeline import State
from cordee.charter.views.cord import cord_of
from cordee.people.models import Person
from cordee.reference.models import Edition, read_once
from cordee.toolkit import clock
from cordee.toolkit.access import requires, signed_in
from cordee.toolkit.flash import announce
from cordee.toolkit.listing import ListColumn, Listing
from cordee.values.school_year import SchoolYear

ORDER = list(State)
STATE_WORDS = {State.LATE: gettext_lazy("En retard"), State.COMING: pgettext_lazy("one task", "À venir")}


@dataclass(frozen=True, slots=True)
class ListedTask:
    """A task with who answers for it that day, as far as who reads may know."""

    task: DatedTask
    people: Sequence[Person]
    is_named: bool

    @property
    def names(self) -> str:
        """Empty where who reads may not know, and where nobody holds the role."""
        return ", ".join(person.full_name for person in self.people) if self.is_named else ""

    @property
    def is_nobodys(self) -> bool:
        return not self.people

    @property
    def role(self) -> str:
        return role_label(self.task.deadline.role)

    @property
    def state(self) -> str:
        if self.task.state is State.DONE:
            return _("Faite en retard") if self.task.was_late else _("Faite")
        return str(STATE_WORDS[self.task.state])

    @property
    def tone(self) -> str:
        return {State.LATE: "bad", State.DONE: "ok"}.get(self.task.state, "")


COLUMNS = (
    ListColumn("what", gettext_lazy("Échéance"), attrgetter("task.title")),
    ListColumn("where", gettext_lazy("Pour"), attrgetter("task.where"), file_only=True),
    ListColumn("last", gettext_lazy("Au plus tard le"), attrgetter("task.deadline.last"), kind="date"),
    ListColumn("role", gettext_lazy("Rôle"), attrgetter("role"), file_only=True),
    ListColumn("who", gettext_lazy("Qui en répond"), attrgetter("names"), wide=True),
    ListColumn("state", pgettext_lazy("dated task", "État"), attrgetter("state")),
    ListColumn("done", gettext_lazy("Faite le"), attrgetter("task.done_on"), kind="date", file_only=True),
)


@require_safe
@requires(signed_in)
def timeline(request: HttpRequest) -> HttpResponse:
    person, today = request.person, clock.today()  # type: ignore[attr-defined]
    with read_once():
        asked = Asked.of(request)
        steps = cord_of(asked.tasks) if asked.tasks else []
    listing = Listing(request, asked.listed(), COLUMNS, title=_("Échéancier"), form=asked.form)  # type: ignore[arg-type]
    context = {
        "year": asked.year,
        "steps": steps,
        "views": state_views(request, asked),
        "late": sum(task.is_late for task in asked.scoped),
        "reminds": bool(policy.can_remind(person, on=today)),
        "query": kept(request).urlencode(),
    }
    return listing.response("charter/timeline.html", context)


@dataclass(frozen=True)
class Asked:
    """`scoped` is what the filters leave whatever the state, of what this person sees."""

    person: Person
    on: date
    year: SchoolYear
    tasks: YearTasks | None
    form: TimelineFilter
    scoped: list[DatedTask]

    @classmethod
    def of(cls, request: HttpRequest) -> "Asked":
        person, today = request.person, clock.today()  # type: ignore[attr-defined]
        years = years_in_force(today)
        asked = request.GET.get("year", "")
        year = SchoolYear.parse(asked) if asked in years else SchoolYear.containing(today)
        tasks = YearTasks.of(year, on=today)
        seen = [task for task in tasks.all if policy.sees(person, task, on=today)] if tasks else []
        form = TimelineFilter(request.GET, tasks=seen, years=years)
        return cls(person, today, year, tasks, form, form.narrowed(seen, person, on=today))

    def listed(self) -> list[ListedTask]:
        """Those of the chosen state: late first, then what comes, then what is done, each by day."""
        state = self.form.chosen("state")
        shown = [task for task in self.scoped if state in ("", task.state)]
        shown.sort(key=lambda task: (ORDER.index(task.state), task.deadline.last))
        held = holders(shown, on=self.on)
        return [
            ListedTask(task, held[task.identity], policy.names_holders(self.person, task, on=self.on)) for task in shown
        ]


def years_in_force(on: date) -> list[str]:
    found = Edition.objects.filter(revisions__effective_from__lte=on)
    return list(found.order_by("-year").values_list("year", flat=True).distinct())


def kept(request: HttpRequest) -> Any:
    """The filters as they are, from the first page."""
    found = request.GET.copy()
    for only_here in ("page", "file"):
        found.pop(only_here, None)
    return found


def state_views(request: HttpRequest, asked: Asked) -> list[dict[str, Any]]:
    """« En retard 3 · À venir 12… », each a link that keeps the other filters."""
    query = kept(request)
    views = []
    for value, label in [("", _("Toutes")), *STATES.items()]:
        query["state"] = value
        count = sum(value in ("", task.state) for task in asked.scoped)
        current = value == asked.form.chosen("state")
        views.append({"label": label, "url": f"?{query.urlencode()}", "current": current, "count": count})
    return views


@require_POST
@requires(policy.can_remind)
def nudging(request: HttpRequest) -> HttpResponse:
    """All who are late with what the filters leave."""
    asked = Asked.of(request)
    told = nudge(tasks=asked.scoped, by=asked.person, on=asked.on)
    announce(request, " ".join(told_in_words(told)), tone="ok" if told.told else "info")
    return redirect(f"{reverse('charter:timeline')}?{kept(request).urlencode()}")


def told_in_words(told: Told) -> Iterable[str]:
    if not (told.told or told.already or told.unreachable):
        yield _("Personne n’est en retard ici : il n’y a personne à relancer.")
    if told.told:
        text = ngettext("%(count)d personne est relancée.", "%(count)d personnes sont relancées.", told.told)
        yield text % {"count": told.told}
    if told.already:
        text = ngettext("%(count)d l’a déjà été aujourd’hui.", "%(count)d l’ont déjà été aujourd’hui.", told.already)
        yield text % {"count": told.already}
    if told.unreachable:
        text = ngettext(
            "%(count)d n’a pas d’adresse ou a choisi de ne pas recevoir ces courriels.",
            "%(count)d n’ont pas d’adresse ou ont choisi de ne pas recevoir ces courriels.",
            told.unreachable,
        )
        yield text % {"count": told.unreachable}
