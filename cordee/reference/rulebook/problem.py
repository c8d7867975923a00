"""A fault of a draft, or what it leaves open: the key concerned and a sentence."""

from collections.abc import Mapping
from dataclasses import dataclass

ERROR, OPEN = "error", "open"


@dataclass(frozen=True, slots=True)
class Problem:
    """The key concerned, a French sentence apart from its values so that it can be translated, and the line of
    the file when it has one. Adoption is refused while an `error` stands; what is `open` is to settle."""

    key: str
    sentence: str
    values: Mapping[str, object]
    line: int = 0
    level: str = ERROR

    def __str__(self) -> str:
        return self.sentence % self.values


def problem(key: str, sentence: str, **values: object) -> Problem:
    """A fault of that rule or article; the sentence may name it as `key`."""
    return Problem(key, sentence, {"key": key, **values})
