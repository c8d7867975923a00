"""Files to play with, in the demonstration only: these URLs do not exist elsewhere."""

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cordee.home.demo.files import DATA
from cordee.toolkit.access import public, requires

REPORT = "rapport-teams-18-tc-trp.csv"


@require_safe
@requires(public)
def teams_report(request: HttpRequest) -> HttpResponse:
    """The report of 18-TC-TRP, 14 January 2025, as Teams would give it."""
    name = _("TC-TRP - Rapport de présence 1-14-25.csv")
    disposition = content_disposition_header(as_attachment=True, filename=name)
    return HttpResponse(
        (DATA / REPORT).read_bytes(), content_type="text/csv", headers={"Content-Disposition": disposition}
    )
