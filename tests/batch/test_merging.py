"""Parts of a list are joined in any order; what is repeated or missing is said."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from troubleshooter.batch.acceptances import Acceptances, KnownDifference, as_json
from troubleshooter.batch.journal import Journal
from troubleshooter.batch.journal_schema import JOURNAL
from troubleshooter.batch.merging import Merged, merged
from troubleshooter.batch.parts import read_parts
from troubleshooter.errors import InputError
from troubleshooter.model.batch_records import ChangedSince, Depth, EndedBy
from troubleshooter.redaction.redactor import Redactor

from .made import NOON, journal, result, resumed, rows, upn
from .stored import stored


def shard(folder: Path, number: int, of: int = 3, users: int = 6, name: str = "", **fields: Any) -> Path:
    """Write the folder of one part, in which every third user is out of sync."""
    mine = range(number, users + 1, of)
    results = [
        result(n, "out-of-sync" if n % 3 == 0 else "in-sync", causes=("C1",) if n % 3 == 0 else ()) for n in mine
    ]
    return stored(folder / (name or f"shard-{number}"), results, shard=f"{number}/{of}", **fields)


def joined(*folders: Path) -> Merged:
    """Join the parts in these folders."""
    return merged(read_parts(folders), "merged")


def test_parts_in_any_order_make_the_same(tmp_path: Path):
    """Results are in the list's order, and the summary is that of the whole list."""
    parts = [shard(tmp_path, n) for n in (1, 2, 3)]
    found = [joined(*order) for order in itertools.permutations(parts)]
    assert {found[0].summary.model_dump_json()} == {one.summary.model_dump_json() for one in found}
    whole = found[0]
    assert [upn(n) for n in range(1, 7)] == [one.result.upn for one in whole.chosen]
    assert (6, {"C1": 2}, None, (), EndedBy.DONE) == (
        whole.summary.total,
        whole.summary.causes,
        whole.summary.shard,
        whole.summary.missing,
        whole.summary.ended_by,
    )
    assert ((), "merged", ("helpdesk",)) == (whole.notes, whole.summary.id, whole.summary.accounts)


def test_the_whole_run_began_and_ended_with_its_parts(tmp_path: Path):
    """The first beginning and the last end count; requests, changes and slow-downs are added up."""
    one = stored(
        tmp_path / "a",
        [result(1, "no-photo", requests=3, changed=ChangedSince.NEW)],
        shard="1/2",
        throttled=2,
        baseline="x",
    )
    later = {"started": NOON + timedelta(hours=1), "ended": NOON + timedelta(hours=9)}
    two = stored(tmp_path / "b", [result(2, requests=4)], shard="2/2", throttled=1, baseline="x", **later)
    found = joined(one, two).summary
    assert (NOON, NOON + timedelta(hours=9), 7, 3) == (found.started, found.ended, found.requests, found.throttled)
    assert (1, "x") == (found.changed.new, found.baseline)


def test_folders_that_contain_parts(tmp_path: Path):
    """Parts are found below the folders, as artifacts are downloaded; one that is named twice counts once."""
    for n in (1, 2, 3):
        shard(tmp_path / f"artifact-{n}" / "reports", n)
    assert 6 == len(joined(tmp_path).chosen)
    assert 6 == len(joined(tmp_path, tmp_path / "artifact-1").chosen)


def test_a_repeated_part(tmp_path: Path):
    """Of a part that is there twice, each user's newest result counts, and it is said."""
    shard(tmp_path, 1, 1, 4)
    again = [
        result(1, "out-of-sync", finished=NOON + timedelta(days=1)),
        result(2, "out-of-sync", finished=NOON - timedelta(days=1)),
    ]
    stored(tmp_path / "again", again, shard="1/1", total=4, ended_by=EndedBy.INTERRUPTED)
    found = joined(tmp_path)
    assert ["out-of-sync", "in-sync", "out-of-sync", "in-sync"] == [one.result.verdict for one in found.chosen]
    assert (
        "shard 1/1 is there 2 times: again, shard-1",
        "users checked more than once: 2; the newest result counts (with a different verdict: 2)",
    ) == found.notes
    assert (4, EndedBy.DONE, ()) == (found.summary.total, found.summary.ended_by, found.summary.missing)


def test_a_part_that_nobody_has(tmp_path: Path):
    """It is named, and so are users of the other parts without a result."""
    for n in (2, 3):
        shard(tmp_path, n)
    found = joined(tmp_path)
    assert (("shard 1/3",), 4) == (found.summary.missing, found.summary.total)
    assert ("missing: shard 1/3",) == found.notes


def dead_shard(folder: Path) -> Path:
    """Leave the folder of a part that was killed after it had finished one of three users."""
    stored(folder, [], shard="1/1", total=3, ended=None, ended_by=EndedBy.CRASHED)
    (folder / "results.jsonl").unlink()
    with journal(folder) as kept:
        kept.finish(upn(1), kept.lease("a").fence, result(1))
        kept.lease("a")
    return folder


def test_a_part_that_died(tmp_path: Path):
    """Its results are those of its journal, which is not changed; users without one are named."""
    before = (dead_shard(tmp_path / "dead") / JOURNAL).read_bytes()
    found = joined(tmp_path)
    assert [upn(1)] == [one.result.upn for one in found.chosen]
    assert ((upn(2), upn(3)), 3, EndedBy.CRASHED) == (
        found.summary.missing,
        found.summary.total,
        found.summary.ended_by,
    )
    assert before == (tmp_path / "dead" / JOURNAL).read_bytes()
    with resumed(tmp_path / "dead") as kept:
        assert [2, 0, 1, 0] == list(kept.counts().values())


