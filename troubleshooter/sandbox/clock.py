"""The sandbox's time: real time plus an offset that only grows."""

from datetime import UTC, datetime, timedelta


class Clock:
    """The tenant's time, which can be moved forward."""

    def __init__(self) -> None:
        self._offset = timedelta()

    def now(self) -> datetime:
        """Return the tenant's time, in UTC."""
        return datetime.now(UTC) + self._offset

    def advance(self, seconds: float) -> None:
        """Move the tenant's time forward.

        Raises ValueError for a negative step, because stores would then contain copies from the future.
        """
        if seconds < 0:
            raise ValueError(f"advance: {seconds}: the sandbox's time only moves forward, allowed: 0 or more seconds")
        self._offset += timedelta(seconds=seconds)

    def reset(self) -> None:
        """Return to real time."""
        self._offset = timedelta()
