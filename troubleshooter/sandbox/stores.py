"""Defines what the services store about a photo. Pictures are only described here, and drawn on request."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from troubleshooter.sandbox.people import Person

_YEAR_ONE = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Crop:
    """A square part of a picture, as fractions of its width."""

    left: float
    top: float
    size: float


@dataclass(frozen=True, slots=True)
class Photo:
    """A reference to a portrait: whose it is, which of their photos, and which part of it."""

    person: str
    """UPN of the person in the photo."""
    variant: int = 0
    """0 is the current photo, 1 that of last year, and so on."""
    crop: Crop | None = None
    side: int = 0
    """Pixels on a side of what was uploaded; 0 for as large as the portrait is."""
    file: bytes | None = field(default=None, repr=False)
    """A square JPEG that a visitor uploaded, in place of a portrait."""
    simple: bool = False
    """Whether it is the simpler portrait that generated people have, which is drawn faster."""
    profile_lost: bool = False
    """Whether its values are those of ProPhoto RGB, without the profile that says so."""


@dataclass(frozen=True, slots=True)
class StoredPhoto:
    """A photo in the people service, in the mailbox, or in a client's cache."""

    photo: Photo
    at: datetime
    """When this store got it, UTC."""
    changed: datetime
    """When the user changed it at the source, UTC."""


@dataclass(frozen=True, slots=True)
class Copy:
    """One user's photo in the SharePoint copy, with its profile properties; a site's copy has the same shape."""

    photo: Photo | None = None
    """What the stored thumbnails show."""
    stem: str = ""
    """Name of the thumbnail files before _MThumb.jpg; empty if there are none."""
    copied: datetime | None = None
    """SPS-PictureTimestamp, UTC."""
    placeholder: str = ""
    """SPS-PicturePlaceholderState: 0, 1 or empty."""
    sync: str = ""
    """SPS-PictureExchangeSyncState: 0, 1 or empty."""
    changed: datetime | None = None
    """When the copied photo was changed at the source, UTC; None if it never came from there."""
    tried: datetime | None = None
    """Last attempt to copy, UTC."""

    @property
    def shows(self) -> Photo | None:
        """The photo that SharePoint displays: None while the placeholder state is not 0."""
        return self.photo if self.placeholder == "0" else None

    @property
    def timestamp(self) -> str:
        """SPS-PictureTimestamp as SharePoint writes it: whole seconds since 0001-01-01, empty if never set."""
        return "" if self.copied is None else str(int((self.copied - _YEAR_ONE).total_seconds()))


@dataclass(frozen=True)
class Due:
    """A copy that is on its way to a store."""

    at: datetime
    """When it arrives, UTC."""
    store: str
    """Where it arrives, as a key of the table in sync.py."""
    upn: str
    photo: Photo | None = None
    """What arrives, if no store has it yet."""


def service_stem(person: Person) -> str:
    """Return the file name that the service's own copy gives the thumbnails: a GUID."""
    return person.object_id


def upload_stem(person: Person) -> str:
    """Return the file name that an upload in SharePoint gives the thumbnails: the UPN with @ and . replaced."""
    return person.upn.replace("@", "_").replace(".", "_")
