"""The secret addresses by which a calendar reads meetings: made, renewed and revoked by whom they belong to."""

import secrets
from datetime import date

from django.db import transaction

from cordee.meetings import policy
from cordee.meetings.models import FeedKey
from cordee.people.models import Group, Person
from cordee.records import journal
from cordee.toolkit import clock
from cordee.toolkit.access import enforce


@transaction.atomic
def open_feed(*, group: Group | None, what: str = "", by: Person, on: date) -> FeedKey:
    """The address for all of one’s meetings, those of one group, or `what` another room offers; the one there is when
    there is one."""
    enforce(policy.can_subscribe(by, group, what, on=on))
    Person.objects.select_for_update().get(pk=by.pk)
    known = FeedKey.objects.in_use().filter(person=by, group=group, what=what).order_by("pk").first()
    return known or _make(group, what, by)


@transaction.atomic
def revoke_feed(*, key: FeedKey, by: Person) -> None:
    """From now on the address answers as one that never was."""
    FeedKey.objects.in_use().filter(pk=key.pk).update(revoked_at=clock.now())
    journal.write("feed.revoked", key, by=by)


@transaction.atomic
def renew_feed(*, key: FeedKey, by: Person, on: date) -> FeedKey:
    """Another secret in place of this one."""
    enforce(policy.can_subscribe(by, key.group, key.what, on=on))
    revoke_feed(key=key, by=by)
    return _make(key.group, key.what, by)


def _make(group: Group | None, what: str, by: Person) -> FeedKey:
    secret = secrets.token_urlsafe(32)
    key = FeedKey.objects.create(person=by, group=group, what=what, secret=secret, created_at=clock.now())
    journal.write("feed.opened", key, by=by)
    return key


def note_change(key: FeedKey, etag: str) -> None:
    """Remember when what this address gives became what it is: calendars ask for it."""
    if key.etag != etag:
        key.etag, key.changed_at = etag, clock.now()
        key.save(update_fields=["etag", "changed_at"])
