"""Defines what `probe.js` finds on a page: data only, in no language."""

from __future__ import annotations

import json
from importlib.resources import files

from pydantic import BaseModel, ConfigDict

from troubleshooter.browser.locator_use import locators
from troubleshooter.signin.selectors import ANY_FIELD, every_part, methods
from troubleshooter.urls import split

_HERE = files("troubleshooter.signin")
VISIBLE = _HERE.joinpath("visible.js").read_text(encoding="utf-8")
"""Statements that define `visible(e)`, `usable(e)` and, for frames, `roomy(e)`."""
_SKIP = "".join(_HERE.joinpath(name).read_text(encoding="utf-8") for name in ("config.js", "skip.js"))
_SKIP_SCRIPT = (
    f"() => {{ {VISIBLE} PARTS; {_SKIP} "
    "return [...document.querySelectorAll(at.option)].indexOf(skipping().element); }"
)
_SCRIPT = (
    _HERE.joinpath("probe.js")
    .read_text(encoding="utf-8")
    .replace("  // visible.js is inserted here: clipped, visible, usable.\n", VISIBLE)
    .replace("  // config.js and skip.js are inserted here: config, page, registering, small, options.\n", _SKIP)
    .replace("// selectors.py is inserted here: at, ways, typing.", "PARTS;")
)


def script() -> str:
    """Return a function without arguments that returns the fields of `Probe`, except `url` and `refused_frame`."""
    return _with_parts(_SCRIPT)


def skip_script() -> str:
    """Return a function that returns which of the elements of `option` puts a registration off; -1: none does."""
    return _with_parts(_SKIP_SCRIPT)


def _with_parts(text: str) -> str:
    at, ways, typing = every_part(), methods(), locators().css(ANY_FIELD)
    parts = f"const at = {json.dumps(at)}, ways = {json.dumps(ways)}, typing = {json.dumps(typing)};"
    return text.replace("PARTS;", parts)


class Probe(BaseModel):
    """The state of a page. A field is True, or contains its text, only if a person could see or use it."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    url: str = ""
    document: float = 0
    """When the document began, in milliseconds since 1970: distinguishes a new page that looks like the old one."""
    status: int = 0
    """The HTTP status of the page; 0 if it is not known."""
    page_id: str = ""
    """`PageID`, or `$Config.pgid`."""
    error: str = ""
    """`$Config.sErrorCode`, or `iErrorCode`: a number, `""` or `"0"` for none."""
    exception: str = ""
    """`AADSTSnnnnn` of an exception page, of a visible error line, or of the text of a page without fields."""
    numbers: tuple[str, ...] = ()
    """Numbers of five to seven digits in visible error lines: codes, if their meaning is known."""
    labelled: tuple[str, ...] = ()
    """Those of them that follow a colon or an opening bracket, as `Error Code: 53003`: codes, known or not."""
    page_numbers: tuple[str, ...] = ()
    """Such labelled numbers in the text of a page without fields."""
    fields: bool = False
    """Whether something can be typed."""
    busy: bool = False
    email: bool = False
    email_empty: bool = False
    email_error: str = ""
    """The error next to the user name; `!` if the page only marked the field."""
    password: bool = False
    password_error: bool = False
    alerts: tuple[str, ...] = ()
    """The text, without numbers, of each visible alert that is none of the known errors: it may be about anything."""
    identity: str = ""
    """The account whose password is asked for, as the page writes it."""
    tiles: tuple[str, ...] = ()
    """Accounts to choose from, in lower case."""
    other_tile: bool = False
    work_tile: bool = False
    kmsi: bool = False
    kmsi_box: bool = False
    """Whether the "stay signed in" checkbox is in the document, though it may be styled out of sight."""
    primary: bool = False
    back: bool = False
    methods: tuple[str, ...] = ()
    """Ids of the second factors offered, `""` for an option without one."""
    proofs: tuple[str, ...] = ()
    """Ids of the account's second factors, from `$Config.arrUserProofs`, in the list's order."""
    default_proof: str = ""
    confirm_proof: bool = False
    """Whether the page asks for the rest of a phone number or an address before it sends a code."""
    number: str = ""
    """The number to enter on the phone."""
    push: bool = False
    passwordless: bool = False
    code: bool = False
    code_error: bool = False
    another_way: bool = False
    to_password: bool = False
    access_pass: bool = False
    credentials: tuple[str, ...] = ()
    """Ids of what the page offers to sign in with first: `1` is the password."""
    passkey: bool = False
    """Whether the page has what a passkey has to sign."""
    denied: bool = False
    timed_out: bool = False
    proof_up: bool = False
    skip_proof_up: bool = False
    ask_later: bool = False
    skip: str = ""
    """By what something else was found that may put a registration off: `name`, `words` or `structure`."""
    options: int = 0
    """How many links and buttons can be used; of a large page only whether there are any."""
    registering: bool = False
    """Whether the page says that it is about registering."""
    change_password: bool = False
    consent: bool = False
    app_confirm: bool = False
    sso_consent: bool = False
    federated_name: bool = False
    federated_password: bool = False
    federated_error: str = ""
    federated_code: bool = False
    """Whether a company's own provider asks for a second factor of its own."""
    sign_in_link: bool = False
    me_control: bool = False
    frames: int = 0
    """How many visible frames are large enough to hold a form."""
    refused_frame: bool = False
    """Whether a visible frame was not loaded because its host is not allowed."""

    @property
    def asks_who(self) -> bool:
        """Return whether the page asks who signs in, or for the password."""
        return self.email or self.password or self.federated_password or bool(self.tiles)

    @property
    def path(self) -> str:
        """Return the path of the address, in lower case."""
        return split(self.url).path.lower()


def errors_of(probe: Probe) -> tuple[str | bool, ...]:
    """Return every error that a page shows; one that it does not show is empty or False."""
    return (
        *(probe.error, probe.exception, probe.email_error, probe.federated_error),
        *(probe.password_error, probe.code_error),
    )
