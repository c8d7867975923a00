"""PDF documents by Typst: tagged, PDF/UA-1, the same bytes for the same source.

Text goes in as data (JSON), never as markup: `#`, `*` and `$` in a name stay what they are. Typst refuses to compile a
document that PDF/UA-1 would not accept (a picture without words, a table without headers).
"""

import json
import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any, Self

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from cordee.toolkit.refusals import Refusal

PACKAGE = Path(__file__).resolve().parent.parent
IMPORT = re.compile(r'#(?:import|include) "([^"@]+)"')
MAIN = "main.typ"
UNKNOWN_FONT = "unknown font family: "
logger = logging.getLogger(__name__)


class MissingTemplate(Refusal):
    """The installation lacks a file a document is made from."""

    status = 503
    sentence = gettext_lazy(
        "Le document n’a pas été fait : le gabarit « %(name)s » manque à cette installation. "
        "Demandez à l’administration de la refaire, puis recommencez."
    )

    def __init__(self, name: str) -> None:
        super().__init__(self.sentence % {"name": name})


class MissingFont(Refusal):
    """Another font would give another document: none is given."""

    status = 503
    sentence = gettext_lazy(
        "Le document n’a pas été fait : la police « %(name)s » manque à cette installation. "
        "Demandez à l’administration de la refaire, puis recommencez."
    )

    def __init__(self, name: str) -> None:
        super().__init__(self.sentence % {"name": name})


class NotComposed(Refusal):
    """Typst refused; why stands in the log."""

    status = 503
    sentence = gettext_lazy(
        "Le document n’a pas pu être composé, et rien n’a changé. "
        "Demandez à l’administration de lire le journal du serveur, puis recommencez."
    )


@dataclass(frozen=True, slots=True)
class Source:
    """All a document is made from: the templates by their path below the package, the data (JSON), the instant.

    As JSON it is a snapshot: whatever becomes of the templates, the same Typst gives the same bytes.
    """

    files: Mapping[str, str]
    data: str
    at: datetime

    def as_json(self) -> dict[str, Any]:
        return {"files": dict(self.files), "data": self.data, "at": self.at.isoformat()}

    @classmethod
    def of_json(cls, kept: Mapping[str, Any]) -> Self:
        return cls(kept["files"], kept["data"], datetime.fromisoformat(kept["at"]))

    def pdf(self) -> bytes:
        """Raises MissingFont or NotComposed."""
        import typst  # 80 MB on disk, and only documents need it

        try:
            made, warnings = typst.compile_with_warnings(
                {name: text.encode() for name, text in self.files.items()},
                ignore_system_fonts=True,
                sys_inputs={"data": self.data},
                pdf_standards=["ua-1"],
                timestamp=self.at.astimezone(UTC).replace(microsecond=0),  # Typst wants a fixed offset
            )
        except typst.TypstError as error:
            logger.error("Typst refused a document: %s", error.diagnostic or error.message)
            raise NotComposed from error
        for warning in warnings:
            if warning.message.startswith(UNKNOWN_FONT):
                raise MissingFont(warning.message.removeprefix(UNKNOWN_FONT))
        document: bytes = made
        return document


def pdf(template: str, data: Mapping[str, Any], *, at: datetime) -> bytes:
    """Compile `template` (a path below the package, `treasury/typst/claim.typ`) with `data` (JSON-able), dated `at`.

    Raises MissingTemplate, MissingFont or NotComposed.
    """
    return source_of(template, data, at=at).pdf()


def source_of(template: str, data: Mapping[str, Any], *, at: datetime) -> Source:
    """The frame adds language, the name of the cooperative and, in the demonstration, the banner of invented data.

    Raises MissingTemplate.
    """
    frame = {
        "language": "en" if (get_language() or "fr").startswith("en") else "fr",
        "banner": _("Données inventées") if settings.DEMO else "",
        "page": _("Page"),
        "of": _("de"),
    }
    files = {MAIN: f'#include "/{template}"'}
    _gather(template, files)
    return Source(files, json.dumps({"frame": frame, **data}, cls=DjangoJSONEncoder, ensure_ascii=False), at)


def typst_version() -> str:
    import typst

    version: str = typst.__version__
    return version


def _gather(template: str, files: dict[str, str]) -> None:
    """The template and whatever it imports, from the root `/` or from beside it."""
    try:
        text = (PACKAGE / template).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise MissingTemplate(template) from None
    files[template] = text
    for found in IMPORT.findall(text):
        beside = str(PurePosixPath(template).parent / found)
        path = found.lstrip("/") if found.startswith("/") else beside
        if path not in files:
            _gather(path, files)
