"""A list as people expect it: its filters and its order are in the address, and what is on screen leaves as a file.

A view says what the rows are and what their columns are; the page shows them with `heads`, `page` and the components
`list_heads` and `list_foot`; `?file=xlsx` gives the same rows, filtered and sorted as they are.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.toolkit import clock
from cordee.toolkit.htmx import render_page_or_part
from cordee.toolkit.tabular import Column, Sheet, as_download, csv_file, workbook
from cordee.toolkit.tabular.writing import Kind

PAGE_SIZE = 50
SORT, PAGE, FILE = "sort", "page", "file"
FILES = {"xlsx": gettext_lazy("Classeur Excel"), "csv": gettext_lazy("Données")}


@dataclass(frozen=True, slots=True)
class ListColumn:
    """`value` is the cell of the file; `order` the fields that sort by it (none: it does not sort).

    `wide`: left out of a telephone's page; `file_only`: left out of every page.
    """

    key: str
    title: str | Promise
    value: Callable[[Any], Any]
    order: tuple[str, ...] = ()
    kind: Kind = "text"
    wide: bool = False
    file_only: bool = False


class Listing:
    def __init__(
        self, request: HttpRequest, rows: QuerySet, columns: Sequence[ListColumn], *, title: str, form: Form
    ) -> None:
        self.request, self.columns, self.title, self.form = request, columns, title, form
        self.rows = self._sorted(rows)

    def response(self, template: str, context: Mapping[str, Any]) -> HttpResponse:
        """The file that is asked for, else the page, or for HTMX its part `list`."""
        if (file := self.request.GET.get(FILE)) in FILES:
            return self._file(str(file))
        return render_page_or_part(self.request, template, "list", {**context, "listing": self})

    @cached_property
    def page(self) -> Page:
        return Paginator(self.rows, PAGE_SIZE).get_page(self.request.GET.get(PAGE))

    @property
    def heads(self) -> list[dict[str, Any]]:
        """The heads of the columns on the page: those that sort hold the address that does it, or the other way."""
        return [self._head(column) for column in self.columns if not column.file_only]

    @property
    def files(self) -> list[dict[str, str]]:
        """What is on screen, as files: the workbook first."""
        return [
            {"label": str(label), "hint": ending.upper(), "url": self._address(**{FILE: ending})}
            for ending, label in FILES.items()
        ]

    @property
    def kept(self) -> dict[str, str]:
        """What a new filter leaves as it is: the order."""
        return {SORT: self.sort} if self.sort else {}

    @property
    def clear(self) -> str:
        """The address without filters, when there are some."""
        return self._address(**dict.fromkeys(self.form.fields)) if self.filters else ""

    @property
    def filters(self) -> list[str]:
        """What the filters say, in words."""
        given = [name for name, value in self.form.cleaned_data.items() if value]
        words = _("%(name)s : %(value)s")
        return [words % {"name": self.form[name].label, "value": self._said(name)} for name in given]

    @cached_property
    def sort(self) -> str:
        """The column that sorts, with `-` in front for the other way; empty when the list has its own order."""
        asked = self.request.GET.get(SORT, "")
        return asked if any(column.key == asked.removeprefix("-") and column.order for column in self.columns) else ""

    def _sorted(self, rows: QuerySet) -> QuerySet:
        chosen = next((column for column in self.columns if column.key == self.sort.removeprefix("-")), None)
        if chosen is None:
            return rows
        order = [_turned(field) if self.sort.startswith("-") else field for field in chosen.order]
        return rows.order_by(*order, "pk")

    def _head(self, column: ListColumn) -> dict[str, Any]:
        up, down = self.sort == column.key, self.sort == f"-{column.key}"
        return {
            "text": column.title,
            "num": column.kind in {"money", "number", "days"},
            "wide": column.wide,
            "direction": "asc" if up else "desc" if down else "",
            "url": self._address(**{SORT: f"-{column.key}" if up else column.key}) if column.order else "",
        }

    def _address(self, **changes: str | None) -> str:
        """This list with other parameters; from its first page."""
        query = self.request.GET.copy()
        for name, value in {PAGE: None, FILE: None, **changes}.items():
            query.pop(name, None)
            if value:
                query[name] = value
        return f"{self.request.path}?{query.urlencode()}" if query else self.request.path

    def _said(self, name: str) -> str:
        value, field = self.form.cleaned_data[name], self.form.fields[name]
        return str(dict(getattr(field, "choices", ())).get(value, value))

    def _file(self, ending: str) -> HttpResponse:
        shown = Sheet(
            self.title,
            [Column(str(column.title), column.kind) for column in self.columns],
            ([column.value(row) for column in self.columns] for row in self.rows),
            notes=self.filters,
        )
        content = csv_file(shown) if ending == "csv" else workbook([shown])
        return as_download(content, f"{slugify(self.title)}-{clock.today()}.{ending}")


def _turned(field: str) -> str:
    return field[1:] if field.startswith("-") else f"-{field}"
