"""A claim as the document a centre sends: what its page says, without what depends on who reads it or when."""

from typing import Any

from django.utils.translation import gettext as _

from cordee.toolkit import formats
from cordee.treasury.exports.claim import cooperative, title_of
from cordee.treasury.views.claim import ClaimPage
from cordee.treasury.views.explanation import Flag, GroupBlock, PersonRow
from cordee.treasury.views.rules_cited import RuleCited


def claim_document(shown: ClaimPage) -> dict[str, Any]:
    """The data of `treasury/typst/claim.typ`; every figure already written."""
    claim, explained = shown.claim, shown.explained
    return {
        "title": title_of(claim),
        "cooperative": cooperative(),
        "organization": claim.organization.name,
        "lede": shown.lede,
        "facts": _facts(shown),
        "figure": {"label": _("Admissible"), "amount": formats.money(claim.total), "rows": _figures(shown)},
        "steps": [
            {"title": step["title"], "detail": step["detail"], "state": step["state"] or "later"} for step in shown.cord
        ],
        "words": {**_words(), "flags": _("Resté en suspens") if shown.is_final else _("À trancher")},
        "notes": _notes(shown),
        "flags": [_flag(flag) for flag, _settles in shown.flags],
        "groups": [_group(group) for group in explained.groups],
        "changes": [(change.title, formats.money(change.amount)) for change in explained.changes],
        "totals": _totals(shown),
        "rules": [_rule(rule) for rule in explained.cited.once(explained.lines)],
        "history": [event.sentence for event in shown.past],
        "signatures": _signatures(shown),
    }


def _words() -> dict[str, Any]:
    return {
        "steps": _("Étapes"),
        "notes": _("À noter"),
        "lines": _("Lignes réclamées"),
        "header": [_("Personne"), _("Catégorie"), _("Présences"), _("Taux par jour"), _("Montant")],
        "changes": _("Ajustements et reports"),
        "changes-header": [_("Objet"), _("Montant")],
        "totals": _("Total"),
        "totals-header": [_("Poste"), _("Montant")],
        "rules": _("Règles appliquées"),
        "history": _("Historique"),
        "nothing": _("Aucune présence à réclamer pour cette période"),
    }


def _facts(shown: ClaimPage) -> list[tuple[str, str]]:
    claim = shown.claim
    facts = [
        (_("Organisation"), f"{claim.organization.official_name} ({claim.organization.code})"),
        (_("Référence"), claim.reference),
        (_("État"), str(claim.get_state_display())),
    ]
    if shown.period:
        facts.append((_("Échéance"), _("avant le %(day)s") % {"day": formats.date_long(shown.period.due)}))
    if shown.submission:
        number = _("no %(number)s, le %(day)s") % {
            "number": shown.submission.number,
            "day": formats.date_long(shown.submission.submitted_at),
        }
        facts.append((_("Soumission"), number))
    facts.append((_("Présences"), str(shown.explained.presences)))
    return facts


def _figures(shown: ClaimPage) -> list[tuple[str, str]]:
    rows = [(_("Réclamé"), formats.money(shown.claim.claimed)), (_("En suspens"), formats.money(shown.held))]
    if shown.other:
        rows.append((_("Refus, ajustements et reports"), formats.money(shown.other)))
    return rows


def _notes(shown: ClaimPage) -> list[str]:
    notes = []
    if shown.is_draft:
        notes.append(_("Brouillon : ces montants changent encore avec les présences."))
    if shown.unvalidated:
        count, amount = shown.unvalidated
        waiting = _("Présences qui attendent la validation de leur rencontre : %(count)s, environ %(amount)s.")
        notes.append(waiting % {"count": count, "amount": formats.money(amount)})
    return notes


def _flag(flag: Flag) -> dict[str, str]:
    settled = _("Qui tranche : %(who)s.") % {"who": flag.words.settled_by}
    return {"title": flag.title, "text": f"{flag.words.sentence} {settled}", "amount": formats.money(-flag.amount)}


def _group(group: GroupBlock) -> dict[str, Any]:
    return {
        "title": group.label,
        "kind": f"{group.kind}, {group.people}",
        "total": formats.money(group.net),
        "rows": [row for person in group.rows for row in _rows(person)],
    }


def _rows(person: PersonRow) -> list[dict[str, str]]:
    """The person, then what each rule takes from them."""
    dates = ", ".join(_presence(presence.date, presence.portion) for presence in person.presences)
    first = {
        "name": person.name,
        "category": person.category,
        "days": person.days,
        "dates": dates,
        "rate": formats.money(person.rate) if person.rate is not None else "",
        "amount": formats.money(person.gross),
        "cut": "",
    }
    cuts = [{**dict.fromkeys(first, ""), "cut": _cut(cut), "amount": cut.signed} for cut in person.reductions]
    return [first, *cuts]


def _presence(day: Any, portion: str) -> str:
    half = portion == _("demi-journée")
    return f"{formats.date_short(day)} (½)" if half else formats.date_short(day)


def _cut(cut: Any) -> str:
    said = str(cut.words.badge)
    if cut.decision:
        said = _("%(rule)s, réglé : %(decision)s") % {"rule": said, "decision": cut.decision}
    if cut.rule:
        said = _("%(said)s, art. %(article)s") % {"said": said, "article": cut.rule.article}
    return said


def _totals(shown: ClaimPage) -> list[tuple[str, str]]:
    explained = shown.explained
    rows = [(_("Total réclamé"), formats.money(explained.lines_gross))]
    if explained.lines_cut:
        rows.append((_("Réductions"), formats.money(explained.lines_cut)))
    changed = explained.total - explained.lines_net
    if changed:
        rows.append((_("Ajustements et reports"), formats.money(changed)))
    return [*rows, (_("Total admissible"), formats.money(explained.total))]


def _rule(rule: RuleCited) -> str:
    cited = _("Cadre %(year)s, art. %(article)s") % {"year": rule.year, "article": rule.article}
    said = _("%(label)s : %(text)s") % {"label": cited, "text": rule.label}
    return f"{said} ({_('interprétation')})" if rule.interpretation else said


def _signatures(shown: ClaimPage) -> list[dict[str, str]]:
    """Two lines to sign; what was done in Cordée stands under them."""
    submission = shown.submission
    approval = getattr(submission, "approval", None)
    done = [
        (submission.submitted_by, submission.submitted_at) if submission else None,
        (approval.approved_by, approval.approved_at) if approval else None,
    ]
    names = [shown.claim.organization.name, _("Trésorerie de la coopérative")]
    return [
        {"name": name, "done": f"{act[0].full_name}, {formats.date_long(act[1])}" if act else ""}
        for name, act in zip(names, done, strict=True)
    ]
