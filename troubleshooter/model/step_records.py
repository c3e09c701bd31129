"""Records of what a run did: its steps, and the photographs that it took of them."""

from __future__ import annotations

from troubleshooter.model.enums import Reason, StepStatus
from troubleshooter.model.message import Frozen, Message
from troubleshooter.model.scalars import Size, Time


class Mark(Frozen):
    """An element that a step acted on, drawn as a frame over the photograph."""

    number: int
    """1 for the first mark on its photograph."""
    box: tuple[float, float, float, float]
    """Left, top, width, height as shares (0 to 1) of the photograph's width and height."""
    label: Message
    """What the element is."""


class Picture(Frozen):
    """A photograph of a whole window."""

    path: str
    """The file, relative to the run's folder."""
    px: Size | None = None
    """Its size."""
    taken_at: Time
    caption: Message
    marks: tuple[Mark, ...] = ()
    masked: int = 0
    """How many areas are covered because they show people other than the subject."""


class Step(Frozen):
    """One step, performed and photographed."""

    id: str
    article_step: str | None
    """`B1` … `B4`, `A1` … `A4`, `N1`; None for a step that is not in the article."""
    title: str
    """What the step does, in English."""
    said: Message | None = None
    """The title as a message."""
    status: StepStatus
    reason: Reason | None = None
    note: Message | None = None
    """More about the reason: which page, which host."""
    started: Time | None = None
    finished: Time | None = None
    shots: tuple[str, ...] = ()
    """Paths of its photographs."""
    pictures: tuple[Picture, ...] = ()
    """The same photographs with their captions and marks."""
    unverified: bool = False
    """Whether it relied on the page's structure, because no source documents a locator for what it needed."""
    beside: bool = False
    """Whether the verdict does not depend on it: `--also-profile`."""
