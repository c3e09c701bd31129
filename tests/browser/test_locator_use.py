"""What a run knows about locators."""

import asyncio
from dataclasses import replace

from troubleshooter.browser.locator_use import LocatorUse, locators, using
from troubleshooter.model.locators import FoundBy, LocatorDefinition, LocatorMatch

BUTTON = LocatorDefinition("page.button", "a button", "fact", "A", ("#one", "#two"), ("footer button",))
OTHER = LocatorDefinition("page.other", "another", "fact", "A", ("#other",))


def test_repairs_are_tried_first():
    """A repair precedes the catalogue's selectors, and what relies on structure comes last."""
    use = LocatorUse({"page.button": ("#repaired",)})
    assert ("#repaired", "#one", "#two", "footer button", "#other") == use.selectors((BUTTON, OTHER))
    assert ("#repaired", "#one", "#two") == use.documented(BUTTON)
    assert "#one, #two, footer button" == LocatorUse().css(BUTTON)


def test_a_match_says_by_what_and_what_missed():
    """The kind of the selector that matched is noted, with the more trusted ones that did not."""
    use = LocatorUse({"page.button": ("#repaired",)})
    use.found((OTHER, BUTTON), "#two")
    use.found(OTHER, "#other")
    button, other = use.matches
    missed = ("#repaired", "#one")
    assert LocatorMatch(id="page.button", by=FoundBy.LOCATOR, selector="#two", position=2, missed=missed) == button
    assert LocatorMatch(id="page.other", by=FoundBy.LOCATOR, selector="#other", position=0) == other
    use.found(BUTTON, "#repaired")
    use.found(OTHER, "no selector of it")
    assert [FoundBy.REPAIR, FoundBy.LOCATOR] == [match.by for match in use.matches]
    use = LocatorUse()
    use.found(BUTTON, "footer button")
    assert FoundBy.STRUCTURE is use.matches[0].by


def test_a_selector_that_matched_anywhere_is_not_said_to_have_missed():
    """Where several selectors match in several places, each counts, in any order; the most trusted one stands first."""
    for order in (("#one", "#two"), ("#two", "#one")):
        use = LocatorUse()
        for selector in order:
            use.found(BUTTON, selector)
        use.found_by_structure(BUTTON)
        assert [("#one", FoundBy.LOCATOR, (), ("#two",))] == [(m.selector, m.by, m.missed, m.also) for m in use.matches]


def test_what_is_looked_for_at_once_misses_nothing():
    """Where selectors are not tried in turn, one that was found says nothing about the more trusted ones."""
    use = LocatorUse()
    use.found(replace(BUTTON, in_turn=False), "#two")
    assert ("#two", 1, ()) == (use.matches[0].selector, use.matches[0].position, use.matches[0].missed)


def test_what_was_found_counts_more_than_what_was_not():
    """A locator that is looked for in several places is missed only if it was found in none."""
    use = LocatorUse()
    use.missed((BUTTON, OTHER))
    use.found(BUTTON, "#one")
    use.missed(BUTTON)
    use.found_by_structure(OTHER)
    assert {"page.button": FoundBy.LOCATOR, "page.other": FoundBy.STRUCTURE} == {m.id: m.by for m in use.matches}
    assert ("#other",) == use.matches[1].missed


async def test_runs_side_by_side_have_one_each():
    """What one run finds is not noted in another that is performed at the same time."""

    async def run(selector: str) -> tuple[LocatorMatch, ...]:
        with using(LocatorUse()) as use:
            await asyncio.sleep(0)
            await asyncio.create_task(look(selector))
            return use.matches

    async def look(selector: str) -> None:
        locators().found(BUTTON, selector)

    first, second = await asyncio.gather(run("#one"), run("#two"))
    assert (["#one"], ["#two"]) == ([m.selector for m in first], [m.selector for m in second])
    assert () == locators().matches
