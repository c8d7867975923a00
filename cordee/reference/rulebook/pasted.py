"""Text pasted from a word processor, made plain: its lists become Markdown, its invisible marks go."""

import re
from html.parser import HTMLParser

FROM_WORD = re.compile(r"<o:p|</o:p|class=\"?Mso|<!--\[if|<!\[if|<w:|mso-", re.IGNORECASE)
INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff\ufffc\ufffd\x00-\x08\x0e-\x1f\x7f]")
NEW_LINE = re.compile(r"\r\n?|[\x0b\x0c\u0085\u2028\u2029]")
# The bullets of Word, of its symbol fonts, and the « o » of its second level, which a tab always follows.
BULLET = re.compile(r"^(?P<in>[ \t]*)(?:[•·▪●◦‣§\uf0a7\uf0b7\uf0d8\uf0fc][ \t\u00a0]*|[o–-]\t)(?=\S)", re.MULTILINE)
NUMBER = re.compile(r"^(?P<in>[ \t]*)(?P<at>\d{1,3})[.)]\t+[ ]*", re.MULTILINE)
PRIVATE = re.compile("[\ue000-\uf8ff]")
LIST_LINE = re.compile(r"[ ]*(?:[-*] |\d+\. )")
HEADINGS = {f"h{level}": level for level in range(1, 7)}
MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*"}
UNSEEN = {"style", "script", "xml", "title", "head"}


def clean(text: str) -> str:
    """The same words in Markdown. Cleaning twice changes nothing more."""
    text = NEW_LINE.sub("\n", text)
    if FROM_WORD.search(text):
        text = _from_html(text)
    text = INVISIBLE.sub("", text).replace("\u2011", "-")
    text = PRIVATE.sub("", NUMBER.sub(r"\g<in>\g<at>. ", BULLET.sub(r"\g<in>- ", text)))
    lines = [_line(line) for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _line(line: str) -> str:
    """One space where there were several; what stands before a list stays, it nests it."""
    body = line.lstrip(" \t")
    margin = line[: len(line) - len(body)].replace("\t", "  ") if LIST_LINE.match(body) else ""
    return margin + re.sub(r"[ \t]+", " ", body).rstrip()


def _from_html(text: str) -> str:
    reader = _Word()
    reader.feed(text)
    reader.close()
    return re.sub(r" · *(?=\n|$)", "", "".join(reader.written))


class _Word(HTMLParser):
    """Markdown from the HTML that Word puts on the clipboard."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.written: list[str] = []
        self.unseen = 0
        self.lists: list[list[int]] = []  # one a list one stands in: 0 for bullets, else the next number
        self.links: list[str] = []
        self.bullet = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.unseen += tag in UNSEEN
        if tag in ("p", "div", "table"):
            self.written.append("\n\n")
        elif tag in HEADINGS:
            self.written.append("\n\n" + "#" * HEADINGS[tag] + " ")
        elif tag in ("ul", "ol"):
            self.lists.append([0 if tag == "ul" else 1])
        elif tag == "li":
            self._item()
        elif tag in ("br", "tr"):
            self.written.append("\n")
        elif tag == "a":
            self.links.append(dict(attrs).get("href") or "")
            self.written.append("[" if self.links[-1] else "")
        self.written.append(MARKS.get(tag, ""))

    def handle_endtag(self, tag: str) -> None:
        self.unseen -= tag in UNSEEN and self.unseen > 0
        if tag in ("ul", "ol") and self.lists:
            self.lists.pop()
            self.written.append("\n")
        elif tag in HEADINGS:
            self.written.append("\n\n")
        elif tag in ("td", "th"):
            self.written.append(" · ")
        elif tag == "a" and self.links:
            href = self.links.pop()
            self.written.append(f"]({href})" if href else "")
        self.written.append(MARKS.get(tag, ""))

    def handle_data(self, data: str) -> None:
        if not self.unseen and not self.bullet:
            self.written.append(re.sub(r"[ \t\n]+", " ", data))

    def unknown_decl(self, data: str) -> None:
        """Word draws the bullet of a list between `<![if !supportLists]>` and `<![endif]>`."""
        if "supportLists" in data:
            self.bullet = True
            self.written.append("- ")
        elif data.startswith("endif"):
            self.bullet = False

    def _item(self) -> None:
        number = self.lists[-1] if self.lists else [0]
        self.written.append("\n" + "  " * (len(self.lists) - 1) + (f"{number[0]}. " if number[0] else "- "))
        number[0] += number[0] > 0
