"""Which body a page is about, its meetings, and an act tried from a form."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.forms import Form
from django.shortcuts import get_object_or_404

from cordee.governance.models import Body
from cordee.meetings.models import Meeting
from cordee.toolkit.refusals import Refusal, in_words
from cordee.values.sentence import SpokenError


def body_at(key: str) -> Body:
    """Every member knows the bodies of the cooperative."""
    return get_object_or_404(Body.objects.select_related("group"), key=key)


def held_meetings(body: Body, *, on: date) -> QuerySet[Meeting]:
    """Where a decision may have been taken, the latest first."""
    return Meeting.objects.filter(group=body.group_id, date__lte=on, cancellation=None).order_by("-date", "-starts_at")


def tried(form: Form, act: Callable[..., Any], **given: Any) -> Any:
    """What the act gives; None when it is refused, and the form then says why."""
    try:
        return act(**given) or True
    except Refusal as refusal:
        form.add_error(None, str(refusal.sentence))
    except SpokenError as error:
        form.add_error(None, in_words(error))
    return None
