"""The delays of the law as the cadre in force holds them."""

from datetime import date

from cordee.privacy.rules import Delays
from cordee.reference.models import Revision, rules_on
from cordee.reference.rulebook import NoRulebook, Rulebook


def delays_on(on: date) -> Delays:
    """Those of the cadre in force that day, or of the last one before: the law does not wait for the next edition.

    Raises NoRulebook when none ever was in force, MissingRule when it does not hold them.
    """
    rules = _rules(on)
    return Delays(
        request=rules.count("privacy.request.days"),
        extension=rules.count("privacy.request.extension-days"),
        complaint=rules.count("privacy.complaint.days"),
        review=rules.count("privacy.review-days"),
        incident_years=rules.count("privacy.incident.years"),
        past_holidays=rules.choice("privacy.last-day") == "next-day-not-a-holiday",
    )


def _rules(on: date) -> Rulebook:
    try:
        return rules_on(on)
    except NoRulebook:
        known = Revision.objects.filter(effective_from__isnull=False).select_related("edition")
        before = known.filter(effective_from__lte=on).order_by("-effective_from", "-number").first()
        nearest = before or known.order_by("effective_from", "number").first()
        if nearest is None:
            raise
        return nearest.rulebook()
