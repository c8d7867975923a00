"""Errors that speak to a person, for code that knows no framework.

The pure modules cannot call Django's translation. They mark their French sentence with `gettext_noop`, which
`makemessages` collects, and keep the sentence and its values apart: whoever shows the error translates
`error.sentence` and fills it with `error.values`. `str(error)` is the French sentence, filled.
"""


def gettext_noop(sentence: str) -> str:
    """The sentence itself: only marks it for the catalogue."""
    return sentence


class SpokenError(ValueError):
    """An error whose sentence says what happened and what to do. Subclasses set `sentence`."""

    sentence: str = ""

    def __init__(self, **values: object) -> None:
        self.values = values
        super().__init__(self.sentence % values)
