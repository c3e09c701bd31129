"""Every scenario, by id. To add one, add its file and a line here."""

from scenarios import add_photo, photo_differs, resync_photo
from troubleshooter.scenario import Scenario

SCENARIOS: dict[str, Scenario] = {
    scenario.id: scenario for scenario in (photo_differs.SCENARIO, add_photo.SCENARIO, resync_photo.SCENARIO)
}
