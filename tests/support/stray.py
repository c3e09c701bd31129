"""A server that leads a browser astray under any host name, and remembers what was requested from which host."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import io
import json
import socket
import ssl
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import trustme
import uvicorn
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from PIL import Image
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse

DOWNLOAD = {"Content-Disposition": "attachment; filename=a.docx"}
PLAIN = {
    "/downloads": Response(b"PK", media_type="application/octet-stream", headers=DOWNLOAD),
    "/nothing": Response(status_code=204),
    "/empty-error": Response(status_code=503),
    "/asks-for-password": Response(status_code=401, headers={"WWW-Authenticate": "Basic realm=x"}),
}
"""Answers that are no ordinary page."""
EVIL = "https://login.microsoftonline.com.evil.example/take"
PAGES = {
    "/page": "<title>page</title>",
    "/by-script": f"<script>location.href = '{EVIL}'</script>",
    "/by-form": f"<form method=post action='{EVIL}'></form><script>document.forms[0].submit()</script>",
    "/with-foreign-frame": "<iframe src='https://video.example/embed'></iframe>",
    "/with-photos": "<img src='/_layouts/15/userphoto.aspx?size=M&accountname=a@contoso.com'>"
    "<img src='/_layouts/15/userphoto.aspx?size=M&accountname=b@contoso.com'>",
    "/with-photo-in-capitals": "<img src='/_layouts/15/UserPhoto.aspx?size=M&accountname=a@contoso.com'>",
    "/with-delivered-photo": "<img src='/_vti_bin/afdcache.ashx/_userprofile/userphoto.jpg?_oat_=1&size=L'>",
    "/with-stored-photo": "<img src='/User%20Photos/Profile%20Pictures/a_contoso_com_MThumb.jpg'>",
    "/with-mailbox-photo": "<img src='/_api/OWAWebService/service.svc/s/GetPersonaPhoto?email=a@contoso.com'>",
    "/with-profile-image": "<img src='/_vti_bin/DelveApi.ashx/people/profileimage?userId=a@contoso.com'>",
    "/with-frame-that-goes-on": "<iframe src='https://login.microsoftonline.com/goes-on'></iframe>",
    "/goes-on": f"<script>onmessage = () => {{ location.href = '{EVIL}'; }}</script>",
    "/with-frame-that-is-led-on": "<iframe src='https://login.microsoftonline.com/by-script'></iframe>",
    "/links": f"""<a id=blank target=_blank href=/page>new</a> <a id=same href=/page>same</a>
      <button id=opened onclick="window.open('/page')">open</button>
      <a id=late href="#" onclick="setTimeout(() => window.open('/page'), 400)">late</a>
      <a id=routed onclick="history.pushState(0, '', '/to'); setTimeout(() => window.open('/page'), 400)">to</a>
      <a id=fragment href="#end">end</a>
      <a id=blank-lookalike target=_blank href='{EVIL}'>evil</a>
      <a id=blank-hop-lookalike target=_blank href=/to-lookalike>hop</a>""",
}
PEOPLE = "7f718435-ee4d-431c-bdbf-9c4ff326f46e"


def web_part(instance: str, person: str = "") -> str:
    """Return the markup of a People web part with one card."""
    return f"""<div data-sp-web-part-id="{PEOPLE}" data-sp-feature-instance-id="{instance}"><div class="ms-Persona">
      <div class="ms-Persona-coin" style="width:48px;height:48px"><img width=48 height=48 {person}></div>
      <div class="ms-Persona-primaryText">Ana</div></div></div>"""


def _listed(*instances: str) -> str:
    parts = [{"id": PEOPLE, "instanceId": i, "properties": {"persons": [{"upn": "a@contoso.com"}]}} for i in instances]
    return "".join(f"<i data-sp-webpartdata='{json.dumps(part)}'></i>" for part in parts)


def _hovered(name: str, initials: str) -> str:
    """Return a card whose coin stands in a hover target, with the name beside it (real pages 4.2, A)."""
    return f"""<div><span class=lpcCommonWeb-hoverTarget role=button data-lpc-hover-target-id=lpc-react-target-1
      aria-label="Opens card for {name}"><span class=fui-Avatar role=img aria-label="{name}"><span
      class=fui-Avatar__initials>{initials}</span></span></span><div>{name}</div><div>Team lead</div></div>"""


PIXEL = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
PHOTO = "/_layouts/15/userphoto.aspx?size=M&accountname=a@contoso.com"
PAGES |= {
    "/opens-by-itself": f"<title>x</title><script>window.open('{EVIL}')</script>",
    "/opens-on-click": f"<button id=own onclick=\"window.open('{EVIL}')\">menu</button>"
    f"<a id=strange target=_blank href='{EVIL}'>news</a>",
    "/late-web-part": f"""<div class=SPCanvas>{_listed("one", "two")}{web_part("one", f"src='{PHOTO}'")}</div><script>
      setTimeout(() => document.querySelector('.SPCanvas').insertAdjacentHTML('beforeend', `{web_part("two")}`), 900)
      </script>""",
    "/crowd": f"""<h1>Team</h1><div data-sp-web-part-id="{PEOPLE}"><h2>People</h2><ul>
      <li id=mine><img width=48 height=48 src='{PHOTO}'><b>Ana</b></li>
      <li id=drawn><canvas width=48 height=48></canvas><b>Radu Pop</b></li>
      <li id=behind style="background-image:url({PIXEL})"><b>Ioana Badea</b></li></ul></div><p id=text>By Ana.</p>""",
    "/glued": f"""<div class=SPCanvas>{_listed("one")}<div data-sp-web-part-id="{PEOPLE}"><ul><li>
      <div><img width=48 height=48 src='{PHOTO}'></div><div><span>AP</span></div><div><b>A</b>na Pop</div></li></ul>
      </div></div>""",
    "/hover-targets": f"""<div class=SPCanvas>{_listed("one")}<div data-sp-web-part-id="{PEOPLE}">
      {_hovered("Ana Pop", "AP")}{_hovered("Bo Dan", "BD")}<span class=fui-Avatar role=img aria-label="Eva Roy"><span
      class=fui-Avatar__initials>ER</span></span></div></div>""",
    "/photo-while-hovered": f"""<div class=SPCanvas><div data-sp-web-part-id="{PEOPLE}">
      {_hovered("Ana Pop", "AP")}</div></div><script>
      const drawPhoto = () => {{
        document.querySelector('[data-sp-web-part-id]').innerHTML = `{web_part("one", f"src='{PHOTO}'")}`;
      }};
      document.querySelector('[role=button]').addEventListener(
        'mouseover', () => setTimeout(drawPhoto, 200), {{ once: true }});
      </script>""",
    "/restless": f"""<div class=SPCanvas><img src=/never width=9 height=9><p style="height: 3000px">above</p>
      <div id=end></div></div><script>
      new IntersectionObserver(([end], watch) => {{
        if (!end.isIntersecting) return;
        watch.disconnect();
        end.target.innerHTML = `{web_part("low", f"src='{PHOTO}'")}`;
      }}).observe(document.getElementById('end'))</script>""",
    "/late-picture": f"""<div class=SPCanvas>{_listed("one")}{web_part("one", f"id=late src='{PIXEL}'")}</div><script>
      const come = () => document.getElementById('late').src = '{PHOTO}'</script>""",
    "/replaced-picture": f"""<div class=SPCanvas>{_listed("one")}{web_part("one", f"id=first src='{PHOTO}'")}</div>
      <script>
      const first = document.getElementById('first');
      first.closest('.ms-Persona').insertAdjacentHTML('beforebegin', '<div style="height: 3000px">others</div>');
      new IntersectionObserver(([entry], watch) => {{
        if (!entry.isIntersecting) return;
        watch.disconnect();
        const next = new Image(48, 48);
        next.src = '{PIXEL}';
        first.replaceWith(next);
        setTimeout(() => {{ next.src = '{PHOTO}'; }}, 1500);
      }}).observe(first)</script>""",
}


PAGES |= {
    "/with-font": "<style>@font-face { font-family: late; src: url(/never); } b { font-family: late }</style><b>AP</b>",
    "/with-late-script": f"<div class=SPCanvas>{_listed('one')}{web_part('one')}</div>"
    "<script defer src=/never></script>",
}
PAGES["/late-content"] = f"""<div id=spPageCanvasContent class=SPCanvas></div><script>setTimeout(() => {{
  document.querySelector('.SPCanvas').innerHTML = `<p>News of the week</p>{web_part("one")}`; }}, 1200)</script>"""
PAGES["/framed"] = "<h1>App</h1><iframe src=/late-web-part style='width: 900px; height: 600px'></iframe>"
STRICT = (
    "default-src 'self'; script-src 'nonce-abc'; style-src 'self'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
"""A policy as strict as a page can have one: no evaluated script, no inline style, no HTML from a script."""
STRICT_PAGE = f"""<div class=SPCanvas>{_listed("one")}</div><script nonce=abc>setTimeout(() => {{
  const part = document.createElement('div'), card = document.createElement('b');
  part.setAttribute('data-sp-web-part-id', '{PEOPLE}');
  part.setAttribute('data-sp-feature-instance-id', 'one');
  card.textContent = 'Ana';
  part.append(card);
  document.querySelector('.SPCanvas').append(part);
}}, 300)</script>"""
PLAIN["/strict"] = HTMLResponse(STRICT_PAGE, headers={"Content-Security-Policy": STRICT})
PLAIN["/refused"] = Response("", status_code=503)
PLAIN |= {f"/page-{code}": HTMLResponse("<h1>x</h1>", status_code=code) for code in (403, 404, 500, 503)}
PLAIN["/no-such-photo"] = Response("", status_code=404)
OPEN = {"Access-Control-Allow-Origin": "*"}
PLAIN |= {
    f"/status/{code}/me/photo": Response("", status_code=code, headers=OPEN) for code in (401, 403, 404, 410, 503)
}
PLAIN |= {
    "/no-page/me/photo": HTMLResponse("<h1>404 FILE NOT FOUND</h1>", status_code=404, headers=OPEN),
    "/no-mailbox/me/photo": Response(
        '{"error": {"code": "MailboxNotHostedInExchangeOnline"}}', 404, OPEN, "application/json"
    ),
    "/image-not-found/me/photo": Response('{"error": {"code": "ImageNotFound"}}', 404, OPEN, "application/json"),
    "/placeholder/me/photo": Response(base64.b64decode(PIXEL.split(",")[1]), 200, OPEN, "image/gif"),
}
"""Answers to a script that fetches the photo of the signed-in user."""
FIELD = "<input id=i0116 name=loginfmt>"
PAGES |= {
    "/asks": FIELD,
    "/silent": f"{FIELD}<script>setTimeout(() => location.href = 'https://contoso.sharepoint.com/page', 300)</script>",
}


def _account_panel(begin: str) -> str:
    """Return a page whose account button counts its clicks, and opens its panel once `begin` calls `ready`."""
    return f"""<button id=O365_MainLink_Me onclick="this.title = Number(this.title || 0) + 1">AP</button>
      <div id=mectrl_main_body hidden><i id=mectrl_currentAccount_secondary>ana@contoso.com</i></div><script>
      const button = document.getElementById('O365_MainLink_Me'), panel = document.getElementById('mectrl_main_body');
      const ready = () => button.addEventListener('click', () => {{ panel.hidden = !panel.hidden; }});
      {begin}</script>"""


PAGES |= {
    "/account": _account_panel("ready();"),
    "/account-late": _account_panel("button.addEventListener('click', () => setTimeout(ready), { once: true });"),
}
HOPS = {
    "/to-lookalike": EVIL,
    "/to-lookalike-in-two-hops": "/to-lookalike",
    "/loops": "/loops",
    "/to-data": "data:text/html,x",
    "/to-program": "ms-word:ofe|u|https://contoso.sharepoint.com/a.docx",
    "/to-dead": "https://login.microsoftonline.com/cut-off",
    "/to-withheld": "/withheld/picture",
}


@dataclass
class Stray:
    """The server's app, with its port and key and the requests that it got."""

    port: int = 0
    spki: str = ""
    asked: list[tuple[str, str, str]] = field(default_factory=list)
    bodies: list[str] = field(default_factory=list)
    """Bodies that were posted to sign-in hosts, in order; bodies for the browser's vendor are left out."""

    hang_up: Callable[[tuple[str, int]], None] = lambda client: None
    """Ends the connection of a client without an answer."""
    silent: set[str] = field(default_factory=set)
    """Hosts that give no answer."""
    held_back: int = 0
    """The number of requests that got no answer."""
    over: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when the server stops."""

    def documents(self, host: str, path: str | None = None) -> list[str]:
        """Return the paths of the documents that were requested from `host`."""
        wanted = ("document", "iframe")
        return [p for h, p, dest in self.asked if h == host and dest in wanted and path in (None, p)]

    def paths(self, part: str) -> list[str]:
        """Return the requested paths that contain `part`."""
        return [p for _, p, _ in self.asked if part in p]

    async def __call__(self, scope, receive, send) -> None:
        request = Request(scope, receive)
        path = request.url.path
        self.asked.append((request.headers["host"], path, request.headers.get("sec-fetch-dest", "")))
        if request.method == "POST" and request.headers["host"].startswith("login."):
            self.bodies.append((await request.body()).decode("utf-8", "replace"))
        response: Response
        if path in HOPS:
            response = RedirectResponse(HOPS[path])
        elif path in PLAIN:
            response = PLAIN[path]
        elif path in ("/cut-off", "/cut-off/me/photo") or (path == "/cut-off-once" and 1 == len(self.paths(path))):
            self.hang_up(scope["client"])
            return
        elif path.startswith("/half-sent"):
            await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"999")]})
            await send({"type": "http.response.body", "body": b"\x89PNG", "more_body": True})
            self.hang_up(scope["client"])
            return
        elif path.startswith("/picture"):
            response = Response(_square(), media_type="image/png")
        elif path.startswith("/withheld") or request.headers["host"] in self.silent:
            self.held_back += 1
            await self.over.wait()
            return
        elif path == "/never":
            response = StreamingResponse(self._nothing(), media_type="image/png")
        elif "userphoto" in path.lower():
            dot = b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"
            response = Response(dot, media_type="image/svg+xml", headers={"Cache-Control": "max-age=999"})
        else:
            response = HTMLResponse(PAGES.get(path, "<title>other</title>"))
        await response(scope, receive, send)

    async def _nothing(self) -> AsyncIterator[bytes]:
        """Begin a picture that is not finished until the server stops."""
        yield b"\x89PNG"
        await self.over.wait()


def _square() -> bytes:
    """Return a picture of 9 × 9 pixels."""
    out = io.BytesIO()
    Image.new("RGB", (9, 9), "teal").save(out, "PNG")
    return out.getvalue()


def _hang_up(server: uvicorn.Server, client: tuple[str, int]) -> None:
    for connection in server.server_state.connections:
        if connection.client == client:
            connection.transport.abort()


@contextmanager
def serving() -> Iterator[Stray]:
    """Serve on the loopback until the block ends."""
    stray = Stray()
    cert = trustme.CA().issue_cert("www.office.com", "*.example")
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    stray.port = listening.getsockname()[1]
    public = x509.load_pem_x509_certificate(cert.cert_chain_pems[0].bytes()).public_key()
    der = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    stray.spki = base64.b64encode(hashlib.sha256(der).digest()).decode()
    config = uvicorn.Config(stray, log_level="critical", lifespan="off", timeout_graceful_shutdown=1)
    config.load()
    config.ssl = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    cert.configure_cert(config.ssl)
    server = uvicorn.Server(config)
    stray.hang_up = lambda client: _hang_up(server, client)
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=lambda: loop.run_until_complete(server.serve(sockets=[listening])), daemon=True)
    thread.start()
    try:
        yield stray
    finally:
        loop.call_soon_threadsafe(stray.over.set)
        server.should_exit = True
        thread.join(5)
        listening.close()
