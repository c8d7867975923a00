"""From attendance to what each organization is owed. Pure: plain values in, plain values out.

`entitlements(attendances, facts, frozen)` streams a school year person by person; every limit is about one
person, so memory is that of one person and time grows with the number of attendances.

**The steps, in order; the first that fails names the refusal.** Meeting held, attendance validated, member
organization, category with a rate, type compensated, compensation granted, region, active member, one
participation, day cap, yearly limit. Only what survives a step uses up the next.

**What leaves a line.** An attendance has lines when an organization could claim it:

* not held, not validated: no line, a `Notice` with its estimate (the gross, before any limit);
* not a member organization: no line, for there is no one to pay; a notice;
* not compensated: no line, for it uses up nothing and nobody can settle it; a notice without an estimate;
* category unknown, or without a rate: a line of 0 $ and its refusal of 0 $, so that the claim shows it and
  the billing officer can settle it; in a type that is not compensated, a notice;
* not granted, region, not a member, second supported: the gross line, and a negative line that takes all of
  it;
* day cap, yearly limit: the gross line, and a negative line that takes what does not fit;
* a manager: a gross line of 0 $, under the same limits as everyone.

The portion is what was recorded, never more than the meeting was planned for; the gross is the rate of that
portion.

**Consumption.** A frozen line keeps what it used up (`places`), in the order the submissions were made;
then everyone else, and what a frozen line did not get, by date, start time, group and attendance. So
submitting a claim never changes what another is owed, and what is validated late never takes back what was
paid. A day that the yearly limit then refuses has still used up its date, for the day cap comes before. A
day of which half fits becomes a half day. The first supported community is that of the earliest attendance,
whatever the category then; only the category named by the edition is refused a second. A strategic project
without approved days for the person has a limit of none.

**Sums.** `claimed` is gross, `total` all lines, `held` what can still be settled (`SETTLED_BY`). `adjust`
gives what no submission holds yet, so that frozen lines and their adjustments are exactly the lines of
today.
"""

from cordee.treasury.rules.adjustment import adjust
from cordee.treasury.rules.codes import IN_ORDER, SETTLED_BY, rule_key
from cordee.treasury.rules.entitlement import entitlements
from cordee.treasury.rules.facts import (
    Attendance,
    FrozenLine,
    Line,
    Notice,
    PersonEntitlement,
    YearFacts,
)
from cordee.treasury.rules.periods import ClaimPeriod, period, periods
from cordee.treasury.rules.totals import PlannedTerm, Summary, by_organization, planned_days, planned_year, summarize

__all__ = [
    "IN_ORDER",
    "SETTLED_BY",
    "Attendance",
    "ClaimPeriod",
    "FrozenLine",
    "Line",
    "Notice",
    "PersonEntitlement",
    "PlannedTerm",
    "Summary",
    "YearFacts",
    "adjust",
    "by_organization",
    "entitlements",
    "period",
    "periods",
    "planned_days",
    "planned_year",
    "rule_key",
    "summarize",
]
