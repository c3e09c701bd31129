"""Fixtures to visit the sandbox without a browser, over plain HTTPS with a pinned key and cookies per host."""

import base64
import html
import http.client
import json
import re
import ssl
from dataclasses import dataclass, field
from hashlib import sha256
from io import BytesIO
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from PIL import Image, ImageChops, ImageStat

JSON = {"Accept": "application/json;odata=nometadata"}


@dataclass(frozen=True)
class Answer:
    url: str
    status: int
    headers: dict
    body: bytes

    @property
    def text(self):
        return self.body.decode()

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def picture(self):
        return Image.open(BytesIO(self.body)).convert("RGB")

    @property
    def config(self):
        """Return the `$Config` of a sign-in page."""
        return json.loads(re.search(r"\$Config = (\{.*?\});", self.text)[1])

    @property
    def posts_itself(self):
        return b'name="hiddenform"' in self.body

    def field(self, name):
        """Return the value of a form field."""
        return html.unescape(re.search(rf'name="{name}" value="([^"]*)"', self.text)[1])


@dataclass
class Visitor:
    running: object
    cookies: dict = field(default_factory=dict)  # host or .domain -> name -> value
    _connection: object = None
    language_headers: dict = field(default_factory=dict)  # headers of a browser in a given language

    def ask(self, url, *, data=None, headers=None, method=None):
        """Send one request, without following a redirect."""
        parts = urlsplit(url)
        host = parts.hostname
        send = {"Host": parts.netloc, **(headers or {})}
        jar = {}
        for owner, values in self.cookies.items():
            if owner == host or (owner.startswith(".") and host.endswith(owner)):
                jar |= values
        if jar:
            send["Cookie"] = "; ".join(f"{name}={value}" for name, value in jar.items())
        if isinstance(data, dict):
            data = urlencode(data)
            send["Content-Type"] = "application/x-www-form-urlencoded"
        target = parts.path or "/"
        target += f"?{parts.query}" if parts.query else ""
        connection = self._connect()
        connection.request(method or ("GET" if data is None else "POST"), target, body=data, headers=send)
        raw = connection.getresponse()
        answer = Answer(url, raw.status, dict(raw.getheaders()), raw.read())
        self._keep(host, raw.headers.get_all("Set-Cookie") or [])
        return answer

    def visit(self, url, **how):
        """Follow redirects and pages that post themselves, like a browser, but without the landing page's script."""
        answer = self.ask(url, **how)
        for _ in range(20):
            if answer.status in {301, 302, 303}:
                answer = self.ask(urljoin(answer.url, answer.headers["location"]), headers=how.get("headers"))
            elif answer.posts_itself:
                answer = self._post_on(answer)
            else:
                return answer
        raise AssertionError(f"no end of redirects: {answer.url}")

    def sign_in(self, upn, password=None, *, stay=False):
        """Sign in and answer "Stay signed in?"; return the page after the password if that question is missing."""
        page = self.visit("https://www.office.com/?auth=2")
        form = {name: page.field(name) for name in ("ctx", "flowToken", "canary")}
        form |= {"login": upn, "loginfmt": upn, "passwd": password or self.running.password}
        page = self.ask(urljoin(page.url, page.config["urlPost"]), data=form)
        if page.config["pgid"] != "KmsiInterrupt":
            return page
        form = {name: page.field(name) for name in ("ctx", "flowToken", "canary")}
        form["LoginOptions"] = "1" if stay else "3"
        return self._post_on(self.ask(urljoin(page.url, page.config["urlPost"]), data=form))

    def submit(self, page, **more):
        """Send the form of a sign-in page, as its script would, without following a redirect."""
        form = {name: page.field(name) for name in ("ctx", "flowToken", "canary")} | more
        return self.ask(urljoin(page.url, page.config["urlPost"]), data=form, headers=self.language_headers)

    def identify(self, upn=None):
        """Open sign-in, send the user name and right password, and return the next page without following redirects."""
        page = self.visit("https://www.office.com/?auth=2", headers=self.language_headers)
        return self.submit(page, login=upn or self.running.subject, passwd=self.running.password)

    def script(self, page, url, **said):
        """Send what a script on the page would send to the service, and return the response's JSON."""
        body = {"ctx": page.config["sCtx"], "flowToken": page.config["sFT"], **said}
        return self.ask(
            urljoin(page.url, url), data=json.dumps(body), headers={"Content-Type": "application/json; charset=UTF-8"}
        ).json

    def api(self, call, *, site=""):
        """Return the JSON of a SharePoint REST call, without metadata; sign in to SharePoint first if needed."""
        if "contoso.sharepoint.com" not in self.cookies:
            self.visit(self.running.sharepoint)
        return self.visit(f"{self.running.sharepoint}{site}/_api/{call}", headers=JSON).json

    def properties(self, upn):
        """Return the profile of a user: the fields, and the inner properties by key."""
        whole = self.api(
            f"SP.UserProfiles.PeopleManager/GetPropertiesFor(accountName=@v)?@v='i:0%23.f|membership|{upn}'"
        )
        return whole | {pair["Key"]: pair["Value"] for pair in whole["UserProfileProperties"]}

    def userphoto(self, upn, size="L", **more):
        query = urlencode({"size": size, "accountname": upn} | more)
        return self.visit(f"{self.running.sharepoint}/_layouts/15/userphoto.aspx?{query}")

    def graph(self, upn, what="photo/$value"):
        self.visit("https://graph.microsoft.com/v1.0/me/photo", headers={"Sec-Fetch-Dest": "document"})
        return self.ask(f"https://graph.microsoft.com/v1.0/users/{upn}/{what}")

    def outlook(self, upn, size="HR648x648"):
        return self.visit(f"https://outlook.office.com/owa/service.svc/s/GetPersonaPhoto?email={upn}&UA=0&size={size}")

    def close(self):
        if self._connection:
            self._connection.close()

    def _connect(self):
        if self._connection is None:
            context = ssl.create_default_context()
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
            connection = http.client.HTTPSConnection("127.0.0.1", self.running.port, timeout=20, context=context)
            connection.connect()
            certificate = x509.load_der_x509_certificate(connection.sock.getpeercert(binary_form=True))
            key = certificate.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
            assert self.running.spki == base64.b64encode(sha256(key).digest()).decode()
            self._connection = connection
        return self._connection

    def _post_on(self, answer):
        action = html.unescape(re.search(r'action="([^"]+)"', answer.text)[1])
        fields = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', answer.text)
        return self.ask(action, data={name: html.unescape(value) for name, value in fields})

    def _keep(self, host, lines):
        for line in lines:
            pair, *rest = line.split("; ")
            name, _, value = pair.partition("=")
            flags = dict(parse_qsl("&".join(part.lower() for part in rest), keep_blank_values=True))
            jar = self.cookies.setdefault(f".{flags['domain'].lstrip('.')}" if "domain" in flags else host, {})
            if flags.get("max-age") == "0":
                jar.pop(name, None)
            else:
                jar[name] = value


