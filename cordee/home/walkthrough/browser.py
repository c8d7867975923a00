"""A browser without a screen: it keeps its cookies, reads forms and sends them as a person without JavaScript would."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin
from urllib.request import HTTPCookieProcessor, build_opener

Fields = list[tuple[str, str]]


@dataclass
class Form:
    action: str
    fields: Fields = field(default_factory=list)


class PageReader(HTMLParser):
    """The links and the POST forms of a page, with the values that would be sent."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[Form] = []
        self._open: Form | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        elif tag == "form" and given.get("method", "").lower() == "post":
            self._open = Form(given.get("action", ""))
            self.forms.append(self._open)
        elif tag == "input" and self._open is not None and given.get("name"):
            ticked = given.get("type") not in ("radio", "checkbox") or "checked" in given
            if ticked:
                self._open.fields.append((given["name"], given.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None


@dataclass
class Page:
    url: str
    status: int
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode()

    def read(self) -> PageReader:
        reader = PageReader()
        reader.feed(self.text)
        return reader

    def form(self, ending: str) -> Form:
        """The POST form whose address ends so. Raises LookupError, which names it."""
        for found in self.read().forms:
            if found.action.endswith(ending):
                return found
        raise LookupError(f"aucun formulaire « {ending} » sur {self.url}")


class Browser:
    def __init__(self, base: str) -> None:
        self.base = base
        self.opener = build_opener(HTTPCookieProcessor(CookieJar()))
        self.opener.addheaders = [("Accept-Language", "fr-CA")]

    def get(self, address: str) -> Page:
        return self._open(address, None)

    def send(self, page: Page, form: Form, changes: dict[str, str] | None = None) -> Page:
        """Send a form of `page`, some fields changed or added."""
        changed = changes or {}
        fields = [pair for pair in form.fields if pair[0] not in changed] + list(changed.items())
        return self._open(urljoin(page.url, form.action or page.url), urlencode(fields).encode())

    def _open(self, address: str, data: bytes | None) -> Page:
        url = urljoin(self.base, address)
        try:
            with self.opener.open(url, data, timeout=60) as answer:
                return Page(answer.url, answer.status, answer.read())
        except HTTPError as refusal:
            return Page(url, refusal.code, refusal.read())
