"""Why an act on the cadre is refused."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cordee.reference.models import Revision, RuleRow
from cordee.reference.rulebook import Problem
from cordee.toolkit.formats import date_long, first_of, time_short
from cordee.toolkit.refusals import Refusal, Unreadable


def in_words(problem: Problem) -> str:
    """The sentence of a problem in the language of who reads it."""
    return _(problem.sentence) % problem.values


def listed(problems: Sequence[Problem]) -> str:
    return "\n".join(f"– {_with_its_line(problem)}" for problem in problems)


def _with_its_line(problem: Problem) -> str:
    if not problem.line:
        return in_words(problem)
    return _("Ligne %(line)s : %(sentence)s") % {"line": problem.line, "sentence": in_words(problem)}


class FaultyEdition(Unreadable):
    """The file says something a computation could not use. Every fault is named; nothing was loaded."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        opening = ngettext(
            "Ce cadre de référence n’a pas été chargé : %(count)s règle est à corriger.",
            "Ce cadre de référence n’a pas été chargé : %(count)s règles sont à corriger.",
            len(problems),
        )
        super().__init__(f"{opening % {'count': len(problems)}}\n{listed(problems)}")


class ErrorsRemain(Refusal):
    """A draft with an error cannot be put in force."""

    def __init__(self, revision: Revision, problems: Sequence[Problem]) -> None:
        opening = ngettext(
            "La révision %(number)s du cadre %(year)s ne peut pas entrer en vigueur : %(count)s erreur est à corriger.",
            "La révision %(number)s du cadre %(year)s ne peut pas entrer en vigueur : %(count)s erreurs à corriger.",
            len(problems),
        )
        words = {"year": revision.edition.year, "number": revision.number, "count": len(problems)}
        super().__init__(f"{opening % words}\n{listed(problems)}")


class InForceAlready(Refusal):
    """A revision in force never changes; the file must bear the next number."""

    def __init__(self, revision: Revision, changed: Sequence[str]) -> None:
        super().__init__(
            _(
                "La révision %(number)s du cadre %(year)s est en vigueur et ne change plus. Le fichier en diffère : "
                "%(keys)s. Donnez-lui le numéro de révision suivant."
            )
            % {"number": revision.number, "year": revision.edition.year, "keys": first_of(changed)}
        )


class OutsideItsYear(Refusal):
    def __init__(self, revision: Revision, day: date) -> None:
        super().__init__(
            _("Le %(day)s n’est pas dans l’année %(year)s. Choisissez une date d’effet de cette année.")
            % {"day": date_long(day), "year": revision.edition.year}
        )


class NoLongerDraft(Refusal):
    sentence = gettext_lazy(
        "Cette révision est en vigueur : elle ne change plus. Une correction se fait dans une nouvelle révision."
    )


class DraftOpen(Refusal):
    def __init__(self, revision: Revision) -> None:
        super().__init__(
            _("La révision %(number)s du cadre %(year)s est déjà à l’étude. Continuez d’y écrire.")
            % {"number": revision.number, "year": revision.edition.year}
        )


class NothingToCopy(Refusal):
    sentence = gettext_lazy("Aucune révision n’est en vigueur cette année-là : il n’y a rien à copier ni à corriger.")


class StaleRule(Refusal):
    """Someone else wrote there meanwhile: both are shown, nothing is overwritten."""

    def __init__(self, row: RuleRow) -> None:
        self.row = row
        if row.changed_by is None or row.changed_at is None:
            super().__init__(_("Cette règle a changé pendant que vous écriviez. Rien n’a été remplacé : choisissez."))
            return
        words = {"who": row.changed_by.full_name, "hour": time_short(row.changed_at)}
        super().__init__(
            _("%(who)s a changé cette règle à %(hour)s, pendant que vous écriviez. Rien n’a été remplacé : choisissez.")
            % words
        )


class NoSuchRule(Unreadable):
    sentence = gettext_lazy(
        "Cette règle n’est plus dans le brouillon : quelqu’un l’a retirée. Copiez votre texte, puis rechargez la page."
    )


class WrongValue(Unreadable):
    def __init__(self, typed: str, example: str) -> None:
        super().__init__(
            _("« %(typed)s » ne se lit pas. Écrivez par exemple : %(example)s.") % {"typed": typed, "example": example}
        )


class TooLong(Unreadable):
    def __init__(self, most: int) -> None:
        super().__init__(_("Ce texte dépasse %(most)s caractères. Coupez-le en deux règles.") % {"most": most})


class KeyTaken(Refusal):
    def __init__(self, key: str) -> None:
        super().__init__(_("La clé « %(key)s » existe déjà dans ce brouillon. Choisissez-en une autre.") % {"key": key})


class NotAKey(Unreadable):
    def __init__(self, key: str) -> None:
        super().__init__(
            _("« %(key)s » n’est pas une clé : des minuscules sans accent, des traits d’union et au moins un point.")
            % {"key": key}
        )


class StillCited(Refusal):
    def __init__(self, articles: Sequence[str]) -> None:
        super().__init__(
            _("Ce qui est retiré est encore cité à l’article %(articles)s. Retirez d’abord la citation.")
            % {"articles": ", ".join(articles)}
        )


class TypeInUse(Refusal):
    def __init__(self, groups: Sequence[str], count: int) -> None:
        text = ngettext(
            "Ce type sert à %(count)s communauté : %(groups)s. Changez d’abord son type.",
            "Ce type sert à %(count)s communautés : %(groups)s. Changez d’abord leur type.",
            count,
        )
        super().__init__(text % {"count": count, "groups": ", ".join(groups)})


class ArticleNotEmpty(Refusal):
    sentence = gettext_lazy("Cet article contient encore des règles. Retirez-les d’abord, ou gardez l’article.")


class NotTheLast(Refusal):
    sentence = gettext_lazy(
        "Quelqu’un a changé cette règle depuis : annulez d’abord son changement, ou écrivez la valeur voulue."
    )
