"""Form fields that read amounts and dates in any format people type."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cordee.values.dates import UnreadableDate, parse_date
from cordee.values.money import UnreadableAmount, parse_money


class MoneyEntry(forms.CharField):
    """`1 234,56 $`, `1234.56`, `- $`… as Decimal dollars."""

    def to_python(self, value: Any) -> Decimal | None:
        text = super().to_python(value)
        if not text:
            return None
        try:
            return parse_money(text)
        except UnreadableAmount:
            raise ValidationError(_("Écrivez un montant comme 1 234,56 $.")) from None


class DayInput(forms.DateInput):
    """A date is typed in any format; the browser's own calendar, which takes only its own, stands beside (days.js)."""

    template_name = "toolkit/day_input.html"

    def __init__(self) -> None:
        super().__init__(attrs={"autocomplete": "off"}, format="%Y-%m-%d")


class DayEntry(forms.CharField):
    """`2024-09-12`, `12/09/2024`, `12 sept. 2024`… as a date."""

    widget = DayInput

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, date):
            return value
        text = super().to_python(value)
        if not text:
            return None
        try:
            return parse_date(text)
        except UnreadableDate:
            raise ValidationError(_("Écrivez une date comme 2024-09-12 ou 12 septembre 2024.")) from None


class DaysEntry(forms.CharField):
    """Several dates in any format, one a line or between semicolons."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> list[date]:
        texts = [text.strip() for text in re.split(r"[\n;]", super().to_python(value) or "") if text.strip()]
        try:
            return [parse_date(text) for text in texts]
        except UnreadableDate:
            raise ValidationError(_("Écrivez une date par ligne, comme 2024-09-12 ou 12 septembre 2024.")) from None
