"""Explains a page on a host that is not the tenant's: what the host is, and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence

from troubleshooter.errors import Stopped
from troubleshooter.locale import N_
from troubleshooter.model.enums import Reason
from troubleshooter.model.message import message
from troubleshooter.model.session_control import SESSION_CONTROL
from troubleshooter.tenant.strays import Stray, is_onedrive, kind_of
from troubleshooter.urls import split


def unexpected_host(url: str, sites: Sequence[str] = ()) -> Stopped:
    """Return the `Stopped` error for a page on a host that the tenant does not list.

    Args:
        sites: the hosts of the tenant's SharePoint and OneDrive.
    """
    host = (split(url).hostname or "").rstrip(".") or url[:80]
    kind = kind_of(url)
    if kind is Stray.OTHER_TENANT:
        return _moved(host, sites)
    what, help_ = _TEXTS[kind]
    reason = Reason.SESSION_CONTROL if kind is Stray.SESSION_CONTROL else Reason.UNEXPECTED_HOST
    name = next((suffix[1:] for suffix in SESSION_CONTROL if host.endswith(suffix)), host)
    return Stopped(reason, message(what, host=host), message(help_, host=name))


def _moved(host: str, sites: Sequence[str]) -> Stopped:
    """Return the `Stopped` error for SharePoint under a different name from the one in the tenant file."""
    of_onedrive = is_onedrive(host)
    known = sites[of_onedrive] if len(sites) > of_onedrive else "–"
    new = (host.replace("-my.", ".", 1), host) if of_onedrive else (host, host.replace(".", "-my.", 1))
    return Stopped(
        Reason.TENANT_MOVED,
        message("The browser was sent to {host}, but the tenant file names {known}.", host=host, known=known),
        message(
            "If the tenant was renamed, put these lines into the tenant file and run again: "
            "sharepoint = 'https://{sharepoint}'; my = 'https://{my}'; visit_hosts = {former} (links with the old "
            "names redirect for a year). If {host} is another geo location of this tenant, put only this: "
            "visit_hosts = ['{host}']. If neither is true, find out which page leads there; nothing was typed.",
            sharepoint=new[0],
            my=new[1],
            former=repr(list(sites)),
            host=host,
        ),
    )


_NOT_LISTED = N_("The browser was sent to {host}, which is not a host of this tenant.")
_TEXTS: dict[Stray, tuple[str, str]] = {
    Stray.IMITATION: (
        N_("The browser was sent to {host}, which imitates a Microsoft host."),
        N_("Do not type a password there; report it to the security team."),
    ),
    Stray.SESSION_CONTROL: (
        N_("The company’s session control (Defender for Cloud Apps) routed the browser through {host}."),
        N_(
            "Ask the admin to exempt this account or computer from session control. (Edge keeps the usual URLs if it "
            "is signed in with the work profile.) Or let the check visit that host without typing anything there: add "
            "visit_hosts = ['{host}'] to the tenant file. Nothing was typed there so far."
        ),
    ),
    Stray.UNENCRYPTED: (
        N_("The browser was sent to {host} without encryption (http)."),
        N_("Nothing was typed there. Tell whoever runs that host that it has to use https."),
    ),
    Stray.OTHER_CLOUD: (
        _NOT_LISTED,
        N_(
            "It is a Microsoft page, but not in the cloud that the tenant file names: check the file’s key cloud. "
            "Nothing was typed there. To visit the page, add this to the tenant file: visit_hosts = ['{host}']."
        ),
    ),
    Stray.FOREIGN: (
        _NOT_LISTED,
        N_(
            "Nothing was typed there. If the company runs this host, for example as an intranet, add this to the "
            "tenant file: visit_hosts = ['{host}']. If it is certainly the company’s own identity provider, list it "
            "in the account’s federated_hosts. If its name only resembles one that you know, type nothing there."
        ),
    ),
}
"""What is said of each kind of host, and what to do."""
