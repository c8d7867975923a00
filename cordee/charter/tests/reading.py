"""Reading a PDF back: its text page by page, its bookmarks, the kinds of its tags."""

import io
import re
from collections.abc import Iterator

import pikepdf

MAPPED = re.compile(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")
RANGE = re.compile(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")


def opened(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(content))


def text_of(page: pikepdf.Page, *, with_frame: bool = True) -> str:
    """What the page says, its head and foot (the frame) or not, without what depends on where lines break."""
    fonts = {name: _decoder(font) for name, font in page.resources.Font.items()}
    found: list[str] = []
    decode: dict[int, str] = {}
    marks: list[str] = []
    for operands, operator in pikepdf.parse_content_stream(page):
        said = str(operator)
        if said == "Tf":
            decode = fonts[str(operands[0])]
        elif said in ("BMC", "BDC"):
            marks.append(str(operands[0]))
        elif said == "EMC":
            marks.pop()
        elif said in ("Tj", "TJ") and (with_frame or "/Artifact" not in marks):
            pieces = operands[0] if said == "TJ" else [operands[0]]
            found += [_decoded(bytes(piece), decode) for piece in pieces if isinstance(piece, pikepdf.String)]
    return bare("".join(found))


def bare(text: str) -> str:
    return re.sub(r"[\s\u00a0\u202f\u00ad\u2010-]", "", text)


def bookmarks(document: pikepdf.Pdf) -> list[str]:
    def walk(items: list[pikepdf.OutlineItem]) -> Iterator[str]:
        for item in items:
            yield " ".join(item.title.split())
            yield from walk(item.children)

    with document.open_outline() as outline:
        return [*walk(outline.root)]


def tags(document: pikepdf.Pdf) -> list[str]:
    """The kind of every element of the structure, in reading order."""
    return [str(element.S) for element in _elements(document.Root.StructTreeRoot.K)]


def languages(document: pikepdf.Pdf) -> set[str]:
    """Those that elements of the structure say they are in."""
    elements = _elements(document.Root.StructTreeRoot.K)
    return {str(element.Lang) for element in elements if "/Lang" in element}


def _elements(node: pikepdf.Object) -> Iterator[pikepdf.Object]:
    if isinstance(node, pikepdf.Array):
        for each in node:
            yield from _elements(each)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from _elements(node.K)


def _decoder(font: pikepdf.Object) -> dict[int, str]:
    written = font.ToUnicode.read_bytes().decode("latin-1")
    found: dict[int, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", written, re.DOTALL):
        found |= {int(code, 16): _unicode(text) for code, text in MAPPED.findall(block)}
    for block in re.findall(r"beginbfrange(.*?)endbfrange", written, re.DOTALL):
        for start, end, text in RANGE.findall(block):
            first = int(text, 16)
            found |= {code: chr(first + code - int(start, 16)) for code in range(int(start, 16), int(end, 16) + 1)}
    return found


def _unicode(text: str) -> str:
    return bytes.fromhex(text).decode("utf-16-be")


def _decoded(codes: bytes, decode: dict[int, str]) -> str:
    pairs = zip(codes[::2], codes[1::2], strict=True)
    return "".join(decode.get(high << 8 | low, "") for high, low in pairs)
