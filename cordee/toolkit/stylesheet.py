"""One stylesheet is served, made from one file per component: no build step, one render-blocking request.

The parts are read in the order of `PARTS`, then the components by name; cascade layers, not this order,
decide which rule wins. Settings: `STATICFILES_FINDERS` names `StylesheetFinder` before Django's own finders.
"""

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

SOURCE = Path(__file__).parent / "static" / "ui"
BUNDLE = "ui/cordee.css"
PARTS = ("layers.css", "tokens.css", "base.css", "layout.css")
LAST = ("utilities.css", "print.css")


def parts() -> list[Path]:
    """Every source file, in the order in which it is joined."""
    components = sorted((SOURCE / "components").glob("*.css"))
    return [SOURCE / name for name in PARTS] + components + [SOURCE / name for name in LAST]


def stylesheet() -> str:
    """The text that is served."""
    return "\n".join(path.read_text(encoding="utf-8") for path in parts())


class StylesheetFinder(BaseFinder):
    """Finds `ui/cordee.css`, written under `DATA_DIR` whenever its parts say something new."""

    @cached_property
    def storage(self) -> FileSystemStorage:
        storage = FileSystemStorage(location=settings.DATA_DIR / "stylesheet")
        storage.prefix = ""  # type: ignore[attr-defined]  # collectstatic asks every storage for it
        return storage

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002
        if path != BUNDLE:
            return []
        found = str(self.write())
        return [found] if find_all else found

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        self.write()
        yield BUNDLE, self.storage

    def write(self) -> Path:
        """Two processes may write at once: each writes its own file, then puts it in place in one step."""
        target = Path(self.storage.path(BUNDLE))
        text = stylesheet()
        if not target.exists() or target.read_text(encoding="utf-8") != text:
            target.parent.mkdir(parents=True, exist_ok=True)
            fresh = target.with_suffix(f".{id(self)}.tmp")
            fresh.write_text(text, encoding="utf-8")
            fresh.replace(target)
        return target
