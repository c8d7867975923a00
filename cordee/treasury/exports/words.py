"""How the lines of a claim are said in files."""

from django.utils.translation import gettext as _

from cordee.meetings.models import Portion
from cordee.people.models import StaffCategory
from cordee.treasury.models import BudgetRemark
from cordee.treasury.models.reading import LineFacts
from cordee.treasury.rules import codes


def rule_words(code: str) -> str:
    """What a line is: the gross amount, or the rule that reduces it."""
    words = {
        codes.GROSS: _("Montant brut"),
        codes.CATEGORY_UNKNOWN: _("Catégorie inconnue"),
        codes.NOT_GRANTED: _("Compensation à accorder"),
        codes.REGION: _("Hors région"),
        codes.NOT_A_MEMBER: _("Membre à confirmer"),
        codes.SECOND_SUPPORTED: _("Entente requise"),
        codes.DAY_CAP: _("Journée déjà comptée"),
        codes.YEARLY_LIMIT: _("Limite dépassée"),
    }
    return words.get(code, code)


def line_words(line: LineFacts) -> str:
    if line.attendance is None:
        return _("Solde reporté de %(reference)s") % {"reference": line.details.get("reference", "")}
    said = rule_words(line.code)
    return _("%(rule)s (ajustement)") % {"rule": said} if line.adjusts else said


def category_words(code: str) -> str:
    return str(StaffCategory(code).label) if code in StaffCategory.values else ""


def portion_words(code: str) -> str:
    return str(Portion(code).label) if code in ("half", "day") else ""


def remark_words(remark: BudgetRemark) -> str:
    """What two figures a remark is about; nothing when it is a line, which has its own label."""
    known = {
        "expense-other": _("Total des dépenses, colonne Dépenses"),
        "expense-compensation": _("Total des dépenses, colonne Contribution RH"),
        "expense-total": _("Total des dépenses"),
        "revenue": _("Total des revenus"),
        "ministry-expenses": _("Total des dépenses de l’allocation du ministère"),
        "ministry-balance": _("Revenu moins dépenses de l’allocation du ministère"),
        "allocation": _("Somme à répartir entre les centres"),
        "balance": _("Solde, revenus moins dépenses"),
    }
    return known.get(remark.subject, "")
