"""Writes a document as HTML that runs nothing and loads nothing."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator

from troubleshooter.capture.attributes import Attributes
from troubleshooter.capture.pictures import placeholder, told_size
from troubleshooter.capture.snapshot import Document, Element, Mark
from troubleshooter.capture.styles import layout
from troubleshooter.capture.texts import Texts
from troubleshooter.capture.word_list import words

POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'"
"""What a saved page may load: the pictures in it, and nothing else."""
_STANDARD = words("""
    html head body title meta link script style noscript template slot a abbr address area article aside audio b
    bdi bdo blockquote br button canvas caption center cite code col colgroup data datalist dd del details dfn
    dialog dir div dl dt em embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6
    header hgroup hr i iframe img input ins kbd label legend li main map mark menu meter nav object ol optgroup
    option output p param picture pre progress q rp rt ruby s samp search section select small source span
    strong sub summary sup table tbody td textarea tfoot th thead time tr track u ul var video wbr svg g defs
    symbol use path rect circle ellipse line polyline polygon text tspan textPath image clipPath mask pattern
    linearGradient radialGradient stop filter desc foreignObject math mi mn mo ms mtext mrow mfrac msqrt msup
    msub
""")
_VOID = words("""
    area base br col embed frame hr img input link meta param source track wbr
""")
_LEFT_OUT = frozenset(
    {"base", "plaintext", "xmp", "noembed", "noframes", "portal", "fencedframe", "animate", "set", "animateMotion"}
)
"""Elements that would change how the rest is read, or that act by themselves; what is in them stays."""
_INERT = frozenset({"script", "style", "noscript", "object", "embed", "audio", "video", "track", "source", "param"})
"""Elements whose content is dropped."""
_DRAWING = frozenset(
    {"path", "polyline", "polygon", "linearGradient", "radialGradient", "stop", "filter", "pattern", "mask"}
)
"""Parts of a drawing that only draw it: they could be a company's sign."""
_PRESSED = frozenset({"submit", "button", "reset", "checkbox", "radio", "image", "range", "hidden"})
_KEPT_META = frozenset({"pageid", "loclc", "reqlc", "siteid"})
"""Names of meta elements whose content says which page it is (sign-in and home 1.1, A)."""
_SHADOW = {Mark.SHADOW: '<template shadowrootmode="open">', Mark.END_SHADOW: "</template>"}


