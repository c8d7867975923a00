"""The document of a revision in force, kept for ever."""

from collections.abc import Mapping
from datetime import date
from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext_lazy

from cordee.charter.models import FrozenDocument
from cordee.charter.policy import can_freeze
from cordee.people.models import Person
from cordee.records import files, journal
from cordee.reference.models import Revision
from cordee.toolkit import clock
from cordee.toolkit.access import enforce
from cordee.toolkit.documents import Source, typst_version
from cordee.toolkit.refusals import Refusal

PDF = "application/pdf"


class NotInForce(Refusal):
    """A draft still changes."""

    sentence = gettext_lazy(
        "Ce cadre est un brouillon : son document se fige quand il entre en vigueur. Adoptez-le d’abord."
    )


def freeze(*, revision: Revision, sources: Mapping[str, Source], by: Person | None, on: date) -> list[FrozenDocument]:
    """Keep the document of each language, with what it was made from; what is frozen already stays as it is.

    `by` is None when it follows from the adoption. Raises NotInForce, MissingFont or NotComposed.
    """
    if by is not None:
        enforce(can_freeze(by, on=on))
    if revision.is_draft:
        raise NotInForce
    frozen = {*FrozenDocument.objects.of(revision).values_list("language", flat=True)}
    # Half a second each, before the lock is taken.
    made = [(language, source, source.pdf()) for language, source in sources.items() if language not in frozen]
    with transaction.atomic():
        Revision.objects.select_for_update().get(pk=revision.pk)
        kept = {*FrozenDocument.objects.of(revision).values_list("language", flat=True)}
        return [_keep(revision, *document, by=by, on=on) for document in made if document[0] not in kept]


def _keep(
    revision: Revision, language: str, source: Source, content: bytes, *, by: Person | None, on: date
) -> FrozenDocument:
    file = files.store(content, media_type=PDF)
    document = FrozenDocument.objects.create(
        revision=revision,
        language=language,
        file=file,
        snapshot=source.as_json(),
        typst_version=typst_version(),
        frozen_by=by,
        frozen_at=clock.now(),
    )
    journal.write("document.frozen", revision, by=by, on=on, language=language, sha256=file.sha256)
    return document


def content_of(document: FrozenDocument) -> bytes:
    """The file; made again from its snapshot when the store lost or altered it. Raises Altered when neither holds."""
    try:
        return files.content_of(document.file)
    except files.Altered:
        again = document.source.pdf()
        if sha256(again).hexdigest() != document.file.sha256:
            raise
        return again
