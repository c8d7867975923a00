"""Which request or incident a page is about, and an act tried from a form."""

from collections.abc import Callable
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from cordee.privacy.models import Incident, PrivacyRequest
from cordee.toolkit import clock
from cordee.toolkit.refusals import Refusal, in_words
from cordee.values.sentence import SpokenError


def request_at(request: HttpRequest, pk: int) -> PrivacyRequest:
    """With its state and its steps, in one query."""
    today = clock.today()
    steps = ("person", "recorded_by", "extension", "answer__answered_by", "withdrawal", "note")
    visible = PrivacyRequest.objects.visible_to(request.person, on=today).with_state(on=today)  # type: ignore[attr-defined]
    return get_object_or_404(visible.select_related(*steps), pk=pk)


def incident_at(request: HttpRequest, pk: int) -> Incident:
    visible = Incident.objects.visible_to(request.person, on=clock.today())  # type: ignore[attr-defined]
    return get_object_or_404(visible.select_related("recorded_by"), pk=pk)


def tried(form: BaseForm, act: Callable[..., Any], **given: Any) -> Any:
    """What the act gives; None when it is refused, and the form then says why."""
    try:
        return act(**given) or True
    except Refusal as refusal:
        form.add_error(None, str(refusal.sentence))
    except SpokenError as error:
        form.add_error(None, in_words(error))
    return None
