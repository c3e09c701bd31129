"""Records of what pages and profiles say, and of what the run could not see."""

from __future__ import annotations

from troubleshooter.model.enums import Reason, Surface
from troubleshooter.model.message import Frozen, Message
from troubleshooter.model.scalars import Time


class Properties(Frozen):
    """The picture properties of a SharePoint user profile, as read."""

    of: str
    """The user's UPN."""
    read_at: Time
    url: str
    status: int
    """HTTP status; 0 if there was no response."""
    values: dict[str, str | None] = {}
    """`PictureURL`, `PictureUrl`, `SPS-PictureTimestamp`, `SPS-PicturePlaceholderState`, … as served."""
    timestamp: Time | None = None
    """The decoded `SPS-PictureTimestamp`."""
    moment: str = "before"
    """When the properties were read: `before` or `after` the visit to the pages; `site` for a site's own copy."""


class WebPartPeople(Frozen):
    """The people that a page's own data puts into a People web part or its byline. Only the subject is named."""

    page: int | None
    """Index of the `--page` (0 for the first)."""
    page_url: str
    surface: Surface
    """The surface: `people-web-part` or `page-byline`."""
    instance: str = ""
    """Id of the web part on the page."""
    layout: int | None = None
    """Layout of the web part: 1 compact, 2 descriptive; None if the data doesn't say."""
    count: int
    """The number of people."""
    includes_subject: bool
    subject: dict[str, str] = {}
    """What the data says about the subject, field by field: `id`, `upn`, `email`, `aadObjectId` …"""
    others: tuple[str, ...] = ()
    """Addresses of the other people; empty without `--show-others`."""


class Mixup(Frozen):
    """An avatar that shows the subject's name, or links to the subject, but belongs to another account."""

    page: int | None
    """Index of the `--page` (0 for the first)."""
    page_url: str
    surface: Surface
    how: str
    """`name`: the subject's name on another account; `other-name`: the same, and that account's own profile has
    another name; `contradiction`: the card names both accounts."""


class FoundPage(Frozen):
    """A page that the run itself chose."""

    url: str
    how: Message
    """Why the page was chosen."""


class Unseen(Frozen):
    """A surface that the run could not see, and why."""

    surface: Surface | None
    """The surface; None for something that is not an avatar, such as the sync properties."""
    page_url: str | None = None
    reason: Reason | None = None
    why: Message
    status: int | None = None
    """HTTP status with which it was refused; None if that was not the cause."""
