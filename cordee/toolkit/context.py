"""What every page's frame needs, computed only when the frame is rendered."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import cached_property

from cordee.toolkit import clock
from cordee.toolkit.contributions import navigation
from cordee.values.school_year import SchoolYear

THEMES = {"light", "dark"}


class Page:
    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.demo = settings.DEMO
        self.person = getattr(request, "person", None)
        theme = request.COOKIES.get("theme", "")
        self.theme = theme if theme in THEMES else ""

    @cached_property
    def today(self) -> Any:
        return clock.today()

    @cached_property
    def year_label(self) -> str:
        return str(SchoolYear.containing(self.today))

    @property
    def tasks_count(self) -> int:
        """Known only on the page that lists them: counting them on every page would cost a query per app."""
        return len(getattr(self.request, "tasks", ()))

    @property
    def years(self) -> list[dict[str, Any]]:
        """Other school years to go to: none until a second edition exists."""
        return []

    @cached_property
    def role_label(self) -> str:
        return self.person.role_label(on=self.today) if self.person else ""

    @cached_property
    def navigation(self) -> list[dict[str, Any]]:
        """Links in order; `current` is the one whose prefix is the longest that fits the path."""
        if self.person is None:
            return []
        entries = sorted(navigation.collect(self.person, on=self.today), key=lambda entry: entry.order)
        path = self.request.path
        fitting = [
            entry
            for entry in entries
            if path == entry.prefix or (entry.prefix != "/" and path.startswith(entry.prefix))
        ]
        current = max(fitting, key=lambda entry: len(entry.prefix), default=None)
        return [{"entry": entry, "current": entry is current, "group": entry.order // 10} for entry in entries]


def page(request: HttpRequest) -> dict[str, Page]:
    return {"page": Page(request)}
