"""Counts how often the service refused the pictures of one user while it answered for others."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Refusals:
    """The users whose quick checks one worker saw throttled."""

    most: int
    """After how many refusals a user is singled out."""
    _answered: int = 0
    _seen: dict[str, tuple[int, int]] = field(default_factory=dict)
    """How often each user was refused, and how many others had been answered by then."""

    def note_answered(self, users: int) -> None:
        """Count users who were not refused."""
        self._answered += users

    def is_singled_out(self, upn: str, *, alone: bool) -> bool:
        """Count one more refusal; return whether the service refuses this user again and again, though not others.

        Args:
            alone: whether nobody else was asked for, so that it can't be known whether others would be refused.
        """
        times, answered = self._seen.get(upn, (0, -1))
        if alone or self._answered > answered:
            times += 1
        self._seen[upn] = times, self._answered
        return times >= self.most
