"""Starting a draft, and its file."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cordee.reference import actions, policy
from cordee.reference.views.scope import revision_at
from cordee.toolkit import clock
from cordee.toolkit.access import requires, signed_in
from cordee.toolkit.flash import announce
from cordee.values.school_year import SchoolYear, UnreadableSchoolYear


@require_POST
@requires(policy.can_edit)
def start_next(request: HttpRequest, year: str) -> HttpResponse:
    """The edition of the year after this one, copied from it."""
    revision = actions.start_next_edition(year=_year(year), by=request.person, on=clock.today())
    announce(
        request, _("Le cadre %(year)s est commencé, à partir de celui en vigueur.") % {"year": revision.edition.year}
    )
    return redirect("reference:draft", revision.edition.year, revision.number)


@require_POST
@requires(policy.can_edit)
def start_correction(request: HttpRequest, year: str) -> HttpResponse:
    revision = actions.start_correction(year=_year(year), by=request.person, on=clock.today())
    announce(
        request, _("La révision %(number)s est commencée, à partir de celle en vigueur.") % {"number": revision.number}
    )
    return redirect("reference:draft", year, revision.number)


@require_safe
@requires(signed_in)
def file(request: HttpRequest, year: str, number: int) -> HttpResponse:
    """The revision as its reviewed file, which `import_edition` takes back."""
    revision = revision_at(year, number)
    answer = HttpResponse(actions.export_edition(revision), content_type="application/toml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="cadre-{revision.name}.toml"'
    return answer


def _year(text: str) -> SchoolYear:
    try:
        return SchoolYear.parse(text)
    except UnreadableSchoolYear:
        raise Http404 from None
