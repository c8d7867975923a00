"""What the cadre shows of the live data: the annexes its articles embed, and its document."""

from collections.abc import Iterable, Iterator
from datetime import date

from cordee.charter.exports import annexes
from cordee.people.models import Person
from cordee.reference.models import Revision
from cordee.toolkit.contributions import ArticleTable, Panel, article_tables, edition_heads
from cordee.values.school_year import SchoolYear


@article_tables.contribute
def live_annexes(names: Iterable[str], *, revision: Revision, year: SchoolYear) -> Iterator[ArticleTable]:
    """A query or two each."""
    yield from annexes(names, year)


@edition_heads.contribute
def document(person: Person, *, on: date, revision: Revision) -> Iterator[Panel]:
    """No query."""
    yield Panel("charter/document_panel.html", {"revision": revision})
