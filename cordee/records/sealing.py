"""The journal as a chain: each entry is sealed, in batches and after its act, into a hash that holds all before it.

`seal`, a background task, takes what is committed and not sealed yet; acts never wait for it. `verify` follows the
chain from its first link and names what does not hold. Whoever rewrites the whole chain is found by a head that was
noted elsewhere: `verify_journal` prints it, and takes one to look for.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC
from hashlib import sha256

from django.db import IntegrityError, transaction
from django.tasks import task
from django.utils import timezone

from cordee.records import journal
from cordee.records.models import JournalDetail, JournalEntry, JournalSeal
from cordee.toolkit.background import schedule

AT_ONCE = 500
# An entry has its number before its act is committed: one that comes late may stand this far under the last sealed.
LATE = 50_000
START = "0" * 64


@dataclass
class Verified:
    """What `verify` found. `faults` are sentences for the operator; `head` the last link, `position:hash`."""

    sealed: int = 0
    waiting: int = 0
    erased: int = 0
    head: str = ""
    faults: list[str] = field(default_factory=list)


@schedule.every(minutes=1)
@task
def seal() -> int:
    """Seal what waits; the number sealed. Of two who do it at once, one finds its places taken and leaves."""
    sealed = 0
    while _waiting(_last()):  # asked first without holding the database
        made = _seal_a_batch()
        if not made:
            break
        sealed += made
    return sealed


def verify(*, expected: str = "") -> Verified:
    """Follow the whole chain; `expected` is a head noted before, which must still be a link of it."""
    found = Verified()
    lawful = _lawfully_erased()
    before: str | None = START
    for link, entry in _chain():
        before = _gap(link, found) if link.position != found.sealed + 1 else before
        found.sealed = link.position
        found.faults += _faults_of_link(link, entry, before)
        found.faults += _faults_of_detail(entry, lawful, found) if entry else []
        before, found.head = link.hash, f"{link.position}:{link.hash}"
    _look_at_the_rest(found, lawful)
    if expected and not JournalSeal.objects.filter(**_named(expected)).exists():
        found.faults.append(f"La tête notée {expected} n’est plus dans la chaîne : le journal a été coupé ou réécrit.")
    return found


def _last() -> JournalSeal | None:
    return JournalSeal.objects.order_by("-position").first()


def _waiting(last: JournalSeal | None) -> list[JournalEntry]:
    """Those not sealed, in order, from a little under the last that is."""
    since = last.entry_id - LATE if last else 0
    return list(JournalEntry.objects.filter(id__gt=since, seal=None).order_by("id")[:AT_ONCE])


def _seal_a_batch() -> int:
    try:
        with transaction.atomic():
            last = _last()
            links = list(_links(last, _waiting(last)))
            JournalSeal.objects.bulk_create(links)
            return len(links)
    except IntegrityError:
        return 0


def _links(last: JournalSeal | None, entries: Iterable[JournalEntry]) -> Iterator[JournalSeal]:
    reached, before = (last.position, last.hash) if last else (0, START)
    now = timezone.now()
    for position, entry in enumerate(entries, start=reached + 1):
        before = link_hash(before, position, entry)
        yield JournalSeal(position=position, entry=entry, hash=before, sealed_at=now)


def link_hash(before: str, position: int, entry: JournalEntry) -> str:
    """The hash of a link: of the one before, its position, and everything the entry says."""
    said = [before, position, entry.pk, entry.at.astimezone(UTC).isoformat(timespec="microseconds"), entry.act]
    said += [entry.subject_kind, entry.subject_id, entry.actor_id, entry.for_id, entry.channel]
    said += [entry.request_id, entry.digest]
    return sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def _chain() -> Iterator[tuple[JournalSeal, JournalEntry | None]]:
    """Each link with its entry as it is now; None when it is gone."""
    position = 0
    while links := list(JournalSeal.objects.filter(position__gt=position).order_by("position")[:AT_ONCE]):
        entries = JournalEntry.objects.select_related("detail").in_bulk([link.entry_id for link in links])
        yield from ((link, entries.get(link.entry_id)) for link in links)
        position = links[-1].position


def _gap(link: JournalSeal, found: Verified) -> None:
    found.faults.append(f"Entre les positions {found.sealed} et {link.position}, la chaîne a perdu des maillons.")


def _faults_of_link(link: JournalSeal, entry: JournalEntry | None, before: str | None) -> list[str]:
    """`before` None: the link before is gone, and nothing can be said of this one."""
    if entry is None:
        return [f"L’écriture {link.entry_id}, scellée à la position {link.position}, a été retirée."]
    if before is not None and link_hash(before, link.position, entry) != link.hash:
        return [f"L’écriture {entry.pk} (position {link.position}) a été changée, ou n’est plus à sa place."]
    return []


def _faults_of_detail(entry: JournalEntry, lawful: set[int], found: Verified) -> list[str]:
    detail: JournalDetail | None = getattr(entry, "detail", None)
    if detail is None:
        return [f"Le détail de l’écriture {entry.pk} a été retiré."] if entry.digest else []
    if not detail.salt and entry.digest:
        found.erased += 1
        return [] if entry.pk in lawful else [f"Le détail de l’écriture {entry.pk} a été vidé sans acte d’effacement."]
    if journal.digest_of(detail) != entry.digest:
        return [f"Le détail de l’écriture {entry.pk} a été changé."]
    return []


def _lawfully_erased() -> set[int]:
    erasures = JournalDetail.objects.filter(entry__act=journal.ERASED).order_by("pk")
    return {pk for payload in erasures.values_list("payload", flat=True) for pk in payload.get("entries", [])}


def _look_at_the_rest(found: Verified, lawful: set[int]) -> None:
    """What is not sealed: it waits, or came in by a door that is none."""
    last = _last()
    for entry in JournalEntry.objects.filter(seal=None).select_related("detail").order_by("id").iterator(AT_ONCE):
        found.waiting += 1
        found.faults += _faults_of_detail(entry, lawful, found)
        if last and entry.pk <= last.entry_id - LATE:
            found.faults.append(f"L’écriture {entry.pk} n’a jamais été scellée : elle a été ajoutée après coup.")


def _named(head: str) -> dict[str, str | int]:
    position, _colon, digest = head.partition(":")
    return {"position": int(position) if position.isdecimal() else 0, "hash": digest}
