"""What one did lately."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cordee.home.done import done_lately
from cordee.toolkit import clock
from cordee.toolkit.access import requires, signed_in


@require_safe
@requires(signed_in)
def done(request: HttpRequest) -> HttpResponse:
    return render(request, "home/done.html", {"done": done_lately(request.person, clock.today())})
