"""A rule as others name it: its words, and where it stands in the cadre."""

from django.urls import reverse
from django.utils.translation import get_language, gettext

from cordee.reference.rulebook import Rule, Rulebook


def cite(rules: Rulebook, key: str) -> tuple[str, str]:
    """(words, address) of a rule, in the language of who reads."""
    return label_of(rules.rule(key)), f"{reverse('reference:edition', args=[str(rules.year)])}#{rule_anchor(key)}"


def label_of(rule: Rule) -> str:
    """What a rule is called, in the language of who reads."""
    if rule.kind == "prose" and not rule.label_fr:
        return gettext("Texte de l’article")
    english = (get_language() or "").startswith("en")
    return (rule.label_en if english else "") or rule.label_fr or rule.key


def rule_anchor(key: str) -> str:
    return f"rule-{key}"


def article_anchor(number: str) -> str:
    return f"art-{number.lower().replace('.', '-')}"
