"""SharePoint's REST API gives its status, its JSON and the server's time, or nothing."""

from datetime import UTC, datetime

import pytest
from playwright.async_api import Error

from troubleshooter.pages.sharepoint_api import ApiResponse, get_json, rows_in


class Tab:
    """A fake tab in which every script returns or raises the same."""

    def __init__(self, gives):
        self._gives = gives
        self.asked = []

    async def evaluate(self, script, arguments):
        self.asked.append(arguments)
        if isinstance(self._gives, Exception):
            raise self._gives
        return self._gives


DATE = "Sun, 22 Nov 2026 10:41:00 GMT"
MOMENT = datetime(2026, 11, 22, 10, 41, tzinfo=UTC)


@pytest.mark.parametrize(
    ("gives", "expected"),
    [
        ({"status": 200, "date": DATE, "text": '{"a": 1}'}, ApiResponse("u", 200, {"a": 1}, MOMENT)),
        ({"status": 403, "date": DATE, "text": "<html>denied"}, ApiResponse("u", 403, None, MOMENT)),
        ({"status": 200, "date": "", "text": "[]"}, ApiResponse("u", 200, [], None)),
        ({"status": 200, "date": "yesterday", "text": ""}, ApiResponse("u", 200, None, None)),
        ({"status": 0, "date": "", "text": ""}, ApiResponse("u", 0, None, None)),
        (Error("the page was closed"), ApiResponse("u", 0, None)),
    ],
)
async def test_an_answer_is_what_came(gives, expected):
    """A response contains the status, JSON and server time as far as they arrived; a closed page gives none."""
    assert expected == await get_json(Tab(gives), "u", 2.5)


async def test_the_limit_is_passed_in_milliseconds():
    """The time limit is given in seconds and passed to the script in milliseconds."""
    tab = Tab({"status": 200, "date": "", "text": "{}"})
    await get_json(tab, "u", 2.5)
    assert [["u", 2500.0]] == tab.asked


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"value": [{"a": 1}, "x"]}, [{"a": 1}]),
        ({"d": {"results": [{"a": 1}]}}, [{"a": 1}]),
        ([{"a": 1}], [{"a": 1}]),
        ({"error": {}}, []),
        ("text", []),
        (None, []),
    ],
)
def test_rows_are_read_in_either_shape(data, expected):
    """Plain and verbose OData give the same rows; anything else gives none."""
    assert expected == rows_in(data)
