"""Every scenario, by its id. Adding one: its file, and a line here."""

from troubleshooter.scenarios import photo_differs

from troubleshooter.scenario import Scenario

SCENARIOS: dict[str, Scenario] = {one.id: one for one in (photo_differs.SCENARIO,)}
