"""What is written to a delegate: in whose name they may act, for what, until when.

It always leaves: nobody else would tell them.
"""

from datetime import date

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from cordee.people.actions.mailing import foot
from cordee.people.models import Delegation, languages
from cordee.records import outbox
from cordee.records.outbox import Letter
from cordee.toolkit.addresses import absolute
from cordee.toolkit.formats import date_full

KIND = "delegation"
GIVEN, WITHDRAWN = "given", "withdrawn"
SUBJECTS: dict[str, str | Promise] = {
    GIVEN: gettext_lazy("Vous pouvez agir au nom de %(who)s"),
    WITHDRAWN: gettext_lazy("Vous n’agissez plus au nom de %(who)s"),
}
TEXTS: dict[str, str | Promise] = {
    GIVEN: gettext_lazy(
        "Bonjour %(name)s,\n\n%(who)s vous délègue : %(what)s.\nDu %(first)s au %(last)s, ces deux jours compris, vous "
        "pouvez agir en son nom; l’historique dira que c’est vous, et pour qui.\n\nCe que cela vous permet, et où "
        "rendre cette délégation :\n%(url)s"
    ),
    WITHDRAWN: gettext_lazy(
        "Bonjour %(name)s,\n\nCe que %(who)s vous avait délégué du %(first)s au %(last)s est retiré : %(what)s.\nDès "
        "maintenant, vous n’agissez plus en son nom; ce que vous avez fait reste fait.\n\nCe que vous pouvez faire "
        "aujourd’hui :\n%(url)s"
    ),
}


def tell(delegation: Delegation, event: str, *, on: date) -> None:
    """In the transaction of the act, in the language of the delegate; told once of each event."""
    to = delegation.delegate
    with translation.override(languages([to], on=on)[to.pk]):
        words = {
            "name": to.first_name,
            "who": delegation.delegator.full_name,
            "what": delegation.what,
            "first": date_full(delegation.starts_on),
            "last": date_full(delegation.last_day),
            "url": absolute("people:my_rights"),
        }
        text = str(TEXTS[event]) % words
        letter = Letter(
            key=f"{KIND}.{delegation.pk}.{event}:{to.pk}",
            kind=KIND,
            about=f"{KIND}.{delegation.pk}",
            to=to.email or "",
            person_id=to.pk,
            subject=str(SUBJECTS[event]) % words,
            text=f"{text}\n\n{foot(to)}",
        )
    outbox.post(letter)
