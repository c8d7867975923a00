"""Files of what is on screen: one claim, or the claims of a period within what one may see."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cordee.people.models import Person
from cordee.toolkit import clock
from cordee.toolkit.access import requires
from cordee.toolkit.documents import pdf
from cordee.toolkit.tabular import as_download, csv_file, workbook
from cordee.treasury import exports, policy
from cordee.treasury.actions.steps import open_submission
from cordee.treasury.models import Claim, ClaimLine
from cordee.treasury.models.periods import YearPeriods
from cordee.treasury.models.reading import LineFacts, counting_lines, facts_of
from cordee.treasury.views.past import past_of
from cordee.treasury.views.rules_cited import RulesCited


def one_claim(request: HttpRequest, pk: int) -> tuple[Claim, Any, list[LineFacts]]:
    visible = Claim.objects.visible_to(request.person, on=clock.today()).select_related("organization")
    claim = get_object_or_404(visible, pk=pk)
    submission = open_submission(claim)
    return claim, submission, facts_of(counting_lines(claim, submission))


@require_safe
@requires(policy.sees_claims)
def claim_xlsx(request: HttpRequest, pk: int) -> HttpResponse:
    claim, _submission, lines = one_claim(request, pk)
    sheets = exports.claim_sheets(claim, lines)
    return as_download(workbook(sheets, title=claim.reference), f"{claim.reference}.xlsx")


@require_safe
@requires(policy.sees_claims)
def claim_csv(request: HttpRequest, pk: int) -> HttpResponse:
    claim, _submission, lines = one_claim(request, pk)
    return as_download(csv_file(exports.claim_sheets(claim, lines)[1]), f"{claim.reference}.csv")


@require_safe
@requires(policy.sees_claims)
def claim_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    claim, submission, lines = one_claim(request, pk)
    cited = RulesCited(claim.year, YearPeriods.of(claim.year).timeline)
    data = exports.claim_document(
        claim,
        lines,
        submission,
        rules=[_("%(label)s : %(text)s") % {"label": rule.article, "text": rule.label} for rule in cited.once(lines)],
        history=[event.sentence for event in past_of(claim)],
    )
    made = submission.submitted_at if submission else clock.now()
    return as_download(pdf("treasury/typst/claim.typ", data, at=made), f"{claim.reference}.pdf")


def claims_of_period(person: Person, year: str, period: str) -> list[Claim]:
    """Raise 404 when the period is unknown or holds nothing this person may see."""
    visible = Claim.objects.visible_to(person, on=clock.today()).filter(year=year, period=period)
    claims = list(visible.select_related("organization").order_by("organization__short_name", "sequence"))
    if not claims:
        raise Http404
    return claims


def lines_of(claims: list[Claim]) -> list[tuple[Claim, LineFacts]]:
    """Every line that counts, claim after claim; one query for all of them."""
    by_pk = {claim.pk: claim for claim in claims}
    counted = ClaimLine.objects.counted().filter(claim__in=by_pk)
    owner = dict(counted.values_list("pk", "claim_id"))
    lines = [(by_pk[owner[line.pk]], line) for line in facts_of(counted)]
    return sorted(lines, key=lambda pair: pair[0].organization.code)


def period_name(year: str, period: str, ending: str) -> str:
    return _("reclamations-%(year)s-%(period)s") % {"year": year, "period": period} + f".{ending}"


@require_safe
@requires(policy.sees_claims)
def period_xlsx(request: HttpRequest, year: str, period: str) -> HttpResponse:
    claims = claims_of_period(request.person, year, period)
    sheets = exports.period_sheets(year, period, claims, lines_of(claims))
    return as_download(workbook(sheets), period_name(year, period, "xlsx"))


@require_safe
@requires(policy.sees_claims)
def period_csv(request: HttpRequest, year: str, period: str) -> HttpResponse:
    claims = claims_of_period(request.person, year, period)
    sheet = exports.period_sheets(year, period, claims, lines_of(claims))[1]
    return as_download(csv_file(sheet), period_name(year, period, "csv"))


@require_safe
@requires(policy.sees_claims)
def period_pdf(request: HttpRequest, year: str, period: str) -> HttpResponse:
    claims = claims_of_period(request.person, year, period)
    data = exports.period_document(year, period, claims)
    return as_download(pdf("treasury/typst/period.typ", data, at=clock.now()), period_name(year, period, "pdf"))
