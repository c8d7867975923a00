"""What is sent to who asks: that it was received, that it takes longer, what was decided. Always sent: the law asks it.

Each is written in the language of the request, and stands in `said` for its page and its document alike.
"""

from collections.abc import Iterable

from django.utils import translation
from django.utils.translation import gettext as _

from cordee.privacy.models import COPIED, Answer, Extension, Outcome, PrivacyRequest, RequestKind, delays_on
from cordee.records import outbox
from cordee.records.outbox import Letter
from cordee.toolkit.addresses import absolute
from cordee.toolkit.formats import date_long

KIND = "privacy"


def tell_received(request: PrivacyRequest) -> None:
    with translation.override(request.language):
        subject = _("Demande %(reference)s : reçue") % {"reference": request.reference}
        _post(request, "received", subject, received_in_words(request))


def tell_extended(extension: Extension) -> None:
    request = extension.request
    with translation.override(request.language):
        subject = _("Demande %(reference)s : délai prolongé") % {"reference": request.reference}
        _post(request, "extended", subject, extended_in_words(extension))


def tell_answered(answer: Answer) -> None:
    request = answer.request
    with translation.override(request.language):
        subject = _("Demande %(reference)s : réponse") % {"reference": request.reference}
        _post(request, "answered", subject, answered_in_words(answer))


def _post(request: PrivacyRequest, step: str, subject: str, paragraphs: Iterable[str]) -> None:
    """To who asked, when an address is known; by the page of the request for those who have a record."""
    told = [*paragraphs, *([absolute("privacy:request", request.pk)] if request.person_id else [])]
    letter = Letter(
        key=f"privacy.{request.pk}.{step}",
        kind=KIND,
        about=f"privacy.{request.pk}",
        to=request.address,
        person_id=request.person_id,
        subject=subject,
        text="\n\n".join(told),
    )
    outbox.post(letter)


def received_in_words(request: PrivacyRequest) -> list[str]:
    """The notice of receipt: the day, the delays, what silence means, the recourse (A-2.1, s. 97 to 102 and 135)."""
    words = {
        "day": date_long(request.received_on),
        "last": date_long(request.due_on),
        "kind": request.get_kind_display(),
    }
    if request.kind == RequestKind.COMPLAINT:
        said = _("Votre plainte a été reçue le %(day)s. Une réponse écrite vous sera donnée au plus tard le %(last)s.")
        return [said % words]
    delays = delays_on(request.received_on)
    words |= {"more": str(delays.extension), "review": str(delays.review)}
    return [
        _("Votre demande a été reçue le %(day)s : %(kind)s.") % words,
        _(
            "Une réponse écrite vous est due au plus tard le %(last)s. Ce délai peut être prolongé une fois, d’au plus "
            "%(more)s jours, par un avis qui en donne le motif."
        )
        % words,
        _(
            "Sans réponse à la fin du délai, la demande est tenue pour refusée. Vous avez alors %(review)s jours pour "
            "demander une révision à la Commission d’accès à l’information (A-2.1, art. 102 et 135)."
        )
        % words,
    ]


def extended_in_words(extension: Extension) -> list[str]:
    words = {"day": date_long(extension.until), "reason": extension.reason}
    return [
        _("Le délai pour répondre à votre demande est prolongé jusqu’au %(day)s (A-2.1, art. 98).") % words,
        _("Motif : %(reason)s") % words,
    ]


def answered_in_words(answer: Answer) -> list[str]:
    """The decision, its reason and article, what it opens, and the recourse when it is not all that was asked."""
    opening = {
        Outcome.GRANTED: _("Votre demande est accueillie."),
        Outcome.PARTLY: _("Votre demande est accueillie en partie."),
        Outcome.REFUSED: _("Votre demande est refusée."),
    }
    said = [opening[Outcome(answer.outcome)]]
    if answer.text:
        said.append(answer.text)
    if answer.article:
        said.append(_("Article de loi : %(article)s") % {"article": answer.article})
    if answer.outcome != Outcome.REFUSED and answer.request.kind in COPIED and answer.request.person_id:
        said.append(_("Vos copies, à lire et structurée, se prennent à la page de la demande."))
    if answer.outcome != Outcome.GRANTED and answer.request.kind != RequestKind.COMPLAINT:
        said.append(recourse(answer))
        if answer.request.kind == RequestKind.RECTIFICATION:
            said.append(_("Vous pouvez aussi faire garder une note avec le renseignement (A-2.1, art. 91)."))
    return said


def recourse(answer: Answer) -> str:
    words = {"day": date_long(answer.review_until)}
    return (
        _(
            "Vous pouvez demander à la Commission d’accès à l’information de réviser cette décision jusqu’au %(day)s "
            "(A-2.1, art. 135)."
        )
        % words
    )
