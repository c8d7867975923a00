"""What happened, said on the next page, with « Annuler » when the act can be undone."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.functional import Promise

LEVELS = {"ok": messages.SUCCESS, "info": messages.INFO, "warn": messages.WARNING, "bad": messages.ERROR}


def announce(request: HttpRequest, text: str | Promise, *, tone: str = "ok", undo: str = "") -> None:
    """Keep a sentence for the next page. `undo` is the URL whose POST undoes the act."""
    messages.add_message(request, LEVELS[tone], str(text), extra_tags=f"undo:{undo}" if undo else "")
