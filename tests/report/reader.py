"""Reads the report's HTML without a browser."""

from html.parser import HTMLParser


class Reader(HTMLParser):
    """Parser that collects a page's ids, links, texts and opened tags."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self._silent = 0
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        self.tags.append((tag, named))
        self._silent += tag in {"style", "script"}
        if named.get("id"):
            self.ids.append(named["id"])
        if tag == "a":
            self.links.append(named["href"])

    def handle_endtag(self, tag):
        self._silent -= tag in {"style", "script"}

    def handle_data(self, data):
        if not self._silent and data.strip():
            self.texts.append(" ".join(data.split()))

    @property
    def text(self) -> str:
        return " ".join(self.texts)
