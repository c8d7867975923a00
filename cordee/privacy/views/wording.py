"""The state of a request in a word, with its tone and drawing."""

from typing import Any

from cordee.privacy.models import PrivacyRequest, RequestState

TONES = {
    RequestState.OPEN: ("info", "wait"),
    RequestState.LATE: ("bad", "clock"),
    RequestState.GRANTED: ("ok", "done"),
    RequestState.PARTLY: ("warn", "scale"),
    RequestState.REFUSED: ("mute", "stop"),
    RequestState.WITHDRAWN: ("mute", "undo"),
}


def badge_of(request: PrivacyRequest) -> dict[str, Any]:
    """Of a row read `with_state`; `waits` while an answer is due."""
    state = RequestState(request.state)  # type: ignore[attr-defined]
    tone, icon = TONES[state]
    waits = state in (RequestState.OPEN, RequestState.LATE)
    return {"text": str(state.label), "tone": tone, "icon": icon, "waits": waits}
