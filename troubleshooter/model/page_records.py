"""Records of what pages and profiles say, and of what the run could not see."""

from __future__ import annotations

from troubleshooter.model.enums import Reason, Surface
from troubleshooter.model.message import Frozen, Message
from troubleshooter.model.scalars import Time


class Properties(Frozen):
    """The picture properties of a SharePoint user profile, as read."""

    of: str
    """UPN."""
    read_at: Time
    url: str
    status: int
    """HTTP status; 0 when nothing answered."""
    values: dict[str, str | None] = {}
    """`PictureURL`, `PictureUrl`, `SPS-PictureTimestamp`, `SPS-PicturePlaceholderState`, … as served."""
    timestamp: Time | None = None
    """`SPS-PictureTimestamp`, decoded."""
    moment: str = "before"
    """`before` or `after` the visit to the pages; `site` for a site's own copy."""


class WebPartPeople(Frozen):
    """The people that a page's own data puts into a People web part or its byline. Only the subject is named."""

    page: int | None
    """Which `--page` (0 for the first)."""
    page_url: str
    surface: Surface
    """`people-web-part` or `page-byline`."""
    instance: str = ""
    """Id of the web part on the page."""
    layout: int | None = None
    """1 compact, 2 descriptive; None where the data doesn't say."""
    count: int
    """How many people."""
    includes_subject: bool
    subject: dict[str, str] = {}
    """What the data says about the subject, field by field: `id`, `upn`, `email`, `aadObjectId` …"""
    others: tuple[str, ...] = ()
    """Addresses of the others; empty without `--show-others`."""


class Mixup(Frozen):
    """An avatar that shows the subject's name, or links to the subject, but belongs to another account."""

    page: int | None
    """Which `--page` (0 for the first)."""
    page_url: str
    surface: Surface
    how: str
    """`name`: the subject's name on another account; `other-name`: the same, and that account's own profile has
    another name; `contradiction`: the card names both accounts."""


class FoundPage(Frozen):
    """A page that the run itself chose."""

    url: str
    how: Message
    """Why it was chosen."""


class Unseen(Frozen):
    """A surface that the run could not see, and why."""

    surface: Surface | None
    """None for something that is not an avatar, such as the sync properties."""
    page_url: str | None = None
    reason: Reason | None = None
    why: Message
    status: int | None = None
    """HTTP status of the response that refused it; None where that was not the cause."""
