"""Addresses that leave the house, in e-mails and calendars: whole, with the name people reach it by."""

from typing import Any

from django.conf import settings
from django.urls import reverse


def absolute(name: str, *arguments: Any) -> str:
    """The whole address of a page."""
    return f"{settings.PUBLIC_ADDRESS}{reverse(name, args=arguments)}"
