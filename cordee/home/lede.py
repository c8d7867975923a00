"""One sentence before the figures: what awaits, and for who sees every claim, how far the period is."""

from datetime import date

from django.db.models import Count, Q
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.toolkit.contributions import Task
from cordee.treasury.models import Claim, ClaimState
from cordee.treasury.models.periods import YearPeriods

NOT_SUBMITTED = (ClaimState.DRAFT, ClaimState.RETURNED)


def what_awaits(tasks: list[Task], on: date) -> str:
    late = sum(task.is_late(on) for task in tasks)
    if late:
        return ngettext("%(late)d retard à régler.", "%(late)d retards à régler.", late) % {"late": late}
    if tasks:
        count = len(tasks)
        return ngettext("%(count)d chose vous attend.", "%(count)d choses vous attendent.", count) % {"count": count}
    return _("Rien ne vous attend aujourd’hui.")


def claims_so_far(periods: YearPeriods, on: date) -> SafeString | str:
    """« Les réclamations ferment dans 10 jours ; 9 organisations sur 15 ont soumis. » One query."""
    period = periods.open_on(on)
    if period is None or on >= period.due:
        return ""
    claims = Claim.objects.filter(year=str(periods.year), period=period.key, sequence=0)
    counts = claims.aggregate(all=Count("pk"), waiting=Count("pk", filter=Q(state__in=NOT_SUBMITTED)))
    days = (period.due - on).days
    when = ngettext("dans %(days)d jour", "dans %(days)d jours", days) % {"days": days}
    if not counts["all"]:
        return format_html(_("Les réclamations ferment {}."), format_html("<strong>{}</strong>", when))
    return format_html(
        _("Les réclamations ferment {}; {} organisations sur {} ont soumis la leur."),
        format_html("<strong>{}</strong>", when),
        counts["all"] - counts["waiting"],
        counts["all"],
    )
