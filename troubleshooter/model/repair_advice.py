"""Says what was not found on a page, and how whoever runs the product can repair that: with a selector of their own."""

from __future__ import annotations

from troubleshooter.model.message import Message, message


def repairable(problem: Message, *ids: str) -> Message:
    """Return `problem` with the advice to add a selector.

    Args:
        ids: what has to be found, by the ids of the locators.
    """
    return message(
        "{problem} If the page was redesigned, add a CSS selector for {id} to locators.toml beside the tenant file "
        "(README, “When a page has changed”).",
        problem=problem,
        id=", ".join(ids),
    )


_TEMPLATE = repairable(Message(text="")).template


def advice_in(note: Message) -> Message | None:
    """Return the advice in a note that `repairable` made, without the problem; None if it is another note."""
    if note.template != _TEMPLATE:
        return None
    return message(
        "If the page was redesigned, add a CSS selector for {id} to locators.toml beside the tenant file "
        "(README, “When a page has changed”).",
        id=note.args["id"],
    )
