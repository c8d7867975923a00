"""PDF documents by Typst: tagged, PDF/UA-1, the same bytes for the same data.

Text goes in as data (JSON), never as markup: `#`, `*` and `$` in a name stay what they are. Typst refuses to compile a
document that PDF/UA-1 would not accept (a picture without words, a table without headers).
"""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import get_language
from django.utils.translation import gettext as _

PACKAGE = Path(__file__).resolve().parent.parent


def pdf(template: str, data: dict[str, Any], *, at: datetime) -> bytes:
    """Compile `template` (a path below the package, `treasury/typst/claim.typ`) with `data` (JSON-able), dated `at`.

    The frame adds language, the name of the cooperative and, in the demonstration, the banner of invented data.
    """
    import typst  # 80 MB on disk, and only documents need it

    frame = {
        "language": "en" if (get_language() or "fr").startswith("en") else "fr",
        "banner": _("Données inventées") if settings.DEMO else "",
        "page": _("Page"),
        "of": _("de"),
    }
    compiled: bytes = typst.compile(
        PACKAGE / template,
        root=PACKAGE,
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps({"frame": frame, **data}, cls=DjangoJSONEncoder)},
        pdf_standards=["ua-1"],
        timestamp=at.astimezone(UTC).replace(microsecond=0),  # Typst wants a fixed offset
    )
    return compiled
