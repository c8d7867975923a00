"""The organizations that sign their own people in, for the sign-in page."""

from typing import Any

from allauth.account.utils import get_next_redirect_url
from django import template
from django.urls import reverse
from django.utils.http import urlencode

from cordee.people.identity import providers

register = template.Library()
FEW = 3  # more than that are found by the domain of an address


@register.simple_tag(takes_context=True)
def sign_in_services(context: dict[str, Any]) -> dict[str, Any]:
    """`few` are shown each with its button; `find_url` is where more are looked for. Both keep where one was going."""
    found, next_url = providers(), get_next_redirect_url(context["request"]) or ""
    if len(found) <= FEW:
        return {"few": found, "next": next_url, "find_url": ""}
    query = f"?{urlencode({'next': next_url})}" if next_url else ""
    return {"few": (), "next": next_url, "find_url": f"{reverse('identity_find')}{query}"}
