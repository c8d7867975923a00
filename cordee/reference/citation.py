"""A rule as others name it: its words, and where it stands in the cadre."""

from django.urls import reverse
from django.utils.translation import get_language

from cordee.reference.rulebook import Rulebook


def cite(rules: Rulebook, key: str) -> tuple[str, str]:
    """(words, address) of a rule, in the language of who reads."""
    rule = rules.rule(key)
    english = (get_language() or "").startswith("en")
    label = (rule.label_en if english else "") or rule.label_fr or key
    return label, f"{reverse('reference:edition', args=[str(rules.year)])}#rule-{key}"
