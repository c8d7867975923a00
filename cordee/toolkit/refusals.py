"""A refusal is a class that speaks to a person: the sentence says what happened and what to do."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy


class Refusal(Exception):
    """Base of every « no » of the house. `status` is the HTTP status, `sentence` what people read."""

    status = 409
    sentence: str | Promise = gettext_lazy("Cet acte n’est pas possible maintenant. Rechargez la page, puis réessayez.")

    def __init__(self, sentence: str | Promise | None = None) -> None:
        super().__init__(sentence or self.sentence)
        self.sentence = sentence or self.sentence

    def __str__(self) -> str:
        return str(self.sentence)


class Forbidden(Refusal):
    """You see it, but may not do it: the reason comes from a policy."""

    status = 403


class Unreadable(Refusal):
    """What was typed or sent cannot be understood; nothing was changed."""

    status = 422


class Busy(Refusal):
    """The database is locked or full: nothing was written."""

    status = 503
    sentence = gettext_lazy("L’enregistrement n’a pas pu se faire : rien n’a changé. Réessayez dans un instant.")
