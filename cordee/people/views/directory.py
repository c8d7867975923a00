"""The directory: the people one may see, and one person with what binds them."""

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from cordee.people.forms import DirectoryFilter
from cordee.people.models import Affiliation, Person
from cordee.people.policy import can_merge
from cordee.toolkit import clock
from cordee.toolkit.access import requires, signed_in
from cordee.toolkit.contributions import person_panels
from cordee.toolkit.htmx import render_page_or_part

PAGE_SIZE = 50


@require_safe
@requires(signed_in)
def people(request: HttpRequest) -> HttpResponse:
    today = clock.today()
    form = DirectoryFilter(request.GET)
    form.is_valid()
    found = Person.objects.visible_to(request.person, on=today).unmerged().matching(**form.cleaned_data, on=today)
    now = Affiliation.objects.current(today).select_related("organization")
    found = found.prefetch_related(Prefetch("affiliations", now, to_attr="current_affiliations"))
    context = {
        "form": form,
        "people": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
        "may_merge": can_merge(request.person, on=today),
    }
    return render_page_or_part(request, "people/list.html", "list", context)


@require_safe
@requires(signed_in)
def person(request: HttpRequest, pk: int) -> HttpResponse:
    today = clock.today()
    subject = get_object_or_404(Person.objects.visible_to(request.person, on=today), pk=pk)
    context = {
        "subject": subject,
        "affiliations": subject.affiliations.select_related("organization").order_by("-starts_on"),
        "memberships": subject.memberships.select_related("group", "team").order_by("group__number", "starts_on"),
        "duties": subject.duties.select_related("organization").order_by("-starts_on"),
        "panels": person_panels.collect(request.person, on=today, subject=subject),
        "may_merge": can_merge(request.person, on=today),
    }
    return render(request, "people/detail.html", context)
