"""`{% term code words %}` and `{% explain text %}`: the glossary of the framework in force, as tool tips."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from cordee.reference.terms import Terms, terms_on
from cordee.toolkit import clock

register = template.Library()


@register.simple_tag(takes_context=True)
def term(context: dict[str, Any], code: str, words: str) -> SafeString:
    """Words for something the glossary defines under that code: a type of community, a role in a group."""
    return _terms(context["request"]).of(code, str(words))


@register.simple_tag(takes_context=True)
def explain(context: dict[str, Any], text: str) -> SafeString:
    """A text where abbreviations are spelled out, each the first time a page holds it."""
    request = context["request"]
    if not hasattr(request, "terms_seen"):
        request.terms_seen = set()
    return _terms(request).inside(str(text), request.terms_seen)


def _terms(request: Any) -> Terms:
    """Asked once a page."""
    if not hasattr(request, "framework_terms"):
        request.framework_terms = terms_on(clock.today())
    found: Terms = request.framework_terms
    return found
