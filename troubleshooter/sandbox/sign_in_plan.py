"""Defines how the sign-in service treats a visitor: which screens, in which order, with which traps."""

from dataclasses import dataclass

ADFS_HOST = "sts.contoso.com"
PING_HOST = "sso.contoso.com"
OKTA_HOST = "contoso.okta.com"
FEDERATION_HOSTS = (ADFS_HOST, PING_HOST, OKTA_HOST)
"""Identity providers of the company; the names are the sandbox's own."""

LOOKALIKE = "login.microsoftonline.com.sign-in.example"
HOMOGRAPH = "login.microsoft\u043enline.com".encode("idna").decode()
"""The sign-in host's name with a Cyrillic o, as a browser requests it (xn--…)."""
SITE_LOOKALIKE = "contoso.sharepoint.com.sign-in.example"
"""A name that looks like SharePoint's."""
LOOKALIKE_HOSTS = (LOOKALIKE, HOMOGRAPH, SITE_LOOKALIKE)
"""Nobody may ever send a request to these hosts; the sandbox serves them to notice it."""


@dataclass(frozen=True)
class SignInPlan:
    """One sign-in flow. The defaults are the healthy flow: email, password, stay signed in."""

    start: str = "email"
    """The first page: email, picker, picker-other (no tile is the right one), lookalike, homograph, lookalike-frame,
    unknown-layout, session-control (the service under the name that session control gives it)."""
    credential: str = "password"
    """What follows the email address: password, passwordless, access-pass, passkey."""
    passkey_ways: tuple[str, ...] = ()
    """What the picker behind a failed passkey offers (`data-test-cred-id`); only the passkey: there is no picker.
    Empty: a plain link that leads to the password."""
    asks_work_or_personal: bool = False
    """Whether the email address belongs to both a work and a personal account."""
    nobody_known: bool = False
    """Whether every email address is unknown."""
    federation: str = ""
    """Empty, adfs, adfs-paged, ping or okta: which identity provider takes the password."""
    federation_known: bool = True
    """Whether the accounts of the tenant file list the identity provider's host."""
    refusal: int = 0
    """AADSTS code with which the right password is refused; 0: it is accepted."""
    refusal_in: str = "config"
    """Where the code of the refusal stands: config, line (the error line beside the field), page (the text of a page of
    its own), address (of such a page)."""
    steps: tuple[str, ...] = ("kmsi",)
    """The screens after the password, in order. Names: the table in hosts/login/onward.py."""
    proofs: tuple[str, ...] = ()
    """Method ids of the second factor; the first is the default."""
    lists_proofs: bool = False
    """Whether the list of methods comes first."""
    totp_known: bool = False
    """Whether the accounts of the tenant file have the seed."""
    totp_wrong: bool = False
    """Whether that is another seed than the authenticator's."""
    shows_number: bool = True
    """Whether the request on the phone shows a number to match."""
    number_changes: bool = False
    """Whether the number changes once while it is shown."""
    outcome: str = "approved"
    """What the person at the phone does: approved, denied, none (the request times out)."""
    answers_after: float = 3.0
    """Seconds of real time until the person at the phone acts, or the request times out (the real service: 120)."""
    days_left: int = 0
    """Days for which registration of security info may be skipped; 0 if it may not."""
    error_code: int = 500011
    """Code of the error page. The default is deliberately not from the facts: any code may occur."""
    checkbox_hidden: bool = False
    """Whether branding moves the checkbox of "Stay signed in?" out of sight."""
    swallows: int = 0
    """Milliseconds after typing during which clicks are ignored."""
    config_late: int = 0
    """Milliseconds until $Config arrives."""
    drawn_late: int = 0
    """Milliseconds from the arrival of $Config until the body becomes visible."""
    box_shown: bool = False
    """Whether the password's box can already be seen where only the email address is asked for."""
    checked: bool = False
    """Whether the page posts what is typed to a checker of its own, before anything is submitted."""
    busy: float = 0.0
    """Seconds that the service takes for each response, under the busy overlay."""
    notice: bool = False
    """Whether the empty password field shows a notice to enter the password when it appears."""
    loops: bool = False
    """Whether the home page never accepts the sign-in, until the service ends the loop (50196)."""
    seamless: bool = False
    """Whether the page checks, before it asks for the password, whether the computer signs in by itself."""
    lost_midway: bool = False
    """Whether every session is lost, once, after SharePoint was opened."""

    @property
    def known_hosts(self) -> tuple[str, ...]:
        """Identity providers that the accounts of the tenant file list."""
        return (federation_host(self.federation),) if self.federation and self.federation_known else ()


def federation_host(kind: str) -> str:
    """Return the host of a kind of identity provider."""
    return {"ping": PING_HOST, "okta": OKTA_HOST}.get(kind, ADFS_HOST)
