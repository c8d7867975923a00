"""Contents that came in, kept by their SHA-256: the same file sent twice is stored once, an altered one never given."""

from hashlib import sha256

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext_lazy

from cordee.records.models import StoredFile
from cordee.toolkit import clock
from cordee.toolkit.refusals import Refusal


class Altered(Refusal):
    """What the disk gives is not what was received."""

    status = 503
    sentence = gettext_lazy(
        "Ce fichier n’est plus tel qu’il a été reçu : il n’est pas remis. Demandez à l’administration de le reprendre"
        " d’une copie de sûreté."
    )


def store(content: bytes, *, media_type: str) -> StoredFile:
    """Keep a content; inside the transaction of the act. A content without its row, when that fails, harms nothing."""
    digest = sha256(content).hexdigest()
    _write(_path(digest), content)
    given = {"size": len(content), "media_type": media_type, "stored_at": clock.now()}
    return StoredFile.objects.get_or_create(sha256=digest, defaults=given)[0]


def content_of(file: StoredFile) -> bytes:
    """Raises Altered when the checksum does not hold, or when the content is gone."""
    return content_named(file.sha256)


def content_named(digest: str) -> bytes:
    """The content of that SHA-256. Raises Altered as `content_of` does."""
    path = _path(digest)
    if not default_storage.exists(path):
        raise Altered
    with default_storage.open(path) as stored:
        content: bytes = stored.read()
    if sha256(content).hexdigest() != digest:
        raise Altered
    return content


def put_back(content: bytes) -> None:
    """Keep a content that a copy gives back; what the store holds intact is left alone, what is altered replaced."""
    digest = sha256(content).hexdigest()
    try:
        content_named(digest)
    except Altered:
        default_storage.delete(_path(digest))
        _write(_path(digest), content)


def _path(digest: str) -> str:
    return f"{digest[:2]}/{digest}"


def _write(path: str, content: bytes) -> None:
    """Whoever comes second finds it there; what a process left half written is written again."""
    if default_storage.exists(path):
        if default_storage.size(path) == len(content):
            return
        default_storage.delete(path)
    saved = default_storage.save(path, ContentFile(content))
    if saved != path:  # someone wrote the same content meanwhile
        default_storage.delete(saved)
