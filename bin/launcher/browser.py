"""Finding a Chromium by running it: Ubuntu's `chromium-browser` may only say how to install itself.

The one without windows comes first: it draws the same pages for half the work.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from launcher import programs
from launcher.speech import Missing

NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
)
PLACES = (
    "/snap/bin/chromium",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "~/.cache/ms-playwright/chromium_headless_shell-*/chrome-*/*headless*shell",
    "~/.cache/ms-playwright/chromium-*/chrome-linux*/chrome",
)


def find() -> str | None:
    """The path of a browser that answers; `CORDEE_CHROMIUM` decides when it is set."""
    chosen = os.environ.get("CORDEE_CHROMIUM")
    if chosen and not runs(chosen):
        raise Missing(f"CORDEE_CHROMIUM={chosen} ne répond pas.", "Corrigez CORDEE_CHROMIUM, ou retirez-la.")
    return chosen or next((path for path in candidates() if runs(path)), None)


def candidates() -> Iterator[str]:
    yield from programs.named(*NAMES)
    yield from programs.matching(*PLACES)


def runs(path: str) -> bool:
    return "Chrom" in (programs.output([path, "--version"]) or "")
