"""Defines what the tenant's admins decided about photos, and which users the directory treats specially."""

from dataclasses import dataclass, field

from troubleshooter.sandbox.stores import Photo


@dataclass
class Policies:
    """Settings of the whole tenant. The defaults are those of a tenant without restrictions."""

    photo_source: str = "cloud"
    """`cloud` or `onPremises` (photoUpdateSettings): on-premises disables every update in the cloud."""
    allowed_roles: frozenset[str] | None = None
    """Roles that may change photos; None if all users may change their own."""
    photo_upload_enabled: bool = True
    """The mailbox policy's SetPhotoEnabled."""
    picture_editable: bool = True
    """Whether users may edit the picture property of their SharePoint profile; if not, nobody's photo is copied."""
    third_party_cookies: bool = True
    """Whether browsers send cookies with pictures that a page embeds from another host of the tenant."""

    def may_upload(self, roles: frozenset[str] = frozenset()) -> bool:
        """Return whether somebody with these roles may change a photo in the cloud."""
        if self.photo_source == "onPremises" or not self.photo_upload_enabled:
            return False
        return self.allowed_roles is None or bool(self.allowed_roles & roles)


@dataclass
class Directory:
    """Users with special properties, by UPN."""

    guests: set[str] = field(default_factory=set)
    """Members of another organization: they see nobody's photo, and cannot add one."""
    stubs: set[str] = field(default_factory=set)
    """Users for whom SharePoint has nothing but the account: never signed in, or blocked."""
    on_premises: dict[str, Photo] = field(default_factory=dict)
    """Photos of the company's own directory, each of which overwrites the cloud's at the next cycle."""
    geo: dict[str, str] = field(default_factory=dict)
    """Host of a user's profile and files, if that is not the tenant's central one."""
    mail: dict[str, str] = field(default_factory=dict)
    """Mail address, if that differs from the list of people."""
    unknown_to_sharepoint: set[str] = field(default_factory=set)
    """Identifiers (an old UPN, a mail address) for which SharePoint's photo handler finds nobody."""