def test_a_part_that_died_and_was_repeated(tmp_path: Path):
    """The completed repetition makes it whole, whatever the first one lacked."""
    dead_shard(tmp_path / "dead")
    shard(tmp_path, 1, 1, 3, "again")
    found = joined(tmp_path)
    assert ((), 3, EndedBy.DONE) == (found.summary.missing, found.summary.total, found.summary.ended_by)


def test_a_part_that_ended_early_without_a_journal(tmp_path: Path):
    """How many users have no result is said where nobody can name them."""
    stored(tmp_path / "a", [result(1)], shard="1/1", total=5, ended_by=EndedBy.DEADLINE)
    found = joined(tmp_path)
    assert (("4 users of parts that ended early",), 5) == (found.summary.missing, found.summary.total)
    assert EndedBy.DEADLINE is found.summary.ended_by


def test_a_part_that_is_still_running(tmp_path: Path):
    """Its journal cannot be read until it has ended."""
    dead_shard(tmp_path / "dead")
    with resumed(tmp_path / "dead"), pytest.raises(InputError, match="another process is working on this run"):
        joined(tmp_path)


def test_the_same_list_again(tmp_path: Path):
    """A run of some users of a list joins the run of all: their newest results count, and nobody is missing."""
    stored(tmp_path / "all", [result(n, "out-of-sync") for n in range(1, 5)])
    stored(tmp_path / "some", [result(n, finished=NOON + timedelta(days=1)) for n in (2, 4)])
    found = joined(tmp_path)
    assert ["out-of-sync", "in-sync", "out-of-sync", "in-sync"] == [one.result.verdict for one in found.chosen]
    assert ((), 4) == (found.summary.missing, found.summary.total)


def test_different_whole_lists(tmp_path: Path):
    """Their users follow one another, list by list, with numbers of their own."""
    stored(tmp_path / "b", [result(1), result(2)], started=NOON + timedelta(hours=1))
    stored(tmp_path / "a", [result(1).model_copy(update={"upn": "x@contoso.com"})])
    found = joined(tmp_path)
    assert [(1, "x@contoso.com"), (2, upn(1)), (3, upn(2))] == [(r.result.number, r.result.upn) for r in found.chosen]


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"shard": "2/4"}, "is one of 4 parts, but .*shard-1 is one of 3 parts; expected parts of one split"),
        ({"shard": None}, "shard-1: is one of 3 parts, but .*other is a whole list"),
        (
            {"shard": "2/3", "tenant": "Fabrikam"},
            "is of tenant Fabrikam, but .*shard-1 is of tenant Contoso; expected runs of one tenant",
        ),
        ({"shard": "0/3"}, r"summary\.json: shard: '0/3' is not a part"),
    ],
)
def test_parts_that_do_not_belong_together(fields: dict[str, Any], why: str, tmp_path: Path):
    """Parts of another split or tenant are refused."""
    shard(tmp_path, 1)
    stored(tmp_path / "other", [result(2)], **fields)
    with pytest.raises(InputError, match=why):
        joined(tmp_path)


def test_parts_of_different_lists(tmp_path: Path):
    """The same number for two users is refused."""
    stored(tmp_path / "a", [result(1)], shard="1/2")
    stored(tmp_path / "b", [result(1).model_copy(update={"upn": "x@contoso.com"})], shard="2/2")
    with pytest.raises(InputError, match=r"user 1 of the list is x@contoso\.com, but user1@contoso\.com in"):
        joined(tmp_path)


def test_parts_of_different_lists_or_splits(tmp_path: Path):
    """Parts that share no number may be of different lists all the same: users of either would be missing unseen."""
    stored(tmp_path / "a", [result(1)], shard="1/2", split="one")
    stored(tmp_path / "b", [result(2)], shard="2/2", split="other")
    with pytest.raises(InputError, match="expected parts of the same list, split in the same way"):
        joined(tmp_path)


def test_a_part_that_died_keeps_what_is_accepted(tmp_path: Path):
    """Its difference is as known as it was; nothing is said of what has changed since a baseline."""
    dead, today = tmp_path / "dead", datetime.now(UTC).date()
    stored(dead, [], shard="1/1", total=2, ended=None, ended_by=EndedBy.CRASHED, baseline="before")
    (dead / "results.jsonl").unlink()
    known = KnownDifference(line=2, upn=upn(1), reason="leaves in May", until=today)
    inputs = {"accepted": as_json(Acceptances({upn(1): (known,)}), Redactor())}
    with Journal.create(dead / JOURNAL, rows(2), inputs, Depth.QUICK, Redactor()) as kept:
        for number in (1, 2):
            kept.finish(upn(number), kept.lease("a").fence, result(number, "out-of-sync"))
    found = joined(tmp_path)
    assert [True, False] == [one.result.accepted for one in found.chosen]
    assert found.summary.baseline is None


def test_folders_without_runs(tmp_path: Path):
    """A folder that has no run, and one that is not there, are refused."""
    with pytest.raises(InputError, match="has no run of many users"):
        joined(tmp_path)
    with pytest.raises(InputError, match="No such file"):
        joined(tmp_path / "nowhere")
