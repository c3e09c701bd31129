"""Defines sentences that can be translated."""

from __future__ import annotations

from typing import Any, Self

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """Base class of the records: immutable, and ignores unknown fields."""

    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True)


class Message(Frozen):
    """A sentence in English that can be translated later."""

    text: str
    """The sentence in English."""
    template: str = ""
    """The sentence with `{names}` in place of what varies: its key in the catalogues."""
    args: dict[str, str] = {}
    """The values of the names in `template`."""
    parts: dict[str, Message] = {}
    """The values that are sentences themselves, and translated as such; `args` has each of them in English."""

    @classmethod
    def from_message(cls, said: Message, **fields: Any) -> Self:  # noqa: ANN401 - each subclass has its own fields
        """Return `said` as an instance of this class, with the other `fields` of the class."""
        return cls(text=said.text, template=said.template, args=said.args, parts=said.parts, **fields)


def message(template: str, **args: object) -> Message:
    """Return the sentence that `template` makes of `args`. The catalogue test finds templates by the name `message`.

    An argument that is words, and not a name, an address or a number, has to be a message: it is then translated, too.
    """
    parts = {name: value for name, value in args.items() if isinstance(value, Message)}
    values = {name: value.text if isinstance(value, Message) else str(value) for name, value in args.items()}
    return Message(text=template.format(**values), template=template, args=values, parts=parts)