class Markup:
    """Writes the documents of one page."""

    def __init__(self, attributes: Attributes, texts: Texts, *, typed: bool) -> None:
        """Replace by the file's rules.

        Args:
            typed: whether something stands for what was typed into fields; else they are empty.
        """
        self._attributes = attributes
        self._texts = texts
        self._typed = typed

    def document(self, document: Document, head: str) -> str:
        """Return `document` as HTML; `head` is put at the beginning of its head."""
        doctype = "" if document.mode == "BackCompat" else "<!DOCTYPE html>\n"
        top = f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{POLICY}">{head}'
        return doctype + "".join(self._parts(document, top + self._about(document)))

    def _about(self, document: Document) -> str:
        """Return the elements that say where the document came from and what it requested."""
        clean = self._attributes.address
        rows = [("troubleshooter-address", clean(document.url))]
        rows += [
            (f"troubleshooter-setting-{n}", said) for n, v in document.settings if (said := self._attributes.setting(v))
        ]
        asked = dict.fromkeys(f"{kind or 'other'} {status} {clean(url)}" for kind, status, url in document.requests)
        rows += [("troubleshooter-request", line) for line in asked]
        return "".join(f'<meta name="{_quoted(name)}" content="{_quoted(value)}">' for name, value in rows)

    def _parts(self, document: Document, head: str) -> Iterator[str]:
        open_tags: list[tuple[str, bool]] = []
        """The elements that are open: under which name, empty if it is not written, and whether its content is not."""
        silent = 0
        for part in document.parts:
            if isinstance(part, Element):
                tag, hides = self._tag(part), part.tag in _INERT
                open_tags.append((tag, hides))
                if tag and not silent:
                    yield self._opened(part, tag, document) + (head if tag == "head" else "") + self._inner(part, tag)
                silent += hides
            elif part is Mark.CLOSE:
                tag, hides = open_tags.pop() if open_tags else ("", False)
                silent -= hides
                if tag and tag not in _VOID and not silent:
                    yield f"</{tag}>"
            elif not silent:
                yield _SHADOW[part] if isinstance(part, Mark) else _escaped(self._texts.replaced(part))

    def _tag(self, element: Element) -> str:
        """Return the name under which an element is written; empty if only its content is."""
        name = element.tag
        if name in _LEFT_OUT or (element.space and name in _DRAWING):
            return ""
        return name if name in _STANDARD else self._attributes.tag(name.lower())

    def _opened(self, element: Element, tag: str, document: Document) -> str:
        rows = dict(self._written(element)) | _noted(element)
        special: dict[str, Callable[[Element, dict[str, str]], dict[str, str]]] = {
            "script": lambda _, rows: {**_renamed(rows, "type"), "type": "text/plain"},
            "link": lambda _, rows: _renamed(rows, "rel", "href", "as"),
            "style": lambda _, rows: _renamed(rows, "type"),
            "meta": self._meta,
            "img": _picture,
            "image": _picture,
            "canvas": _canvas,
            "input": self._input,
        }
        rows = special[tag](element, rows) if tag in special else rows
        if element.space:
            rows = {name: value for name, value in rows.items() if name not in ("d", "points", "fill", "stroke")}
        if style := layout(element.style, element.box, exact=_is_drawn(element)):
            rows["style"] = style
        if tag == "iframe":
            inner = document.frames.get(element.frame) if element.frame is not None else None
            rows["srcdoc"] = self.document(inner, "") if inner else ""
        written = "".join(f' {name}="{_quoted(value)}"' if value else f" {name}" for name, value in rows.items())
        return f"<{tag}{written}>"

    def _written(self, element: Element) -> Iterator[tuple[str, str]]:
        for name, value in element.attributes:
            if found := self._attributes.written(element.tag, name, value):
                yield found

    def _meta(self, element: Element, rows: dict[str, str]) -> dict[str, str]:
        given = {name.lower(): value for name, value in element.attributes}
        if "http-equiv" in given or "charset" in given:
            return {"data-captured-http-equiv": rows.get("http-equiv", "")}  # it would act on this file
        content = given.get("content", "")
        if given.get("name", "").lower() in _KEPT_META:
            return {**rows, "content": self._attributes.setting(content)}
        return {**rows, "content": self._texts.replaced(content)} if content else rows

    def _input(self, element: Element, rows: dict[str, str]) -> dict[str, str]:
        kind = dict(element.attributes).get("type", "text").lower()
        rows.pop("value", None)
        if element.value and self._typed and kind not in _PRESSED:
            rows["value"] = "…" if kind == "password" else self._texts.replaced(element.value)
        elif element.value and kind in ("submit", "button", "reset"):
            rows["value"] = self._texts.replaced(element.value)
        return rows

    def _inner(self, element: Element, tag: str) -> str:
        """Return what is in an element that has no parts of its own."""
        said = element.value if tag == "textarea" and self._typed else None
        return _escaped(self._texts.replaced(said)) if said else ""


def _noted(element: Element) -> dict[str, str]:
    """Return what the product itself noted about an element, in attributes that no page has."""
    return {f"data-captured-{name}": value for name, value in element.notes}


def _picture(element: Element, rows: dict[str, str]) -> dict[str, str]:
    """Return the attributes of a picture, with a plain one of the same size in its place."""
    if element.tag == "img" and not (element.natural and all(element.natural)):
        return rows  # it shows none, as on the page
    size = element.natural or element.box or (16.0, 16.0)
    return {**rows, "src" if element.tag == "img" else "href": placeholder(*size)}


def _canvas(element: Element, rows: dict[str, str]) -> dict[str, str]:
    if element.natural:
        rows |= {"width": str(told_size(element.natural[0])), "height": str(told_size(element.natural[1]))}
    return rows


def _is_drawn(element: Element) -> bool:
    return element.natural is not None or element.tag in ("svg", "image") or bool(element.style.get("picture"))


def _renamed(rows: dict[str, str], *names: str) -> dict[str, str]:
    """Return `rows` with the attributes `names`, which would act, under names that do nothing."""
    return {f"data-captured-{name}" if name in names else name: value for name, value in rows.items()}


def _escaped(text: str) -> str:
    return html.escape(text, quote=False)


def _quoted(text: str) -> str:
    return html.escape(text, quote=True)
