"""The pytest plugin: `def test_ana(photo_check): assert photo_check("ana@contoso.com").in_sync`. See docs/pytest.md.

pytest loads this file wherever the product is installed, also for tests that check no photo. So nothing of the product
is imported before a fixture needs it: that takes time, and it changes the environment (`troubleshooter/__init__.py`).
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from pytest_troubleshooter.failures import add_to_failure
from pytest_troubleshooter.options import Chosen, add_options, header
from pytest_troubleshooter.result import RESULTS, CannotTell, CheckFailed, NotLetIn, PhotoResult
from pytest_troubleshooter.run_name import name_the_run, pass_on_name

if TYPE_CHECKING:
    from pytest_troubleshooter.checks import PhotoCheck
    from pytest_troubleshooter.sessions import PrivateSession, Sessions
    from troubleshooter.tenant.tenant import Tenant

__all__ = ["CannotTell", "CheckFailed", "NotLetIn", "PhotoResult"]

_MARKER = (
    "photo(account=None, page=None, pages=(), expect=None, changed_at=None, surfaces=None, ticket=None): "
    "what photo_check uses in this test unless the call says otherwise."
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options and their twins in the ini file."""
    add_options(parser)


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker, and name the folder of this run."""
    config.addinivalue_line("markers", _MARKER)
    name_the_run(config)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:  # noqa: ANN401 - pytest-xdist's type, which may not be installed
    """Let the workers of pytest-xdist write into the same folder."""
    pass_on_name(node.config, node.workerinput)


def pytest_report_header(config: pytest.Config) -> list[str]:
    """Say where photos are checked, and how often an account signs in."""
    return header(config)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Add to the report of a failed test what was seen of the photos that are not in sync."""
    report = yield
    results = item.stash.get(RESULTS, None)
    if results and report.when == "call" and report.failed:
        add_to_failure(report, results)
    return report


@pytest.fixture(scope="session")
def tenant(pytestconfig: pytest.Config) -> Iterator[Tenant]:
    """Return the tenant that `--photo-tenant` names."""
    from pytest_troubleshooter.settings import opened_tenant  # noqa: PLC0415

    with opened_tenant(Chosen(pytestconfig)) as found:
        yield found


@pytest.fixture(scope="session")
def photo_sessions(pytestconfig: pytest.Config, tenant: Tenant) -> Iterator[Sessions]:
    """Return the signed-in sessions of this process, by account. For the other fixtures."""
    from pytest_troubleshooter.sessions import opened_sessions  # noqa: PLC0415

    with opened_sessions(pytestconfig, tenant) as sessions:
        yield sessions


@pytest.fixture(scope="session")
def private_session(photo_sessions: Sessions) -> PrivateSession:
    """Return the private session of the account that `--photo-as` names, signed in; all tests of a worker share it."""
    from pytest_troubleshooter.sessions import signed_in  # noqa: PLC0415

    return signed_in(photo_sessions, None)


@pytest.fixture
def photo_check(request: pytest.FixtureRequest, photo_sessions: Sessions) -> PhotoCheck:
    """Return what checks a user's photo: `photo_check("ana@contoso.com", page="https://…").in_sync`."""
    from pytest_troubleshooter.checks import check_for  # noqa: PLC0415

    return check_for(request, photo_sessions)
