"""One entry an act, written in the transaction of the act."""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from cordee.records.models import JournalDetail, JournalEntry
from cordee.toolkit import clock, rows
from cordee.toolkit.middleware import request_identifier


def write(act: str, subject: models.Model, *, by: Any, **payload: Any) -> JournalEntry:
    """Record `act` (`claim.approved`) of the person `by` (None: the system) on `subject`; `payload` may be personal."""
    entry = JournalEntry(
        at=clock.now(),
        act=act,
        subject_kind=subject._meta.label_lower,
        subject_id=str(subject.pk),
        actor_id=by.pk if by else None,
        request_id=request_identifier.get(),
    )
    rows.insert(entry)
    if payload:
        JournalDetail.objects.create(entry=entry, payload=json.loads(json.dumps(payload, cls=DjangoJSONEncoder)))
    return entry


def history(subject: models.Model) -> models.QuerySet[JournalEntry]:
    """The entries of one object, oldest first, with their details in the same query."""
    return (
        JournalEntry.objects.filter(subject_kind=subject._meta.label_lower, subject_id=str(subject.pk))
        .select_related("detail")
        .order_by("id")
    )
