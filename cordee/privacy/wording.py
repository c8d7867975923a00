"""The journal in words: what was done, and what was before and after."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cordee.people.models import DutyCode
from cordee.toolkit.contributions import act_words

# Keys under which a person is named by their own.
PERSONS = {"person", "owner", "superior", "absorbed"}
LABELS: Mapping[str, str | Promise] = {
    "absences": gettext_lazy("absences inscrites"),
    "absorbed": gettext_lazy("fiche réunie"),
    "account_until": gettext_lazy("compte ouvert jusqu’au (exclu)"),
    "affiliations": gettext_lazy("affiliations"),
    "against": gettext_lazy("comparé à"),
    "agreed_on": gettext_lazy("convenu le"),
    "approved_on": gettext_lazy("approuvé le"),
    "category": gettext_lazy("catégorie"),
    "change": gettext_lazy("changement"),
    "changed": gettext_lazy("règles changées"),
    "changes": gettext_lazy("changements"),
    "claimed": gettext_lazy("réclamé"),
    "claims": gettext_lazy("réclamations"),
    "code": gettext_lazy("code"),
    "copied_from": gettext_lazy("copié de"),
    "date": gettext_lazy("date"),
    "count": gettext_lazy("combien"),
    "decision": gettext_lazy("décision"),
    "delegations": gettext_lazy("délégations"),
    "document": gettext_lazy("document"),
    "duties": gettext_lazy("fonctions"),
    "duty": gettext_lazy("fonction"),
    "due_on": gettext_lazy("à répondre au plus tard le"),
    "effective_from": gettext_lazy("en vigueur le"),
    "done_on": gettext_lazy("fait le"),
    "email": gettext_lazy("adresse courriel"),
    "ended": gettext_lazy("ce qui a pris fin"),
    "ends_at": gettext_lazy("fin"),
    "ends_on": gettext_lazy("jusqu’au (exclu)"),
    "entries": gettext_lazy("écritures"),
    "fields": gettext_lazy("rubriques"),
    "file": gettext_lazy("fichier"),
    "article": gettext_lazy("article de loi"),
    "asked": gettext_lazy("adresse demandée"),
    "first_name": gettext_lazy("prénom"),
    "follow_up": gettext_lazy("suivi"),
    "ground": gettext_lazy("fondement"),
    "half_days": gettext_lazy("demi-journées"),
    "held": gettext_lazy("en suspens"),
    "holds": gettext_lazy("montants identiques et chaîne intacte"),
    "kind": gettext_lazy("sorte"),
    "language": gettext_lazy("langue"),
    "last_name": pgettext_lazy("family name", "nom"),
    "left_on": gettext_lazy("parti depuis le"),
    "marks": gettext_lazy("présences"),
    "means": gettext_lazy("moyens"),
    "meeting": gettext_lazy("rencontre"),
    "meetings": gettext_lazy("rencontres"),
    "moved": gettext_lazy("lignes déplacées"),
    "name": gettext_lazy("nom"),
    "note": gettext_lazy("note"),
    "number": gettext_lazy("numéro"),
    "objectives": gettext_lazy("objectifs"),
    "on": gettext_lazy("le"),
    "organization": gettext_lazy("Organisation"),
    "outcome": gettext_lazy("issue"),
    "owner": gettext_lazy("qui s’en occupe"),
    "paid_on": gettext_lazy("payé le"),
    "part": gettext_lazy("partie"),
    "participations": gettext_lazy("participations"),
    "people": gettext_lazy("personnes relancées"),
    "person": gettext_lazy("personne"),
    "points": gettext_lazy("points"),
    "purpose": gettext_lazy("fin"),
    "rank": gettext_lazy("rang"),
    "reason": gettext_lazy("motif"),
    "received_on": gettext_lazy("reçue le"),
    "reference": gettext_lazy("référence"),
    "reply": gettext_lazy("réponse"),
    "row": gettext_lazy("ligne de l’échéancier"),
    "rows": gettext_lazy("lignes"),
    "said_on": gettext_lazy("dit le"),
    "seat": gettext_lazy("siège"),
    "series": gettext_lazy("série"),
    "serious": gettext_lazy("risque de préjudice sérieux"),
    "sha256": gettext_lazy("empreinte"),
    "starts_at": gettext_lazy("début"),
    "starts_on": gettext_lazy("depuis le"),
    "step": gettext_lazy("étape"),
    "superior": gettext_lazy("supérieur immédiat"),
    "title": gettext_lazy("titre"),
    "total": gettext_lazy("total"),
    "undone": gettext_lazy("changements défaits"),
    "until": gettext_lazy("valable jusqu’à"),
    "value": gettext_lazy("valeur"),
    "values": gettext_lazy("valeurs"),
    "version": gettext_lazy("version"),
    "way": gettext_lazy("manière"),
    "what": gettext_lazy("quoi"),
    "wish": gettext_lazy("souhait"),
    "year": gettext_lazy("année scolaire"),
}


# Fields of personal information and of their rows, where the model gives them no name of its own.
FIELDS: Mapping[str, str | Promise] = {
    "absorbed": gettext_lazy("fiche réunie"),
    "account_closed_at": gettext_lazy("compte fermé"),
    "actor_id": gettext_lazy("qui a agi"),
    "address": gettext_lazy("adresse"),
    "applied": gettext_lazy("ce qui a été appliqué"),
    "calendar": gettext_lazy("fichier de calendrier"),
    "delegate": gettext_lazy("qui agit au nom d’un autre"),
    "delegator": gettext_lazy("au nom de qui"),
    "for_id": gettext_lazy("au nom de qui"),
    "group": gettext_lazy("groupe"),
    "kept": gettext_lazy("fiche gardée"),
    "moved": gettext_lazy("lignes déplacées"),
    "meeting": gettext_lazy("rencontre"),
    "merged_into": gettext_lazy("fiche gardée"),
    "organization": gettext_lazy("Organisation"),
    "owner": gettext_lazy("qui s’en occupe"),
    "payload": gettext_lazy("avant et après"),
    "person": gettext_lazy("personne"),
    "person_id": gettext_lazy("personne"),
    "proposal": gettext_lazy("ce qui a été lu"),
    "reply": gettext_lazy("réponse"),
    "seat": gettext_lazy("siège"),
    "secret": gettext_lazy("adresse secrète"),
    "subject": gettext_lazy("objet"),
    "submitted_for": gettext_lazy("au nom de qui"),
    "superior": gettext_lazy("supérieur immédiat"),
    "team": gettext_lazy("équipe"),
    "text": gettext_lazy("texte"),
    "unsubscribe": gettext_lazy("adresse d’arrêt"),
    "user": gettext_lazy("compte"),
    "word": gettext_lazy("mot"),
    "uid": gettext_lazy("empreinte de qui vous êtes pour ce service"),
}


class Told(NamedTuple):
    """One thing an entry says; `before` is empty when nothing was there, or when the act has no before."""

    label: str
    before: str
    after: str


def acts_in_words() -> dict[str, str]:
    """Each act the house knows, and what its author did, after their name."""
    return dict(act_words.collect())


def told(payload: Mapping[str, Any], names: Mapping[int, str]) -> Iterator[Told]:
    """What an entry holds beside its act: first what changed, then the rest. `names` are those one may read."""
    before, after = payload.get("before"), payload.get("after")
    if isinstance(before, dict):
        left = after if isinstance(after, dict) else {}
        for name in [*before, *(name for name in left if name not in before)]:
            if before.get(name) != left.get(name):
                yield Told(label(name), said(name, before.get(name), names), said(name, left.get(name), names))
    elif before is not None:
        yield Told(_("avant"), said("before", before, names), "")
    for name, value in payload.items():
        if name not in {"before", "after"}:
            yield Told(label(name), "", said(name, value, names))


def label(name: str) -> str:
    """In words; rules, kinds of e-mail and other keys of data stand as they are."""
    return str(LABELS.get(name, name))


def label_of(field: Any) -> str:
    """The label of the field; ours where that of another library is no word, or when it has none."""
    named = getattr(field, "verbose_name", "")
    is_a_word = isinstance(named, Promise) and str(named) != field.name
    return str(named) if is_a_word else field_label(field.name)


def field_label(name: str) -> str:
    """What a field is called; whoever did something, and when, are called alike everywhere."""
    if name.endswith(("_by", "_by_id")):
        return _("qui a agi")
    if name.endswith("_at"):
        return _("quand")
    return str(FIELDS.get(name, name))


def said(name: str, value: Any, names: Mapping[int, str]) -> str:
    if value is None or value == "":
        return ""
    if name in PERSONS and isinstance(value, int):
        return names.get(value, _("une personne"))
    if name == "duty":
        return str(dict(DutyCode.choices).get(value, value))
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    if isinstance(value, dict):
        return ", ".join(f"{label(key)} {said(key, of, names)}" for key, of in value.items())
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    return str(value)


def persons_in(payloads: Iterable[Mapping[str, Any]]) -> set[int]:
    """The keys of the persons these details name."""
    found = set()
    for payload in payloads:
        for part in (payload, payload.get("before"), payload.get("after")):
            if isinstance(part, dict):
                found |= {part[name] for name in PERSONS & part.keys() if isinstance(part[name], int)}
    return found
