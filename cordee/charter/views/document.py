"""The document of a cadre: its PDF, what was frozen of it, and the proof that it is still the same."""

from hashlib import sha256

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cordee.charter import policy
from cordee.charter.actions.document import content_of, freeze
from cordee.charter.exports import TEMPLATE, cadre_document, sources_of
from cordee.charter.models import FrozenDocument
from cordee.reference.models import Revision
from cordee.toolkit import clock
from cordee.toolkit.access import requires, signed_in
from cordee.toolkit.documents import pdf, typst_version
from cordee.toolkit.flash import announce
from cordee.toolkit.tabular import as_download

MARKS = "marques"


@require_safe
@requires(signed_in)
def document(request: HttpRequest, year: str, number: int) -> HttpResponse:
    """What the document is, and what was kept of it."""
    revision = _revision(year, number)
    context = {
        "revision": revision,
        "base": revision.base(),
        "frozen": list(FrozenDocument.objects.of(revision).without_snapshot().select_related("frozen_by")),
        "typst": typst_version(),
        "freezes": bool(policy.can_freeze(request.person, on=clock.today())),  # type: ignore[attr-defined]
    }
    return render(request, "charter/document.html", context)


@require_safe
@requires(signed_in)
def document_pdf(request: HttpRequest, year: str, number: int) -> HttpResponse:
    """The frozen file; for a draft, or with its changes marked, made now."""
    revision = _revision(year, number)
    marks = MARKS in request.GET
    frozen = FrozenDocument.objects.of(revision).filter(language=(get_language() or "fr")[:2]).first()
    if frozen and not marks:
        return as_download(content_of(frozen), _name(revision))
    data = cadre_document(revision, on=clock.today(), compared=revision.base() if marks else None)
    return as_download(pdf(TEMPLATE, data, at=clock.now()), _name(revision, marked=marks))


@require_safe
@requires(signed_in)
def frozen_pdf(request: HttpRequest, year: str, number: int, language: str) -> HttpResponse:
    frozen = _frozen(year, number, language)
    return as_download(content_of(frozen), f"cadre-{frozen.revision.name}-{language}.pdf")


@require_safe
@requires(signed_in)
def frozen_source(request: HttpRequest, year: str, number: int, language: str) -> HttpResponse:
    """The snapshot: templates, data and instant, with which anyone who has Typst makes the same bytes."""
    frozen = _frozen(year, number, language)
    answer = JsonResponse(frozen.snapshot, json_dumps_params={"ensure_ascii": False, "indent": 1})
    name = f"cadre-{frozen.revision.name}-{language}.json"
    answer["Content-Disposition"] = content_disposition_header(True, name)  # noqa: FBT003
    return answer


@require_POST
@requires(signed_in)
def verification(request: HttpRequest, year: str, number: int, language: str) -> HttpResponse:
    """Make the document again from its snapshot, and hold it against what was kept."""
    frozen = _frozen(year, number, language)
    if sha256(frozen.source.pdf()).hexdigest() == frozen.file.sha256:
        said, tone = _("Refait à partir de ses données, le document a la même empreinte : rien n’y a changé."), "ok"
    elif frozen.typst_version != typst_version():
        said = _(
            "Le document a été fait par Typst %(then)s; Typst %(now)s le compose autrement. Le fichier gardé vaut."
        )
        said, tone = said % {"then": frozen.typst_version, "now": typst_version()}, "warn"
    else:
        said = _("Refait à partir de ses données, le document diffère du fichier gardé. Prévenez l’administration.")
        tone = "bad"
    announce(request, said, tone=tone)
    return redirect("charter:document", year, number)


@require_POST
@requires(policy.can_freeze)
def freezing(request: HttpRequest, year: str, number: int) -> HttpResponse:
    """For a cadre that came into force while nothing could compose its document."""
    revision, today = _revision(year, number), clock.today()
    freeze(revision=revision, sources=sources_of(revision, on=today), by=request.person, on=today)  # type: ignore[attr-defined]
    announce(request, _("Le document est figé, avec les données dont il est fait."))
    return redirect("charter:document", year, number)


def _revision(year: str, number: int) -> Revision:
    """Every member may read a draft: it is theirs to validate."""
    return get_object_or_404(Revision.objects.select_related("edition"), edition__year=year, number=number)


def _frozen(year: str, number: int, language: str) -> FrozenDocument:
    frozen = FrozenDocument.objects.select_related("file", "revision__edition")
    return get_object_or_404(frozen, revision__edition__year=year, revision__number=number, language=language)


def _name(revision: Revision, *, marked: bool = False) -> str:
    words = {"year": revision.edition.year, "number": revision.number}
    if marked:
        return _("Cadre de référence %(year)s, révision %(number)s, changements marqués.pdf") % words
    return _("Cadre de référence %(year)s, révision %(number)s.pdf") % words
