"""What a run against a fault should find: for rehearsals and measurements, never for the product."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Ends:
    """How a run ends that says the truth about a fault."""

    verdict: str
    """As the product words it."""
    cause: str | None = None
    """Id of the cause that was planted; None where none of the known ones was."""
    reason: str | None = None
    """Why the verdict is what it is, for those that need a reason."""
    colleague: str | None = None
    """The verdict in a colleague's session where it is another."""
    told_to: tuple[str, ...] = ("own", "colleague")
    """Whose session can see it at all: `own`, `colleague`; to the others the tenant looks healthy."""
    expect: bool = False
    """Whether it can be told only by holding everything against the photo that the user wants to have."""
    changed: timedelta | None = None
    """How long ago the user changed the photo, where only that tells this cause from another."""
    surfaces: tuple[str, ...] = ()
    """Surfaces without which it can't be seen."""

    saw: str = ""
    """The fault under which a browser profile saw the tenant before, with a copy of which this one is looked at."""

    def verdict_for(self, role: str) -> str:
        """The verdict that `own` or `colleague` should get."""
        if role not in self.told_to:
            return "in-sync"
        return (self.colleague if role == "colleague" else None) or self.verdict
