"""What a browser with an empty cache fetches for one page, as small as it is served."""

import gzip
import re
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

import brotli

from bench.in_process import Answer, get

IN_STYLES = re.compile(r"url\(\s*[\"']?([^\"')]+)")
IN_MODULES = re.compile(r"(?:^|[;\s])(?:import|export)\b[^\"';]*[\"']([^\"']+)[\"']")
LINKED = {"stylesheet", "icon", "modulepreload", "preload", "manifest"}


class References(HTMLParser):
    """The files a page names, and those of them it is not drawn without."""

    def __init__(self) -> None:
        super().__init__()
        self.files: set[str] = set()
        self.blocking: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        relation = set(given.get("rel", "").split())
        if tag == "link" and relation & LINKED:
            self._add(given["href"], blocks="stylesheet" in relation and given.get("media") != "print")
        elif tag == "script" and "src" in given:
            self._add(given["src"], blocks=given.get("type") != "module" and not {"defer", "async"} & set(given))
        elif tag in ("use", "image"):
            self._add(given.get("href", ""), blocks=False)
        elif tag == "img":
            self._add(given.get("src", ""), blocks=False)

    def _add(self, address: str, *, blocks: bool) -> None:
        file = address.partition("#")[0]
        if file and not file.startswith("data:"):
            self.files.add(file)
            if blocks:
                self.blocking.add(file)


def first_load(page: Answer) -> dict[str, Any]:
    """The page with all its styles, scripts, drawings and fonts, as served: bytes, files, and those that hold back the
    drawing."""
    references = References()
    references.feed(text_of(page).decode())
    sizes: dict[str, int] = {}
    waiting = sorted(references.files)
    while waiting:
        file = waiting.pop()
        if file not in sizes:
            answer = get(file)
            if answer.status != 200:
                raise LookupError(f"{file}: {answer.status}")
            sizes[file] = len(answer.body)
            waiting += named_by(file, answer)
    total = len(page.body) + sum(sizes.values())
    return {"bytes": total, "files": len(sizes), "render_blocking": len(references.blocking)}


def named_by(file: str, answer: Answer) -> list[str]:
    """What a stylesheet or a module fetches in its turn."""
    pattern = {"css": IN_STYLES, "js": IN_MODULES}.get(file.rpartition(".")[2])
    if pattern is None:
        return []
    found = pattern.findall(text_of(answer).decode())
    return [urljoin(file, one.partition("#")[0]) for one in found if not one.startswith(("data:", "#"))]


def compressed_size(page: Answer) -> int:
    """As brotli makes it, whatever it was served as."""
    return len(brotli.compress(text_of(page), quality=5))


def text_of(answer: Answer) -> bytes:
    decoders = {"br": brotli.decompress, "gzip": gzip.decompress}
    decode = decoders.get(answer.headers.get("content-encoding", ""), bytes)
    return decode(answer.body)
