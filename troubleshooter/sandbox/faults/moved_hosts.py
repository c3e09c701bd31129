"""Defines the faults in which hosts of the tenant lead to other names than their own, one row each."""

from troubleshooter.sandbox.faults.rows import flag_fault
from troubleshooter.sandbox.flags import Flags

HOST_FAULTS = (
    flag_fault(
        "cloud-microsoft",
        "SharePoint and OneDrive redirect this user to their names on cloud.microsoft.",
        Flags(sites_at="cloud.microsoft"),
    ),
    flag_fault(
        "renamed-tenant",
        "The tenant was renamed: SharePoint and OneDrive have new names, to which the old ones redirect.",
        Flags(sites_at="renamed"),
    ),
    flag_fault(
        "session-control",
        "Session control serves SharePoint and OneDrive under names with a suffix, once the user has signed in.",
        Flags(sites_at="session-control"),
    ),
    flag_fault(
        "session-control-home",
        "Session control serves the home page under a name with a suffix, once the user has signed in.",
        Flags(sites_at="session-control-of-home"),
    ),
    flag_fault(
        "sharepoint-imitated",
        "SharePoint redirects to a host that only looks like it, and asks for the password there.",
        Flags(sites_at="imitation"),
    ),
    flag_fault(
        "sharepoint-to-intranet",
        "SharePoint redirects to the company's intranet.",
        Flags(sites_at="intranet"),
    ),
)
"""The faults, in the order in which they are listed."""
