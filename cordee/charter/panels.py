"""What the cadre shows of the live data: the annexes its articles embed, its document, a rate to try on the budget."""

from collections.abc import Iterable, Iterator
from datetime import date

from cordee.charter.exports import annexes
from cordee.charter.policy import can_simulate
from cordee.people.models import Person
from cordee.reference.models import Revision
from cordee.toolkit.contributions import ArticleTable, Panel, article_tables, edition_heads, edition_panels
from cordee.values.school_year import SchoolYear


@article_tables.contribute
def live_annexes(names: Iterable[str], *, revision: Revision, year: SchoolYear) -> Iterator[ArticleTable]:
    """A query or two each."""
    yield from annexes(names, year)


@edition_heads.contribute
def document(person: Person, *, on: date, revision: Revision) -> Iterator[Panel]:
    """No query."""
    yield Panel("charter/document_panel.html", {"revision": revision})


@edition_panels.contribute
def try_a_rate(person: Person, *, on: date, revision: Revision) -> Iterator[Panel]:
    """No query: what the rate comes to is asked for once the page is there."""
    if can_simulate(person, on=on):
        yield Panel("charter/panel.html", {"revision": revision})
