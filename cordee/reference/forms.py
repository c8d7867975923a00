"""What is typed for a rule, read into the text its kind is written in."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cordee.reference.actions import Said
from cordee.reference.actions.refusals import WrongValue
from cordee.reference.models import RuleRow
from cordee.reference.rulebook import Rule
from cordee.reference.rulebook.checks import CHOICES as ALLOWED
from cordee.reference.wording import CHOICES
from cordee.toolkit import formats
from cordee.values.dates import UnreadableDate, parse_date
from cordee.values.money import UnreadableAmount, parse_money

FLAGS = {"true": _("Oui"), "false": _("Non")}
FLAG_WORDS = {"oui": "true", "yes": "true", "non": "false", "no": "false"}
NATURES = {
    "prose": _("Texte de l’article"),
    "text": _("Énoncé"),
    "money": _("Montant"),
    "days": _("Jours"),
    "minutes": _("Minutes"),
    "count": _("Nombre"),
    "date": _("Date"),
    "flag": _("Oui ou non"),
    "choice": _("Choix"),
}
EXAMPLES = {"money": "290,00", "days": "2,5", "minutes": "120", "count": "7", "date": "2025-01-30"}


def _money(text: str) -> str:
    return f"{parse_money(text):.2f}"


def _days(text: str) -> str:
    days = Decimal(text.replace(",", "."))
    return f"{days.normalize():f}"


def _whole(text: str) -> str:
    return str(int(text.replace(formats.NBSP, "").replace(" ", "")))


def _day(text: str) -> str:
    return parse_date(text).isoformat()


READ: Mapping[str, Callable[[str], str]] = {
    "money": _money,
    "days": _days,
    "minutes": _whole,
    "count": _whole,
    "date": _day,
}


def written(kind: str, typed: str) -> str:
    """The canonical text of a value. Raises WrongValue, with an example of what is expected."""
    if kind not in READ:
        return typed
    try:
        return READ[kind](typed.strip())
    except (ValueError, InvalidOperation, UnreadableAmount, UnreadableDate):
        raise WrongValue(typed, EXAMPLES[kind]) from None


def typed(kind: str, value: str) -> str:
    """How a value stands in its field: with a decimal comma where the language has one."""
    if kind not in ("money", "days") or formats.locale() != "fr_CA":
        return value
    return value.replace(".", ",")


def options_of(key: str, kind: str, value: str) -> list[tuple[str, str]]:
    """What a choice may be: those its key allows, else every choice the product has words for; and what it is now."""
    if kind == "flag":
        return [(code, str(words)) for code, words in FLAGS.items()]
    codes = ALLOWED.get(key.rsplit(".", 1)[-1], tuple(CHOICES))
    codes = codes if value in codes else (value, *codes)
    return sorted(((code, str(CHOICES.get(code, code))) for code in codes), key=lambda option: option[1].casefold())


def said_in(post: Mapping[str, str], row: RuleRow) -> Said:
    """What a form says of a rule; what it does not send stays as it is. Raises WrongValue."""
    key, named = row.key, f"fr-{row.key}" in post
    value = post.get(f"value-{key}")
    return Said(
        value=row.value if value is None else written(row.kind, value),
        label_fr=post.get(f"fr-{key}", row.label_fr),
        label_en=post.get(f"en-{key}", row.label_en),
        interpretation=f"open-{key}" in post if named else row.interpretation,
        note=post.get(f"note-{key}", row.note),
    )


class RuleForm(forms.Form):
    """A rule to add at the end of an article."""

    kind = forms.ChoiceField(label=_("Nature"), choices=NATURES)
    key = forms.CharField(
        label=_("Clé"),
        max_length=120,
        help_text=_("Des minuscules, des traits d’union et des points : cap.frais-repas"),
    )
    value = forms.CharField(label=_("Valeur"), widget=forms.Textarea(attrs={"rows": 3}))
    label_fr = forms.CharField(label=_("Nom en français"), required=False)
    label_en = forms.CharField(label=_("Nom en anglais"), required=False)

    def clean(self) -> dict[str, str]:
        found: dict[str, str] = super().clean() or {}
        kind, value = found.get("kind", ""), found.get("value")
        if value is not None:
            try:
                found["value"] = written(
                    kind, FLAG_WORDS.get(value.strip().casefold(), value) if kind == "flag" else value
                )
            except WrongValue as refusal:
                self.add_error("value", str(refusal))
        return found

    def rule(self, article: str) -> Rule:
        return Rule(**self.cleaned_data, article=article)


class ArticleForm(forms.Form):
    number = forms.CharField(label=_("Numéro"), max_length=12, help_text=_("Par exemple 18.5"))
    title_fr = forms.CharField(label=_("Titre en français"), max_length=120)
    title_en = forms.CharField(label=_("Titre en anglais"), max_length=120)
    after = forms.ChoiceField(label=_("Placé après l’article"))

    def __init__(self, *args: Any, places: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["after"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(places)
