"""The sessions of an account: which are open, and closing them from another device."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet

from cordee.people.models import Person, User
from cordee.records import journal
from cordee.toolkit import clock


def open_sessions(user: User) -> QuerySet[UserSession]:
    """Those the server still honours, the last opened first. One query."""
    alive = Session.objects.filter(expire_date__gt=clock.now()).order_by().values("session_key")
    return UserSession.objects.filter(user=user, session_key__in=alive).order_by("-created_at", "-pk")


def close_sessions(*, user: User, keep: str, by: Person, only: int | None = None) -> int:
    """Close the session `only`, or every one but `keep`, the key of the one that asks; how many were closed."""
    with transaction.atomic():
        closed = end_sessions(user, keep=keep, only=only)
        if closed:
            journal.write("account.sessions-closed", by, by=by, count=closed)
    return closed


def end_sessions(user: User, *, keep: str = "", only: int | None = None) -> int:
    """Without a journal entry of its own: part of another act."""
    ending = UserSession.objects.filter(user=user).exclude(session_key=keep)
    if only is not None:
        ending = ending.filter(pk=only)
    keys = list(ending.order_by("pk").values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    ending.delete()
    return len(keys)
