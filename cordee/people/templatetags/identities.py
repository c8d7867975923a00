"""The organizations that sign their own people in, for the sign-in page."""

from typing import Any

from django import template

from cordee.people.identity import providers

register = template.Library()
FEW = 3  # more than that are found by the domain of an address


@register.simple_tag
def sign_in_services() -> dict[str, Any]:
    """`few` are shown each with its button; `many` says that there are more."""
    found = providers()
    return {"few": found if len(found) <= FEW else (), "many": len(found) > FEW}
