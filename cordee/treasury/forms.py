"""The shape of what people type in the treasury’s pages; no writes."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from cordee.people.models import StaffCategory
from cordee.toolkit.entry import DayEntry
from cordee.treasury.models import Claim, ClaimState
from cordee.treasury.rules.codes import (
    CATEGORY_UNKNOWN,
    NOT_A_MEMBER,
    NOT_GRANTED,
    SECOND_SUPPORTED,
    YEARLY_LIMIT,
)

HALF = Decimal("0.5")


class PaymentForm(forms.Form):
    paid_on = DayEntry(label=_("Payée le"))
    reference = forms.CharField(label=_("Référence du virement"), max_length=60)


class ReturnForm(forms.Form):
    reason = forms.CharField(
        label=_("Motif du renvoi"),
        help_text=_("Dites au centre ce qui est à corriger."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
    )


class ChosenClaims(forms.Form):
    """The rows ticked in the list, or its header alone: every claim of the period."""

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.ticked = [int(value) for value in data.getlist("claim") if value.isdecimal()]
        self.period = data.get("all", "").split()

    def chosen(self, claims: QuerySet[Claim], state: ClaimState) -> QuerySet[Claim]:
        """Of `claims`: all in that state when the header is ticked, else the rows themselves, whatever their state."""
        if len(self.period) == 2:
            return claims.filter(year=self.period[0], period=self.period[1], state=state)
        return claims.filter(pk__in=self.ticked)


class DecisionForm(forms.Form):
    """A decision of the executive committee."""

    decision = forms.CharField(
        label=_("Numéro de la décision"), max_length=40, help_text=_("Comme au procès-verbal : CE-2024-2025-14.")
    )
    decided_on = DayEntry(label=_("Décidée le"))


class LimitForm(DecisionForm):
    days = forms.DecimalField(
        label=_("Jours de plus accordés"), min_value=HALF, max_value=366, step_size=HALF, decimal_places=1
    )
    field_order = ("days", "decision", "decided_on")


class AgreementForm(forms.Form):
    superior = forms.CharField(label=_("Supérieure ou supérieur immédiat"), max_length=160)
    agreed_on = DayEntry(label=_("Entente du"))


class CategoryForm(forms.Form):
    category = forms.ChoiceField(label=_("Catégorie de personnel"), choices=StaffCategory)


class MemberForm(forms.Form):
    starts_on = DayEntry(label=_("Membre depuis le"))


def settlement_form(code: str, data: Any = None, *, on: date, first: date | None, days: Any = None) -> forms.Form:
    """The form that settles a flag of this code, filled with what is most likely."""
    kind, initial = {
        YEARLY_LIMIT: (LimitForm, {"days": days, "decided_on": on}),
        NOT_GRANTED: (DecisionForm, {"decided_on": on}),
        SECOND_SUPPORTED: (AgreementForm, {"agreed_on": on}),
        CATEGORY_UNKNOWN: (CategoryForm, {}),
        NOT_A_MEMBER: (MemberForm, {"starts_on": first}),
    }[code]
    return kind(data, initial=initial)
