"""Makes plausible results of a run of many users from a seed: who is in sync, who is not and why, who is accepted."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from random import Random

from PIL import Image, ImageDraw

from troubleshooter.model.batch_records import (
    Acceptance,
    ChangeCounts,
    ChangedSince,
    Depth,
    EndedBy,
    Summary,
    UserResult,
)
from troubleshooter.model.enums import Reason, Verdict
from troubleshooter.model.message import Message, message

START = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)
PAGES = tuple(f"https://contoso.sharepoint.com/sites/{site}/SitePages/Team.aspx" for site in ("News", "Sales", "HR"))
FIRST = (
    *("Ana", "Ion", "Ștefan", "Zoë", "Mihai", "Jürgen", "Søren", "Łukasz", "Maria", "İlker", "Chloé", "Elena"),
    *("Andrei", "Ioana", "Radu", "Noa", "שירה", "محمد", "志強", "Ольга"),
)
LAST = (
    *("Popescu", "Ionescu", "Țurcanu", "O’Brien", "Müller", "Ångström", "Nowak", "Smith", "Dumitrescu", "Kovács"),
    *("García", "Rusu", "כהן", "العلي", "陳", "Иванова"),
)


@dataclass(frozen=True)
class Kind:
    """A way in which a user's photo may be out of sync, and how it ends."""

    weight: int
    verdict: Verdict
    causes: tuple[str, ...]
    note: Message
    placeholder: bool = False


KINDS = (
    Kind(30, Verdict.OUT_OF_SYNC, ("C1",), message("SharePoint and Microsoft 365 show different photos.")),
    Kind(
        14,
        Verdict.OUT_OF_SYNC,
        ("C2",),
        message("SharePoint shows no photo, although there is one in Microsoft 365."),
        placeholder=True,
    ),
    Kind(8, Verdict.OUT_OF_SYNC, ("C3", "C1", "C4"), message("SharePoint and Microsoft 365 show different photos.")),
    Kind(8, Verdict.OUT_OF_SYNC, ("C5",), message("SharePoint and Microsoft 365 show different photos.")),
    Kind(
        5,
        Verdict.OUT_OF_SYNC,
        ("C6", "C14"),
        message("SharePoint shows no photo, although there is one in Microsoft 365."),
        placeholder=True,
    ),
    Kind(5, Verdict.OUT_OF_SYNC, ("C15",), message("Not all places show the same photo.")),
    Kind(3, Verdict.OUT_OF_SYNC, ("C20",), message("Not all places show the same photo.")),
    Kind(
        12,
        Verdict.NO_PHOTO,
        ("C7",),
        message("Neither Microsoft 365 nor SharePoint shows a photo; they show initials or a silhouette instead."),
    ),
)
"""Eight kinds of faults; each has its weight in a hundred, and the rest cannot be told."""
REASONS = (
    Reason.SUBJECT_NOT_ON_PAGE,
    Reason.IMAGES_NOT_SETTLED,
    Reason.USER_NOT_FOUND,
    Reason.NO_REFERENCE,
    Reason.PAGE_FORBIDDEN,
)


@dataclass(frozen=True)
class Made:
    """A run of many users."""

    summary: Summary
    results: tuple[UserResult, ...]


def made(
    count: int,
    seed: int = 1,
    *,
    faults: float = 0.1,
    folder: Path | None = None,
    troubled: bool = True,
    baseline: str | None = "20261120T200000Z-verify",
) -> Made:
    """Return a run of `count` users.

    Args:
        faults: the share of users who are not in sync.
        folder: a folder to write the pictures and the runs' reports to; None writes nothing.
        troubled: whether users were set aside, acceptances expired, results are flaky, and the service asked to wait.
        baseline: the name of the earlier run; None if there is none.
    """
    dice = Random(seed)
    results = [_result(number, dice, faults, baseline) for number in range(1, count + 1)]
    if troubled:
        results = [_troubled(result, dice) for result in results]
    if folder is not None:
        _write_evidence(folder, results)
    return Made(summary_of(results, baseline=baseline, throttled=7 if troubled and count else 0), tuple(results))


def summary_of(results: Sequence[UserResult], **more: object) -> Summary:
    """Return the summary that fits `results`."""
    changes = Counter(result.changed for result in results if result.changed)
    usual = {
        "id": "20261122T200000Z-verify",
        "tenant": "Contoso",
        "sandbox": "lab",
        "accounts": tuple(sorted({result.account for result in results})),
        "started": START,
        "ended": START + timedelta(seconds=3 * len(results) + 1),
        "ended_by": EndedBy.DONE,
        "total": len(results),
        "counts": dict(Counter(result.verdict.value for result in results)),
        "causes": dict(Counter(result.causes[0] for result in results if result.causes and not result.good)),
        "changed": ChangeCounts(**{change.value: number for change, number in changes.items()}),
        "expired": tuple(r.upn for r in results if r.acceptance and r.acceptance.expired),
        "flaky": sum(result.flaky for result in results),
        "requests": sum(result.requests for result in results),
        "ticket": "INC-4711",
    }
    return Summary(**{**usual, **more})


