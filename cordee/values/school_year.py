"""The school year: 1 July to 1 July, half-open, written 2024-2025."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Self

from cordee.values.period import DateRange
from cordee.values.sentence import SpokenError, gettext_noop

WRITTEN = re.compile(r"\s*([0-9]{4})\s*[-–—/]\s*([0-9]{4})\s*")
FIRST_MONTH = 7


class UnreadableSchoolYear(SpokenError):
    sentence = gettext_noop("« %(text)s » n’est pas une année scolaire. Écrivez-la comme 2024-2025.")


@dataclass(frozen=True, slots=True, order=True)
class SchoolYear:
    """Named by the calendar year it starts in: `SchoolYear(2024)` is 2024-2025."""

    first: int

    @classmethod
    def containing(cls, on: date) -> Self:
        return cls(on.year if on.month >= FIRST_MONTH else on.year - 1)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read « 2024-2025 ». Raises `UnreadableSchoolYear`."""
        found = WRITTEN.fullmatch(text)
        if found is None or int(found[2]) != int(found[1]) + 1 or int(found[1]) < 1:
            raise UnreadableSchoolYear(text=text)
        return cls(int(found[1]))

    def __str__(self) -> str:
        return f"{self.first:04d}-{self.first + 1:04d}"

    def __contains__(self, on: date) -> bool:
        return self.contains(on)

    @property
    def start(self) -> date:
        return date(self.first, FIRST_MONTH, 1)

    @property
    def end(self) -> date:
        """The first day that is no longer in the year."""
        return date(self.first + 1, FIRST_MONTH, 1)

    @property
    def range(self) -> DateRange:
        return DateRange(self.start, self.end)

    def contains(self, on: date) -> bool:
        return self.start <= on < self.end

    def next(self) -> Self:
        return type(self)(self.first + 1)

    def previous(self) -> Self:
        return type(self)(self.first - 1)
