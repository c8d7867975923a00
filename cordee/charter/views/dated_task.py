"""One dated task: what the cadre says of it, who answers for it, and saying that it is done."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cordee.charter import policy
from cordee.charter.actions import ticks
from cordee.charter.forms import TickForm
from cordee.charter.models import Tick
from cordee.charter.models.dated import DatedTask, YearTasks, held_title, holders
from cordee.charter.views.timeline import ListedTask
from cordee.reference.citation import label_of, rule_anchor
from cordee.reference.models import read_once
from cordee.reference.rulebook import Rule, Rulebook
from cordee.reference.wording import in_words
from cordee.toolkit import clock
from cordee.toolkit.access import enforce, require_form, requires, signed_in
from cordee.toolkit.flash import announce
from cordee.toolkit.refusals import Refusal
from cordee.values.school_year import SchoolYear, UnreadableSchoolYear

# What a row of the timeline says beside its date, in the order of the cadre.
SAID = ("action", "people", "documents", "operation")


@require_form
@requires(signed_in)
def dated_task(request: HttpRequest, year: str, key: str, token: str) -> HttpResponse:
    with read_once():
        book, task = _task(request, year, key, token)
    person, today = request.person, clock.today()  # type: ignore[attr-defined]
    if request.method == "POST":
        enforce(policy.can_tick(person, task, on=today))
    form = TickForm(request.POST or None, initial={"done_on": today})
    if request.method == "POST" and form.is_valid():
        try:
            ticks.tick(task=task, **form.cleaned_data, by=person, on=today)
        except Refusal as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            announce(request, _("C’est marqué fait."), undo=reverse("charter:taking_back", args=task.address))
            return redirect("charter:dated_task", *task.address)
    context = {**_shown(request, book, task), "form": form}
    return render(request, "charter/dated_task.html", context, status=422 if form.errors else 200)


@require_POST
@requires(signed_in)
def taking_back(request: HttpRequest, year: str, key: str, token: str) -> HttpResponse:
    _book, task = _task(request, year, key, token)
    ticks.take_back(task=task, by=request.person, on=clock.today())  # type: ignore[attr-defined]
    announce(request, _("Ce n’est plus marqué fait : l’échéance attend de nouveau."))
    return redirect("charter:dated_task", *task.address)


def _task(request: HttpRequest, year: str, key: str, token: str) -> tuple[Rulebook, DatedTask]:
    """Absent for who does not see it."""
    person, today = request.person, clock.today()  # type: ignore[attr-defined]
    try:
        tasks = YearTasks.of(SchoolYear.parse(year), on=today)
    except UnreadableSchoolYear:
        raise Http404 from None
    task = tasks.find(key, token) if tasks else None
    if tasks is None or task is None or not policy.sees(person, task, on=today):
        raise Http404
    return tasks.book, task


def _shown(request: HttpRequest, book: Rulebook, task: DatedTask) -> dict[str, Any]:
    person, today = request.person, clock.today()  # type: ignore[attr-defined]
    held = holders([task], on=today)[task.identity]
    may_tick = policy.can_tick(person, task, on=today)
    return {
        "title": held_title(task),
        "listed": ListedTask(task, held, policy.names_holders(person, task, on=today)),
        "said": [_row(book.rule(rule)) for part in SAID if book.has(rule := f"{task.deadline.key}.{part}")],
        "way": _way(book, task),
        "rule_url": f"{reverse('reference:edition', args=[str(book.year)])}#{rule_anchor(task.deadline.rule)}",
        "tick": _tick(task) if task.done_on and task.deadline.is_by_hand else None,
        "may_tick": may_tick,
        "crumbs": [{"label": _("Échéancier"), "url": reverse("charter:timeline")}],
    }


def _row(rule: Rule) -> tuple[str, str]:
    """« Action », and what the cadre says, in its own language."""
    return label_of(rule).rpartition(", ")[2].capitalize(), in_words(rule)


def _way(book: Rulebook, task: DatedTask) -> str:
    """How it comes to be done, as the edition says; by hand where it says nothing."""
    rule = book.find(f"{task.deadline.key}.done-by")
    return in_words(rule or Rule(f"{task.deadline.key}.done-by", "choice", task.deadline.done_by))


def _tick(task: DatedTask) -> Tick | None:
    where = {"key": task.deadline.key, "organization": task.organization, "group": task.group}
    return Tick.objects.standing(task.year).filter(**where).select_related("ticked_by").first()
