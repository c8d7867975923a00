"""The list of meetings, on screen or as a file: what its address says is what both show."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Case, Count, F, Q, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cordee.meetings import exports, policy
from cordee.meetings.forms import ListFilter
from cordee.meetings.models import RUNNING_ROLES, Meeting, MeetingState
from cordee.people.models import Group, Person
from cordee.toolkit import clock
from cordee.toolkit.access import requires, signed_in
from cordee.toolkit.htmx import render_page_or_part
from cordee.toolkit.tabular import as_download, csv_file, workbook
from cordee.values.school_year import SchoolYear
from cordee.values.text import plain

PAGE_SIZE = 50
SORTS = {
    "date": ("date", "starts_at", "pk"),
    "-date": ("-date", "-starts_at", "pk"),
    "group": ("group__number", "group__name__plain", "-date", "pk"),
    "-group": ("-group__number", "-group__name__plain", "-date", "pk"),
}
AWAITED = (MeetingState.TO_MARK, MeetingState.TO_VALIDATE)


@dataclass(frozen=True, slots=True)
class Listing:
    """`scoped` is what the filters leave whatever the state; `shown` those of the chosen state, sorted."""

    form: ListFilter
    year: SchoolYear
    scoped: Any
    shown: Any
    chosen: str | None
    sort: str


def listing(request: HttpRequest) -> Listing:
    today = clock.today()
    year = SchoolYear.containing(today)
    everything = Meeting.objects.visible_to(request.person, on=today).in_year(year)
    groups = Group.objects.filter(pk__in=everything.order_by().values("group"))
    form = ListFilter(request.GET, groups=groups, year=year)
    scoped = narrowed(everything, form).with_state(on=today)
    chosen = form.chosen("state")
    shown = (scoped.filter(state=chosen) if chosen else scoped).with_progress().for_list()
    sort = request.GET.get("sort", "")
    return Listing(form, year, scoped, sorted_by(shown, sort, request.person, on=today), chosen, sort)


@require_safe
@requires(signed_in)
def meeting_list(request: HttpRequest) -> HttpResponse:
    asked = listing(request)
    kept = request.GET.copy()
    kept.pop("page", None)
    context = {
        "form": asked.form,
        "meetings": Paginator(asked.shown, PAGE_SIZE).get_page(request.GET.get("page")),
        "views": state_views(request, asked),
        "sort": asked.sort,
        "query": kept.urlencode(),
        "switch": switch(request, asked),
        "may_plan": policy.can_plan(request.person, on=clock.today()),
        "year": asked.year,
    }
    return render_page_or_part(request, "meetings/list.html", "list", context)


def switch(request: HttpRequest, asked: Listing) -> list[dict[str, Any]]:
    """The same filters as a month or a week: the month chosen, or today's."""
    kept = request.GET.copy()
    month = kept.pop("month", [""])[-1]
    for only_here in ("page", "sort"):
        kept.pop(only_here, None)
    kept["day"] = f"{month}-01" if asked.form.chosen("month") else clock.today().isoformat()
    return [
        {"label": _("Mois"), "url": f"{reverse('meetings:month')}?{kept.urlencode()}", "current": False},
        {"label": _("Semaine"), "url": f"{reverse('meetings:week')}?{kept.urlencode()}", "current": False},
        {"label": _("Liste"), "url": request.get_full_path(), "current": True},
    ]


@require_safe
@requires(signed_in)
def list_xlsx(request: HttpRequest) -> HttpResponse:
    sheet = list_sheet(request)
    return as_download(workbook([sheet]), f"{sheet.name}.xlsx")


@require_safe
@requires(signed_in)
def list_csv(request: HttpRequest) -> HttpResponse:
    sheet = list_sheet(request)
    return as_download(csv_file(sheet), f"{sheet.name}.csv")


def list_sheet(request: HttpRequest) -> Any:
    """Every page of the list, in its order, and above it the filters it was made with."""
    asked = listing(request)
    return exports.meetings_sheet(
        list(asked.shown), [_("Rencontres, %(year)s") % {"year": asked.year}, *filters(asked)]
    )


def filters(asked: Listing) -> list[str]:
    """The filters in use, in words: `Groupe : 18-TC-TRP`."""
    words = []
    for name in ("q", "group", "month", "state"):
        field, value = asked.form.fields[name], asked.form.chosen(name)
        if value:
            shown = dict(getattr(field, "choices", ())).get(value, value) if name in ("month", "state") else value
            words.append(_("%(label)s : %(value)s") % {"label": field.label, "value": getattr(shown, "label", shown)})
    return words


def narrowed(meetings: Any, form: ListFilter) -> Any:
    """What the filters leave, whatever the state."""
    if group := form.chosen("group"):
        meetings = meetings.filter(group=group)
    if month := form.chosen("month"):  # a calendar shows its own days
        meetings = meetings.filter(date__year=month[:4], date__month=month[5:])
    for word in plain(form.chosen("q") or "").split():
        meetings = meetings.filter(
            Q(group__name__plain__contains=word)
            | Q(group__number=word)
            | Q(title__plain__contains=word)
            | Q(place__plain__contains=word)
        )
    return meetings


def state_views(request: HttpRequest, asked: Listing) -> list[dict[str, Any]]:
    """« À saisir 3 · À valider 1… », each a link that keeps the other filters; one query."""
    counts = dict(asked.scoped.order_by().values_list("state").annotate(n=Count("pk")))
    kept = request.GET.copy()
    kept.pop("page", None)
    plural = {MeetingState.VALIDATED: _("Validées"), MeetingState.CANCELLED: _("Annulées")}
    views = []
    for value, label in [("", _("Toutes")), *MeetingState.choices]:
        kept["state"] = value
        views.append(
            {
                "label": plural.get(value, label),
                "url": f"?{kept.urlencode()}",
                "current": value == (asked.chosen or ""),
                "count": counts.get(value, 0) if value else sum(counts.values()),
            }
        )
    return views


def sorted_by(meetings: QuerySet, sort: str, person: Person, *, on: date) -> QuerySet:
    """By default what awaits this person, oldest first; then what is to come, soonest first; then the past."""
    if sort in SORTS:
        return meetings.order_by(*SORTS[sort])
    first = Case(When(awaited(person, on=on), then=Value(0)), When(date__gt=on, then=Value(1)), default=Value(2))
    return meetings.alias(first=first, forwards=Case(When(first__lt=2, then=F("date")))).order_by(
        "first", "forwards", "-date", "-starts_at", "pk"
    )


def awaited(person: Person, *, on: date) -> Q:
    """Held, not validated, and for this person to see to: their groups, or all for who keeps the cooperative."""
    waiting = Q(state__in=AWAITED)
    if person.holds(*policy.KEEPERS, on=on):
        return waiting
    return waiting & Q(group__in=person.standing(on).groups(*RUNNING_ROLES))