def _result(number: int, dice: Random, faults: float, baseline: str | None) -> UserResult:
    first, last = dice.choice(FIRST), dice.choice(LAST)
    pages = (dice.choice(PAGES),) if dice.random() < 0.6 else ()
    good = UserResult(
        number=number,
        upn=f"user{number:05}@contoso.com",
        name=f"{first} {last}" if dice.random() < 0.9 else None,
        verdict=Verdict.IN_SYNC,
        depth=Depth.QUICK,
        account=("helpdesk", "helpdesk2")[number % 2],
        pages=pages,
        seconds=round(dice.uniform(0.1, 0.6), 3),
        requests=3,
        finished=START + timedelta(seconds=3 * number),
    )
    before = dice.random() if baseline else 1.0
    if dice.random() >= faults:
        return good.model_copy(update={"changed": ChangedSince.FIXED if before < 0.02 else None})
    closer = {"depth": Depth.FULL, "seconds": round(dice.uniform(8, 15), 3), "requests": 14}
    closer["run"] = f"runs/{number:05}-photo-differs"
    if baseline:
        closer["changed"] = (
            ChangedSince.STILL if before < 0.6 else dice.choice((ChangedSince.NEW, ChangedSince.CHANGED))
        )
    return good.model_copy(update={**closer, **_fault(number, dice)})


def _fault(number: int, dice: Random) -> dict[str, object]:
    """Return what makes a user's result bad, or uncertain."""
    at = dice.random() * 100
    for kind in KINDS:
        at -= kind.weight
        if at < 0:
            break
    else:
        return {"verdict": Verdict.INCONCLUSIVE, "reason": dice.choice(REASONS)}
    found: dict[str, object] = {"verdict": kind.verdict, "causes": kind.causes, "note": kind.note}
    if kind.verdict is Verdict.OUT_OF_SYNC:
        found |= {"placeholder": kind.placeholder, "score": round(dice.uniform(0.2, 0.6), 3), "limit": 0.07}
        found |= {"reference_shot": _shot(number, "source"), "copy_shot": _shot(number, "copy")}
    if kind.causes[0] in ("C1", "C3", "C5"):
        found["copied"] = START - timedelta(days=dice.randint(1, 400))
    return found


def _troubled(result: UserResult, dice: Random) -> UserResult:
    """Return `result`, or in some cases what makes a run hard to read."""
    if result.verdict is Verdict.IN_SYNC:
        return result.model_copy(update={"flaky": True, "attempts": 2}) if dice.random() < 0.003 else result
    chance = dice.random()
    if chance < 0.05:
        known = Acceptance(reason="Leaves the company at the end of the month", until=date(2026, 11, 30))
        return result.model_copy(
            update={"accepted": True, "acceptance": known, "changed": result.changed and ChangedSince.ACCEPTED}
        )
    if chance < 0.08:
        known = Acceptance(reason="Waits for a mailbox move (CHG-12)", until=date(2026, 11, 1), expired=True)
        return result.model_copy(update={"acceptance": known})
    if chance < 0.1:
        lost = {"verdict": Verdict.INCONCLUSIVE, "reason": Reason.CRASHED, "causes": (), "note": None, "run": None}
        lost |= {"reference_shot": None, "copy_shot": None, "score": None, "placeholder": False}
        return result.model_copy(update={**lost, "set_aside": True, "attempts": 2})
    return result


def _shot(number: int, side: str) -> str:
    return f"evidence/{sha256(f'{number} {side}'.encode()).hexdigest()}.png"


def _write_evidence(folder: Path, results: Sequence[UserResult]) -> None:
    """Write the pictures and the runs' reports that `results` name."""
    (folder / "evidence").mkdir(parents=True, exist_ok=True)
    faces = [_face(seed) for seed in range(24)]
    for number, result in enumerate(results):
        for side, shot in enumerate((result.reference_shot, result.copy_shot)):
            if shot:
                (folder / shot).write_bytes(faces[(number * 5 + side * 7) % len(faces)])
        if result.run:
            (folder / result.run).mkdir(parents=True, exist_ok=True)
            (folder / result.run / "index.html").write_text(f"<!doctype html><title>{result.upn}</title>", "utf-8")


def _face(seed: int) -> bytes:
    """Return a drawn portrait, 96 px wide, as a PNG file."""
    dice = Random(seed)
    wall, skin, hair, shirt = (tuple(dice.randint(low, low + 90) for _ in range(3)) for low in (130, 150, 20, 60))
    image = Image.new("RGB", (192, 192), wall)
    draw = ImageDraw.Draw(image)
    draw.ellipse((30, 140, 162, 280), fill=shirt)
    draw.ellipse((52, 28, 140, 140), fill=hair)
    draw.ellipse((62, 46, 130, 144), fill=skin)
    for x in (82, 110):
        draw.ellipse((x - 4, 86, x + 4, 94), fill=(30, 30, 30))
    draw.arc((82, 100, 110, 124), 20, 160, fill=(120, 40, 40), width=3)
    out = io.BytesIO()
    image.resize((96, 96), Image.Resampling.LANCZOS).save(out, "PNG")
    return out.getvalue()
