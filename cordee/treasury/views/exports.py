"""Files of what is on screen: one claim, or the claims of a period within what one may see."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cordee.toolkit import clock
from cordee.toolkit.access import requires
from cordee.toolkit.documents import pdf
from cordee.toolkit.tabular import as_download, csv_file, workbook
from cordee.treasury import exports, policy
from cordee.treasury.actions.steps import open_submission
from cordee.treasury.models import Claim, ClaimLine
from cordee.treasury.models.reading import LineFacts, counting_lines, facts_of
from cordee.treasury.views.claim import claim_page
from cordee.treasury.views.claims import ClaimListPage
from cordee.treasury.views.document import claim_document
from cordee.treasury.views.rules_cited import RulesCited


def one_claim(request: HttpRequest, pk: int) -> tuple[Claim, list[LineFacts]]:
    visible = Claim.objects.visible_to(request.person, on=clock.today()).select_related("organization")
    claim = get_object_or_404(visible, pk=pk)
    return claim, facts_of(counting_lines(claim, open_submission(claim)))


@require_safe
@requires(policy.sees_claims)
def claim_xlsx(request: HttpRequest, pk: int) -> HttpResponse:
    claim, lines = one_claim(request, pk)
    sheets = exports.claim_sheets(claim, lines, RulesCited.of_year(claim.year).words)
    return as_download(workbook(sheets, title=claim.reference), f"{claim.reference}.xlsx")


@require_safe
@requires(policy.sees_claims)
def claim_csv(request: HttpRequest, pk: int) -> HttpResponse:
    claim, lines = one_claim(request, pk)
    return as_download(
        csv_file(exports.claim_sheets(claim, lines, RulesCited.of_year(claim.year).words)[1]), f"{claim.reference}.csv"
    )


@require_safe
@requires(policy.sees_claims)
def claim_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    shown = claim_page(request, pk)
    made = shown.submission.submitted_at if shown.submission else clock.now()
    data = claim_document(shown)
    return as_download(pdf("treasury/typst/claim.typ", data, at=made), f"{shown.claim.reference}.pdf")


def shown_period(request: HttpRequest, year: str, period: str) -> tuple[ClaimListPage, list[Claim]]:
    """The list as the address filters and sorts it. Raise 404 when it holds nothing this person may see."""
    page = ClaimListPage(request, clock.today(), year=year, period=period)
    claims = list(page.listed())
    if not claims:
        raise Http404
    return page, claims


def lines_of(claims: list[Claim]) -> list[tuple[Claim, LineFacts]]:
    """Every line that counts, claim after claim in their order; two queries for all of them."""
    by_pk = {claim.pk: claim for claim in claims}
    counted = ClaimLine.objects.counted().filter(claim__in=by_pk)
    owner = dict(counted.values_list("pk", "claim_id"))
    places = {claim.pk: place for place, claim in enumerate(claims)}
    lines = [(by_pk[owner[line.pk]], line) for line in facts_of(counted)]
    return sorted(lines, key=lambda pair: places[pair[0].pk])


def period_name(year: str, period: str, ending: str) -> str:
    return _("reclamations-%(year)s-%(period)s") % {"year": year, "period": period} + f".{ending}"


@require_safe
@requires(policy.sees_claims)
def period_xlsx(request: HttpRequest, year: str, period: str) -> HttpResponse:
    page, claims = shown_period(request, year, period)
    sheets = exports.period_sheets(
        page.file_title, claims, lines_of(claims), RulesCited(page.year, page.periods.timeline).words
    )
    return as_download(workbook(sheets), period_name(year, period, "xlsx"))


@require_safe
@requires(policy.sees_claims)
def period_csv(request: HttpRequest, year: str, period: str) -> HttpResponse:
    page, claims = shown_period(request, year, period)
    sheet = exports.period_sheets(
        page.file_title, claims, lines_of(claims), RulesCited(page.year, page.periods.timeline).words
    )[1]
    return as_download(csv_file(sheet), period_name(year, period, "csv"))


@require_safe
@requires(policy.sees_claims)
def period_pdf(request: HttpRequest, year: str, period: str) -> HttpResponse:
    page, claims = shown_period(request, year, period)
    data = exports.period_document(page.file_title, page.lede, claims, lines_of(claims))
    return as_download(pdf("treasury/typst/period.typ", data, at=clock.now()), period_name(year, period, "pdf"))