@pytest.fixture
def tenant(served):
    """Return a healthy tenant with nobody signed in and an empty journal."""
    served.state.reset()
    return served


@pytest.fixture
def stranger(tenant):
    """Yield a visitor who is not signed in."""
    visitor = Visitor(tenant)
    yield visitor
    visitor.close()


@pytest.fixture
def enter(tenant):
    """Yield a function that returns a visitor who signed in with an account's name, or a UPN."""
    visitors = []

    def enter(account="ana", running=tenant):
        visitor = Visitor(running)
        visitors.append(visitor)
        visitor.sign_in(running.accounts.get(account, account))
        return visitor

    yield enter
    for visitor in visitors:
        visitor.close()


@pytest.fixture
def distance():
    """Return a function that gives the mean color difference at 64 px, 0 to 255; below 4 it is the same photo."""

    def distance(first, second):
        small = [picture.resize((64, 64), Image.Resampling.BOX) for picture in (first, second)]
        return sum(ImageStat.Stat(ImageChops.difference(*small)).mean) / 3

    return distance


@pytest.fixture
async def browser(tenant, sandbox_browser):
    """Yield a browser that reaches the tenant; any context that the test opens is closed afterwards."""
    mine = set(sandbox_browser.contexts)
    yield sandbox_browser
    for context in set(sandbox_browser.contexts) - mine:
        await context.close()
