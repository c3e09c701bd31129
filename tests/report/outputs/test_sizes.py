"""The measurement of the report's forms writes each of them as the product does."""

import pytest

from ...bench.report import FORMS, measured


@pytest.mark.browser
def test_every_form_is_measured():
    """The report, its PDF and its mail each have a size, which grows with the places, and a time."""
    few, more = measured(1), measured(4)
    assert tuple(few) == tuple(more) == FORMS
    assert all(form.size > 5_000 and form.seconds > 0 for form in more.values())
    assert [form for form in FORMS if more[form].size <= few[form].size] == []
