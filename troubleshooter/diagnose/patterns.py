"""Finds tenant-wide causes in the pattern over many users: C4, C8, C14 and C26, which one user's evidence cannot show.

What the rules assume, and why they claim so little:

- **Base rate.** Causes that concern one user at a time (a late copy, an upload by hand, a wrong entry on a page)
  affect a minority in an ordinary tenant. A symptom that *most* users share therefore needs a common cause. So a cause
  is claimed only if the users who fit are more than half of those who could show it, and not by chance: the lower end
  of the 95 % interval of their share (Wilson) has to be above one half. With 20 users that takes 15, with 1,000 it
  takes 531. Users who are in sync through the same store count against it, so half of them always refute it.
- **Few users.** Below `LEAST` (20) users nothing is claimed, whatever they show: a handful of complaints has a
  handful of causes, and the interval says nothing about how the users were chosen.
- **Choice of users.** The interval holds for users who were not chosen because of the fault. A list of complaints shows
  the fault in everybody and proves nothing about the tenant; no rule can see that, so a caveat says it.
- **Independence.** One account that may not see the pictures makes all of its users look alike. So the majority has to
  hold for every account that checked enough users. A user who is listed twice counts once, as in sync if one result
  says so.
- **Time.** A change to all photos some hours ago looks exactly like C4 and C26: SharePoint copies at most once a day,
  and only for users who open it. So these two need times: the list's `changed_at`, or SharePoint's own times of its
  copies. A copy made in the last two days shows that copying works; one user in fifty may be such an exception.
- **Users without a photo** say nothing: in many companies, most people never upload one. A placeholder in SharePoint
  alone does not count as a fault of the service either, because SharePoint never fetched many users' photos.

No confidence is high. Whether the cause is true can be seen only in the setting itself, or in the service's health.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

from troubleshooter.diagnose.pattern_rules import LEAST, RULES, Claim
from troubleshooter.model.batch_records import Pattern, UserResult
from troubleshooter.model.enums import Confidence, Verdict
from troubleshooter.model.message import message

_Z = 1.96
"""Half the width of a 95 % interval, in standard deviations."""
_LEAST_OF_AN_ACCOUNT = 10
"""Users from which an account's own share counts."""
_SHOWN, _EXAMPLES = 100, 10
_RANK = {Confidence.HIGH: 0, Confidence.MEDIUM: 1, Confidence.LOW: 2}


def patterns(results: Sequence[UserResult]) -> tuple[Pattern, ...]:
    """Return the tenant-wide causes that `results` make likely, best first; usually none."""
    users = _one_for_each_user([result for result in results if not result.set_aside])
    claims = [claim for rule in RULES if (claim := rule(users)) is not None]
    found = [_pattern(claim) for claim in claims if _holds(claim)]
    return tuple(sorted(found, key=lambda pattern: _RANK[pattern.confidence]))


def more_than_half(fitting: int, seen: int) -> bool:
    """Return whether `fitting` of `seen` is above one half by more than chance; False for few users."""
    if seen < LEAST:
        return False
    share = fitting / seen
    middle = share + _Z**2 / (2 * seen)
    margin = _Z * sqrt(share * (1 - share) / seen + _Z**2 / (4 * seen**2))
    return (middle - margin) / (1 + _Z**2 / seen) > 0.5


def _one_for_each_user(results: Sequence[UserResult]) -> list[UserResult]:
    """Return one result for each user, in the list's order: one that is in sync, if there is any."""
    found: dict[str, UserResult] = {}
    for result in results:
        known = found.setdefault(result.upn.casefold(), result)
        if result.verdict is Verdict.IN_SYNC and known.verdict is not Verdict.IN_SYNC:
            found[result.upn.casefold()] = result
    return list(found.values())


def _holds(claim: Claim) -> bool:
    """Return whether most users fit: in total, and of those that each account checked."""
    if not more_than_half(sum(map(claim.fits, claim.seen)), len(claim.seen)):
        return False
    for account in {result.account for result in claim.seen}:
        own = [result for result in claim.seen if result.account == account]
        if len(own) >= _LEAST_OF_AN_ACCOUNT and sum(map(claim.fits, own)) <= len(own) / 2:
            return False
    return True


def _pattern(claim: Claim) -> Pattern:
    fitting = [result.upn for result in claim.seen if claim.fits(result)]
    others = dict.fromkeys(result.upn for result in (*claim.seen, *claim.exceptions) if not claim.fits(result))
    chosen = message("If the list was made from complaints, the pattern says nothing about users who are not in it.")
    return Pattern(
        cause=claim.cause,
        confidence=claim.confidence,
        fits=len(fitting),
        seen=len(claim.seen),
        evidence=claim.evidence,
        caveats=(*claim.caveats, chosen),
        against=len(others),
        contradicting=tuple(others)[:_SHOWN],
        examples=tuple(fitting[:_EXAMPLES]),
    )
