"""Sentences that can be written in more than one language."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """A record that nobody changes after it was made."""

    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True)


class Message(Frozen):
    """A sentence that can be said again in another language."""

    text: str
    """The sentence in English."""
    template: str = ""
    """The same with `{names}` in place of what varies: the catalogue's key."""
    args: dict[str, str] = {}
    """What stands in the places of `template`."""


def message(template: str, **args: object) -> Message:
    """Return the sentence that `template` makes of `args`. Translators find the templates by this call's name."""
    words = {name: str(value) for name, value in args.items()}
    return Message(text=template.format(**words), template=template, args=words)
