"""A page with values in every place that a page can hold one, and the search for them in a saved page."""

from __future__ import annotations

import base64
import html
import json
import re
from urllib.parse import quote, unquote

from support import canaries

FIRST, LAST = "Zebrina", "Quokkason"
COMPANY = "wombatry"
UPN = f"{FIRST}.{LAST}@{COMPANY}.example".lower()
TENANT = f"https://{COMPANY}.sharepoint.com"
TOKEN = "eyJ0eXAiT0kK4n4ryVxQqZz91"
GUID = "b7c2f0a4-91de-4c55-8a37-6f0de41b9d13"
PHONE = "+40 721 555 019"
NUMBER = "471108151"
FILE = "Platypus-Severance.docx"
SITE = "axolotl-merger"
CANARIES = {
    **{"first name": FIRST, "last name": LAST, "company": COMPANY, "user name": UPN, "token": TOKEN, "guid": GUID},
    **{"phone": PHONE, "phone without spaces": PHONE.replace(" ", ""), "number": NUMBER, "file": "Platypus-Severance"},
    **{"site": SITE, "half of the site": "axolotl", "half of the file": "severance", "start of the guid": GUID[:8]},
}
NAME = f"{FIRST} {LAST}"
EVERYTHING = f"{NAME} {UPN} {TOKEN} {GUID} {PHONE} {NUMBER} {FILE} {SITE} {COMPANY}"
_JSON = json.dumps(
    {"name": NAME, UPN: [TOKEN, {LAST: GUID}], "url": f"{TENANT}/sites/{SITE}?u={UPN}", "n": int(NUMBER)}
)
_B64 = base64.b64encode(EVERYTHING.encode()).decode()
_ESCAPED = "".join(f"\\u{ord(letter):04x}" for letter in NAME)
_SVG = quote(f"<svg xmlns='http://www.w3.org/2000/svg' width='40' height='40'><title>{NAME}</title></svg>")
_ADDRESS = f"{TENANT}/sites/{SITE}/{FILE}?upn={quote(UPN)}&t={TOKEN}&id={GUID}&n={NUMBER}&{LAST}={FIRST}#{LAST}"
_ATTRIBUTES = """
    title alt aria-label aria-description aria-roledescription aria-valuetext placeholder id name class role
    lang dir for rel type itemprop content datetime cite style data-automation-id data-tid data-testid
    data-test-id data-value data-bind data-x data-log-name data-sp-feature-tag data-sp-webpartdata
    data-sp-web-part-id data-lpc-hover-target-id onclick slot part is width tabindex aria-level srcset sizes
    xlink:href viewBox nonce integrity min download data-sp-prop-name data-opens data-sp-searchableplaintext
    data-troubleshooter data-captured-found
""".split()  # noqa: SIM905 - shorter than a list
_VALUES = (EVERYTHING, NAME, LAST, UPN, TOKEN, GUID, PHONE, NUMBER, FILE)
_PLANTED = (*_VALUES, _JSON, _B64, quote(EVERYTHING), _ESCAPED, _ADDRESS)
_ONE = "".join(f' {name}="{html.escape(value)}"' for name in _ATTRIBUTES for value in [EVERYTHING])
"""Every attribute with everything in it."""


def _each() -> str:
    """Return elements that have each value in each attribute."""
    return "".join(
        f"<i {name}='{html.escape(value)}'>{html.escape(value)}</i>" for name in _ATTRIBUTES for value in _PLANTED
    )


def _joined() -> str:
    """Return elements whose names, classes and attributes are made of a value and of words that are kept."""
    low = LAST.lower()
    return f"""<{low}-card id="page-{LAST}-card" class="user{LAST}Button {FIRST}_header css-{NUMBER}"
      data-{low}="button"
      aria-labelledby="label-{GUID} {low}" data-automation-id="row-{FILE}-{NUMBER}">{LAST[:4]}<b>{LAST[4:]}</b>
      </{low}-card>
      <my-{FIRST.lower()}></my-{FIRST.lower()}>
      <i data-sp-prop-name="{LAST}[0].{FIRST}" data-searchable{low}="true" data-x="persons[0].{LAST}"></i>
      <i data-sp-controldata='{{"controlIndex": {NUMBER}, "{LAST}Index": 1, "position": {{"zone": {NUMBER}}}}}'></i>
      <h2 id="{SITE}">{SITE}</h2><a href="#{SITE}" id="toc-{SITE}">x</a>"""


