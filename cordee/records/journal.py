"""One entry an act, written in the transaction of the act, and the lawful erasure of what is personal in one.

Decision 0001 says why it is our own; `sealing` makes entries a chain that can be verified.
"""

import json
import secrets
from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction

from cordee.records.models import JournalDetail, JournalEntry
from cordee.toolkit import clock, rows
from cordee.toolkit.acting import acts_for
from cordee.toolkit.middleware import request_identifier
from cordee.toolkit.origin import origin

ERASED = "journal.erased"


def write(act: str, subject: models.Model, *, by: Any, in_the_name_of: Any = None, **payload: Any) -> JournalEntry:
    """Record `act` (`claim.approved`) of the person `by` (None: the system) on `subject`; `payload` may be personal.

    `in_the_name_of` is the person for whom someone else acts; when not given, whoever delegated the right that was
    enforced. Where it comes from and the request are known here.
    """
    came_from = origin.get()
    detail = JournalDetail(payload=_plain(payload), address=came_from.address)
    if payload or came_from.address:
        detail.salt = fresh_salt()
    entry = JournalEntry(
        at=clock.now(),
        act=act,
        subject_kind=subject._meta.label_lower,
        subject_id=str(subject.pk),
        actor_id=by.pk if by else None,
        for_id=(in_the_name_of.pk if in_the_name_of != by else None) if in_the_name_of else acts_for(by),
        channel=came_from.channel,
        request_id=request_identifier.get(),
        digest=digest_of(detail) if detail.salt else "",
    )
    rows.insert(entry)
    if detail.salt:
        detail.entry = entry
        rows.insert(detail)
    return entry


def history(subject: models.Model) -> models.QuerySet[JournalEntry]:
    """The entries of one object, oldest first, with their details in the same query."""
    return (
        JournalEntry.objects.filter(subject_kind=subject._meta.label_lower, subject_id=str(subject.pk))
        .select_related("detail")
        .order_by("id")
    )


def erase(entries: Iterable[int], about: models.Model, *, by: Any, ground: str) -> int:
    """Empty what is personal in these entries (their keys), for a `ground` the law knows; the number emptied.

    The erasure is an act of its own on `about`, and cannot be erased: by it the chain knows that it was lawful.
    """
    with transaction.atomic():
        full = JournalDetail.objects.filter(entry__in=list(entries)).exclude(salt="").exclude(entry__act=ERASED)
        emptied = sorted(full.order_by().values_list("entry_id", flat=True))
        if emptied:
            write(ERASED, about, by=by, ground=ground, entries=emptied)
            JournalDetail.objects.filter(entry__in=emptied).update(payload={}, address="", salt="")
    return len(emptied)


def fresh_salt() -> str:
    return secrets.token_hex(16)


def digest_of(detail: JournalDetail) -> str:
    """What an entry keeps of its personal part: the same on both databases, whatever order they give keys back in."""
    said = json.dumps([detail.salt, detail.address, detail.payload], sort_keys=True, ensure_ascii=False)
    return sha256(said.encode()).hexdigest()


def _plain(payload: dict[str, Any]) -> Any:
    return json.loads(json.dumps(payload, cls=DjangoJSONEncoder))
