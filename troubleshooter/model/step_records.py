"""Records of what a run did: its steps, and the screenshots of them."""

from __future__ import annotations

from troubleshooter.model.enums import Reason, StepStatus
from troubleshooter.model.message import Frozen, Message
from troubleshooter.model.scalars import Size, Time


class Mark(Frozen):
    """An element that a step acted on, framed in the screenshot."""

    number: int
    """Number of the mark on its screenshot, from 1."""
    box: tuple[float, float, float, float]
    """Left, top, width, height as shares (0 to 1) of the screenshot's width and height."""
    label: Message
    """The element's label."""


class Picture(Frozen):
    """A screenshot of a whole window."""

    path: str
    """The file, relative to the run's folder."""
    px: Size | None = None
    """Size of the screenshot."""
    taken_at: Time
    caption: Message
    marks: tuple[Mark, ...] = ()
    masked: int = 0
    """How many areas are covered because they show people other than the subject."""


class Step(Frozen):
    """One step as performed, with its screenshots."""

    id: str
    article_step: str | None
    """The article's step: `B1` … `B4`, `A1` … `A4`, `N1`; None for a step that is not in the article."""
    title: str
    """What the step does, in English."""
    said: Message | None = None
    """The title as a message."""
    status: StepStatus
    reason: Reason | None = None
    note: Message | None = None
    """More about the reason, such as which page or host."""
    started: Time | None = None
    finished: Time | None = None
    shots: tuple[str, ...] = ()
    """Paths of the step's screenshots."""
    pictures: tuple[Picture, ...] = ()
    """The same screenshots with their captions and marks."""
    unverified: bool = False
    """Whether the step relied on the page's structure, because no source documents a locator for what it needed."""
    beside: bool = False
    """Whether the verdict does not depend on the step, as with `--also-profile`."""
