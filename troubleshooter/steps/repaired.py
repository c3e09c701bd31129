"""Decides what counts of what repairs and a page's structure found: they may match a neighbor."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from troubleshooter.identity.match import SortedCards
from troubleshooter.identity.photo_address import account_in
from troubleshooter.model.enums import Reason, Surface
from troubleshooter.model.message import Message, message
from troubleshooter.pages.avatars import AvatarElement
from troubleshooter.pages.canvas import WebPart
from troubleshooter.pages.find import FoundElement
from troubleshooter.pages.regions import Region
from troubleshooter.steps.step_run import StepRun


def shows_account(
    step: StepRun, button: FoundElement, avatars: Sequence[AvatarElement], surface: Surface, *, proved: bool
) -> bool:
    """Return whether the only one of `avatars` in `button` is the account's; note it if nothing says so.

    What a documented mark finds is the account's by its place. Of what a repair or the page's structure finds, the
    address has to say whose it is.

    Args:
        proved: whether something else proves it, such as the panel that the button opened.
    """
    by_structure = button.definition is not None and button.by_structure
    if not (button.repaired or by_structure):
        return True
    named = account_in(avatars[0].url)
    mine = step.who.addresses if step.context.as_subject else {step.context.username.lower()}
    if len(avatars) == 1 and (named in mine if named else proved):
        return True
    step.cannot_see(surface, _unproved(button), Reason.SUBJECT_NOT_IDENTIFIED)
    return False


def _unproved(button: FoundElement) -> Message:
    """Return the note about a picture of which nothing says that it is the account's."""
    if not button.repaired:
        return message(
            "The account button was found by its place alone, and nothing proves that its picture is the account’s."
        )
    id_ = button.definition.id if button.definition else ""
    return message(
        "A selector of locators.toml for {id} found this picture, and nothing proves that it is the account’s.", id=id_
    )


def trusted(
    region: Region, part: WebPart | None, avatars: Sequence[AvatarElement], found: SortedCards
) -> tuple[list[tuple[int, str]], list[int]]:
    """Return the subject's avatars, with the evidence, and those of which a profile card has to say whose they are.

    If a repair found the region, and the page's data does not know it, the region may be any part of the page, where a
    link to the subject may stand beside any picture.

    Args:
        part: the page's own data about the region, if there is any.
    """
    if not region.repaired or part is not None:
        return list(found.mine), list(found.unknown)
    weak = [index for index, how in found.mine if how != "photo-address" and not avatars[index].persona]
    return [row for row in found.mine if row[0] not in weak], [*found.unknown, *weak]


def is_shown_alone(avatars: Sequence[AvatarElement], mine: Collection[str]) -> bool:
    """Return whether there is one avatar only, or the account in the address of each is the subject's."""
    return len(avatars) == 1 or all(account_in(avatar.url) in mine for avatar in avatars)
