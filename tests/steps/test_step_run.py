"""A step records what it could not see."""

from __future__ import annotations

from support.fakes import SHAREPOINT, context, step_run, workspace

from troubleshooter.model.enums import Reason, Surface
from troubleshooter.model.message import message

PAGE = f"{SHAREPOINT}/sites/hr/SitePages/Team.aspx"
WHY = message("It did not appear.")


async def test_what_could_not_be_seen_is_recorded_once():
    """The same reason is recorded once for each surface."""
    step = step_run(context(), workspace())
    step.cannot_see(Surface.USERPHOTO_L, WHY)
    step.cannot_see(Surface.USERPHOTO_L, WHY)
    step.cannot_see(Surface.USERPHOTO_S, WHY)
    assert [Surface.USERPHOTO_L, Surface.USERPHOTO_S] == [u.surface for u in step.seen.unseen]


async def test_a_general_word_does_not_follow_a_specific_one():
    """A surface that was throttled is not reported again with a more general reason."""
    step = step_run(context(), workspace())
    step.cannot_see(Surface.USERPHOTO_L, WHY, Reason.THROTTLED)
    step.missed(Surface.USERPHOTO_L, message("Nothing came."))
    step.missed(Surface.USERPHOTO_S, message("Nothing came."))
    assert [Reason.THROTTLED, None] == [u.reason for u in step.seen.unseen]


async def test_the_page_is_named():
    """A step for a page records the page's URL; any other step records none."""
    step = step_run(context(pages=(PAGE,)), workspace())
    step.on_page(0).cannot_see(Surface.PROFILE_CARD, WHY)
    step.cannot_see(Surface.USERPHOTO_L, WHY)
    assert [PAGE, None] == [u.page_url for u in step.seen.unseen]
