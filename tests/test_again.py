"""A session that is lost midway without an error is signed in to once more, and the report says so."""

from __future__ import annotations

from pathlib import Path

from troubleshooter import browser, order, run, tenant


async def test_a_lost_session_is_signed_in_to_once_more(tmp_path: Path):
    """The run ends in sync, says on its step what happened, and the password went out twice in all."""
    with tenant.sandbox("signed-out-midway") as box:
        where = tenant.tenant_of(box)
        wanted = order.Order(
            "photo-differs", where, "sandbox:signed-out-midway", out=tmp_path, browser=browser.Options(timeout=30)
        )
        record = (await run.run(order.prepare(wanted))).record
        assert [True, True] == [one.right for one in box.journal.credentials]
    assert "in-sync" == record.verdict
    assert 1 == sum("signed in once more" in step.note.text for step in record.steps if step.note)
