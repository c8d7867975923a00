"""A refusal is a class that speaks to a person: the sentence says what happened and what to do."""

from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from cordee.toolkit.formats import date_long
from cordee.values.sentence import SpokenError


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


class NoPerson(Forbidden):
    """Signed in with an account that nobody tied to a person."""

    sentence = gettext_lazy("Votre compte n’est lié à aucune personne. Écrivez au secrétariat de gestion.")


class Unreadable(Refusal):
    """What was typed or sent cannot be understood; nothing was changed."""

    status = 422


class NulCharacter(Unreadable):
    """PostgreSQL keeps none, and no keyboard types one."""

    sentence = gettext_lazy(
        "Un caractère invisible (le caractère nul) accompagne ce texte. Retirez-le, puis réessayez."
    )


class Illegible(Unreadable):
    """It was sent in another encoding than it said, or cut in the middle of a character."""

    sentence = gettext_lazy("Un caractère de ce texte n’a pas pu être lu (« � »). Retapez-le, puis réessayez.")


class RequestTooBig(Refusal):
    status = 413
    sentence = gettext_lazy("Cet envoi dépasse 25 Mo. Envoyez les fichiers en plusieurs fois.")


class Busy(Refusal):
    """The database is locked or full: nothing was written."""

    status = 503
    sentence = gettext_lazy("L’enregistrement n’a pas pu se faire : rien n’a changé. Réessayez dans un instant.")


def in_words(error: SpokenError) -> str:
    """The sentence of a pure error in the language of who reads it, its dates written out."""
    values = {name: date_long(value) if isinstance(value, date) else value for name, value in error.values.items()}
    return gettext(error.sentence) % values