def page() -> str:
    """Return the page's HTML."""
    return f"""<!DOCTYPE html><html lang="en" class="{LAST}" data-user="{UPN}"><head><title>{EVERYTHING}</title>
    <meta name="author" content="{EVERYTHING}"><meta name="{LAST}" content="x"><meta name="PageID" content="{TOKEN}">
    <meta property="og:title" content="{NAME}"><link rel="icon" href="{_ADDRESS}">
    <link rel="{LAST}" href="/{SITE}/x.css">
    <style>.{LAST} {{ color: red; --{FIRST}: '{EVERYTHING}'; background: url('/{SITE}/{FILE}.png') }}
      #pseudo::before {{ content: '{NAME}' }} #grid {{ display: grid; grid-template-areas: '{LAST}' }}</style>
    <script type="application/json">{_JSON}</script><script>var {LAST} = '{EVERYTHING}'; // {_ESCAPED}
    window.$Config = {{ pgid: '{TOKEN}', sErrorCode: '{NUMBER}', hpgid: '{NAME}',
      arrUserProofs: [{{ authMethodId: '{PHONE}' }}] }};
    </script><!-- {EVERYTHING} --></head><body id="{LAST}"><!-- {_B64} -->
    {EVERYTHING}<p>{_B64}</p><p>{quote(EVERYTHING)}</p><p>{_ESCAPED}</p><p>{html.escape(_JSON)}</p>
    <h1 id="pseudo">Dear {NAME}, see {TENANT}/sites/{SITE}</h1><div{_ONE}>x</div>{_each()}{_joined()}
    <a href="{_ADDRESS}">{FILE}</a><a href="mailto:{UPN}?subject={quote(NAME)}">m</a><a href="tel:{PHONE}">t</a>
    <a href="javascript:go('{UPN}')">j</a><a href="//{LAST}.{COMPANY}.example/{NAME}">h</a><a href="sip:{UPN}">s</a>
    <a href="https://{COMPANY}-my.sharepoint.com/personal/{UPN.replace("@", "_").replace(".", "_")}/x?{TOKEN}">o</a>
    <a href="https://{COMPANY}.crm.dynamics.com/{LAST}">o</a><a href="https://{UPN}:{TOKEN}@{COMPANY}.example:8443/">o</a>
    <a href="https://login.microsoftonline.com/{COMPANY}.example/oauth2?login_hint={UPN}&state={_B64}">o</a>
    <a href="https://www.office.com/{SITE}?next={quote(_ADDRESS, safe="")}">o</a><a href="data:text/plain,{NAME}">d</a>
    <a href="/_api/SP.UserProfiles.PeopleManager/GetPropertiesFor(accountName=@v)?@v='i:0%23.f|membership|{UPN}'">a</a>
    <a href="/_api/web/lists/getbytitle('{SITE}')/items({NUMBER})?$filter=Title eq '{NAME}'">a</a>
    <a href="ms-word:ofe|u|{_ADDRESS}">w</a><form action="{_ADDRESS}"><input value="{EVERYTHING}"><input type="password"
      value="{TOKEN}"><input type="hidden" name="{LAST}" value="{_B64}"><input type="submit" value="{NAME}"><textarea
      name="{FIRST}">{EVERYTHING}</textarea><select><option value="{UPN}" label="{LAST}">{NAME}</option></select></form>
    <div contenteditable>{EVERYTHING}</div><input id="typed"><textarea id="written"></textarea>
    <img src="/{SITE}/{FILE}.png" alt="{NAME}" srcset="/{SITE}/{LAST}.png 1x, {_ADDRESS} 2x">
    <img src="data:image/svg+xml,{_SVG}" title="{NAME}"><img src="data:image/svg+xml;base64,{_B64}">
    <picture><source srcset="/{FILE}.webp" media="({LAST})"></picture><video poster="/{LAST}.jpg" src="/{FILE}"></video>
    <svg viewBox="0 0 9 9" aria-label="{NAME}"><title>{NAME}</title><desc>{UPN}</desc><text>{LAST}</text>
      <path d="M0 0" id="{LAST}" data-name="{NAME}"/><use href="#{LAST}"/>
      <image href="/{FILE}.png" width="9" height="9"/>
      <foreignObject><p>{EVERYTHING}</p></foreignObject></svg>
    <math><mi>{LAST}</mi><annotation encoding="{TOKEN}">{EVERYTHING}</annotation></math>
    <object data="/{FILE}" title="{NAME}"><p>{NAME}</p></object><embed src="/{LAST}"><noscript>{EVERYTHING}</noscript>
    <canvas id="drawn" width="120" height="40" data-src="/u?{UPN}">{NAME}</canvas><xmp>{EVERYTHING}</xmp>
    <div hidden>{EVERYTHING}</div><div style="display:none; --x: '{LAST}'">{EVERYTHING}</div>
    <template id="{LAST}"><p title="{NAME}">{EVERYTHING}</p></template><details><summary>{NAME}</summary>{UPN}</details>
    <iframe srcdoc="{html.escape(f"<title>{NAME}</title><p id={LAST} title='{UPN}'>{EVERYTHING}</p>")}"></iframe>
    <iframe src="{TENANT}/framed?{UPN}" title="{NAME}" name="{LAST}"></iframe>
    <table summary="{NAME}"><td abbr="{LAST}">{UPN}</table>
    <div id="grid"></div><div id="host"></div><div style="background-image:url('/{FILE}.png')" class="pic">x</div>
    <span dir="{LAST}" class="{TOKEN} {GUID} f{GUID.replace("-", "")}">{FIRST}&#8203;{LAST}</span>
    <script>
      const shadow = document.getElementById('host').attachShadow({{ mode: 'open' }});
      shadow.innerHTML = `<style>:host {{ --{LAST}: '{NAME}' }}</style><p id="{LAST}" part="{FIRST}">{EVERYTHING}</p>
        <slot
        name="{LAST}">{NAME}</slot>`;
      document.getElementById('typed').value = `{EVERYTHING}`;
      document.getElementById('written').value = `{EVERYTHING}`;
      document.getElementById('drawn').getContext('2d').fillText('{NAME}', 1, 9);
      document.body.setAttribute('data-{LAST.lower()}-x', '{NAME}');
      document.body.append(document.createComment('{UPN}'));
      const made = new Image(); made.src = URL.createObjectURL(new Blob(['{EVERYTHING}'])); document.body.append(made);
      fetch('/api/{SITE}/{FILE}?u={UPN}&t={TOKEN}').catch(() => 0);
    </script></body></html>"""


