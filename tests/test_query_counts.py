"""What pages cost: few queries, and no more of them for many rows than for few."""

import pytest

from tests.access import counts

pytestmark = [pytest.mark.django_db, pytest.mark.above_the_database]
HOW = (
    "If that is what you mean, run `python -m pytest tests/test_access.py tests/test_query_counts.py --rewrite` and "
    "commit the difference of tests/query_counts.json; else look at the page’s querysets (select_related, "
    "prefetch_related, annotations)."
)
# Tables no page lists by rows, each with its reason: the others grow in tests/access/growth.py.
NOT_LISTED = {
    "charter.FrozenDocument": "one a language of the revision in force",
    "charter.Simulation": "the last one of two sides is shown",
    "people.AccountInvitation": "the last one of a person is shown",
    "people.User": "one a person, never listed",
    "privacy.PlannedRows": "as many as there are declarations",
    "records.JournalSeal": "read by the verification only",
    "records.Redaction": "never outlives its transaction",
    "reference.Edition": "one a year",
    "reference.Revision": "the last one of the year is shown",
    "reference.RuleRow": "frozen once in force; an edition is read whole",
    "toolkit.Count": "counted, never shown",
    "toolkit.ScheduledSlot": "read by the worker only",
    "toolkit.WorkerBeat": "read by the worker only",
    "treasury.BudgetTotal": "the totals of annexe 3, as many as it prints",
    "treasury.ClaimRun": "the one a page shows is named in its address",
    "treasury.RunPart": "read by computations only",
    "treasury.DraftVisit": "one’s own, one a claim",
}


def test_every_page_costs_what_is_committed(house):
    found, known = counts.counts_of(house.costs), counts.committed()
    changed = [
        f"{name}: {found.get(name, 'gone')}, committed {known.get(name, 'nowhere')}"
        for name in sorted({*found, *known})
        if found.get(name) != known.get(name)
    ]
    assert not changed, "\n".join(["queries and for whom:", *changed, HOW])


def test_no_page_costs_more_than_twelve_queries(house):
    dear = [one for one in house.costs if max(one.queries, one.after or 0) > counts.MOST]
    assert dear == [], [f"{one.address.name} {one.address.label}, {one.role}: {one.queries}" for one in dear]


def test_a_page_costs_the_same_for_a_dozen_rows_more(house):
    grew = [
        f"{one.address.name} {one.address.label}, {one.role}: {one.queries} queries, then {one.after}"
        for one in house.costs
        if one.after is not None and one.after > one.queries
    ]
    assert grew == [], "\n".join(["a query for each row: join or prefetch what the template asks for", *grew])


def test_every_table_grows_before_the_pages_are_asked_again(house):
    still = {label for label, more in house.grown.items() if more < 10} - set(NOT_LISTED)
    assert not still, f"make some in tests/access/growth.py, or say in NOT_LISTED why no page lists them: {still}"
