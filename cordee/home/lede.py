"""One sentence before the figures: what awaits, and for who sees every claim, how far the period is."""

from datetime import date

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.people.models import Person
from cordee.toolkit.contributions import Task
from cordee.treasury.models import ClaimState
from cordee.treasury.models.listing import claims_seen
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


def claims_so_far(person: Person, periods: YearPeriods, on: date) -> SafeString | str:
    """« Les réclamations ferment dans 10 jours ; 9 organisations sur 15 ont soumis. », to who sees them all."""
    period = periods.open_on(on)
    if period is None or on >= period.due:
        return ""
    seen = claims_seen(person, str(periods.year), on=on)
    claims = [claim for claim in seen if claim.period == period.key and not claim.sequence]
    waiting = sum(claim.state in NOT_SUBMITTED for claim in claims)
    days = (period.due - on).days
    when = ngettext("dans %(days)d jour", "dans %(days)d jours", days) % {"days": days}
    if not claims:
        return format_html(_("Les réclamations ferment {}."), format_html("<strong>{}</strong>", when))
    return format_html(
        _("Les réclamations ferment {}; {} organisations sur {} ont soumis la leur."),
        format_html("<strong>{}</strong>", when),
        len(claims) - waiting,
        len(claims),
    )