FRAMED = f"""<html lang="en"><title>{NAME}</title><body class="{LAST}"><p title="{UPN}">{EVERYTHING}</p>
  <img src="/{FILE}" alt="{LAST}"><iframe srcdoc="<b>{html.escape(EVERYTHING)}</b>"></iframe></body></html>"""


def found_in(data: bytes) -> set[tuple[str, str]]:
    """Return which canary is where in a saved page: as it is, or decoded in any way that a reader could."""
    text = data.decode()
    decoded = {"page.html": text}
    once = html.unescape(html.unescape(html.unescape(text)))
    decoded["entities"] = once
    decoded["percent"] = unquote(unquote(once))
    decoded["escapes"] = re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), once)
    decoded["without marks"] = re.sub(r"<[^>]*>|[\s\u200b]+", "", once)
    decoded["words"] = re.sub(r"[^a-z0-9]+", "", re.sub(r"<[^>]*>", " ", once.lower()))
    runs = re.findall(r"[A-Za-z0-9+/_-]{12,}={0,2}", unquote(once))
    decoded["base64"] = "".join(_from_base64(run) for run in dict.fromkeys(runs))
    return canaries.found_in({name: said.encode() for name, said in decoded.items()}, CANARIES)


def _from_base64(run: str) -> str:
    plain = run.replace("-", "+").replace("_", "/").rstrip("=")
    return base64.b64decode(plain[: len(plain) // 4 * 4]).decode("latin-1")
