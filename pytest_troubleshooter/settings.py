"""Reads the plugin's options, and turns what a test asks into a check that is ready to start."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, TypedDict

from pytest_troubleshooter.failures import plain_failure
from pytest_troubleshooter.options import OPTIONS, Chosen, is_sandbox
from scenarios import SCENARIOS
from troubleshooter.batch.request import VerifyRequest
from troubleshooter.cli.options import merged
from troubleshooter.errors import InputError
from troubleshooter.run.options import declared, validated
from troubleshooter.run.prepared import PreparedRun, check, prepare
from troubleshooter.run.request import RunRequest, RunSettings
from troubleshooter.tenant.open import opened
from troubleshooter.tenant.tenant import Tenant

_SCENARIO = "photo-differs"
_NOT_HERE = {"photo", "strict", "allow_changes", "also_profile", "find_pages"}
"""Settings of a run that a check in a test does not have."""


class Asked(TypedDict, total=False):
    """What a test asks of a check, beside the user; each has its default in the marker `photo`."""

    account: str
    """The account of the tenant file that signs in. Default: `--photo-as`."""
    page: str
    """A page where the photo must be right."""
    pages: Sequence[str]
    """Several of them. Default: `--photo-page`."""
    expect: Path | str
    """The photo that everybody should see: a picture file, relative to the test's file."""
    changed_at: datetime | str
    """When the photo was changed."""
    surfaces: str | Sequence[str]
    """Where to look, as `--surfaces`."""
    ticket: str
    """Text for the top of the report."""


@dataclass(frozen=True)
class Settings:
    """What all checks of this process have in common."""

    tenant: Tenant
    spec: str
    """What names the tenant."""
    run: RunSettings
    account: str | None
    pages: tuple[str, ...]
    rate: float

    def prepared(self, account: str | None) -> PreparedRun:
        """Return a check of nobody in particular with an account; its secrets are read.

        Raises:
            InputError: there is no such account, or a secret of it is missing.
        """
        return prepare(self._request({"account": account or self.account}), self.tenant, SCENARIOS)

    def for_user(self, prepared: PreparedRun, subject: str | None, asked: Asked) -> PreparedRun:
        """Return the check of one user.

        Raises:
            InputError: something that is asked is wrong.
        """
        values: dict[str, Any] = {name: value for name, value in asked.items() if value is not None}
        pages = [*values.pop("pages", ()), *([values.pop("page")] if "page" in values else [])] or self.pages
        request = self._request({**values, "account": prepared.account, "subject": subject, "pages": tuple(pages)})
        given = check(request, self.tenant, SCENARIOS)
        return replace(prepared, request=request, subject=given.subject, pages=given.pages)

    def _request(self, values: Mapping[str, object]) -> RunRequest:
        base = self.run.model_dump(exclude=_NOT_HERE)
        return validated(RunRequest, {**base, "scenario": _SCENARIO, "tenant": self.spec, **values})


@contextmanager
def opened_tenant(chosen: Chosen) -> Iterator[Tenant]:
    """Yield the tenant that is named; a sandbox runs until exit."""
    with ExitStack() as stack:
        with failing_plainly():
            if "tenant" not in chosen:
                raise InputError("--tenant", "name the tenant file, or sandbox; or set photo_tenant in the ini file")
            tenant = stack.enter_context(opened(str(chosen["tenant"])))
        yield tenant


def settings_of(chosen: Chosen, tenant: Tenant) -> Settings:
    """Return the settings of all checks.

    Raises:
        InputError: an option is wrong.
    """
    known = declared(RunSettings)
    found = {option.name: os.environ.get(option.variable) for option in known}
    given: dict[str, Any] = {name: value for name, value in found.items() if value}
    given |= {option.name: chosen[option.key] for option in known if option.key in chosen}
    run = validated(RunSettings, {**merged(given, tenant.options, tenant.file), "non_interactive": True})
    many = validated(VerifyRequest, {"rate": chosen["rate"]} if "rate" in chosen else {})
    account = str(chosen["as"]) if "as" in chosen else None
    pages = chosen.get("page", ())
    assert isinstance(pages, list | tuple)
    spec = tenant.file if not is_sandbox(tenant.file) else str(chosen.get("tenant", tenant.file))
    return Settings(tenant, spec, run, account, tuple(pages), many.rate)


@contextmanager
def failing_plainly() -> Iterator[None]:
    """Let a test fail with one line where an option is wrong, because the lines of this file would say nothing."""
    try:
        yield
    except InputError as error:
        keys = [f"--{option.key}" for option in OPTIONS]
        where = error.where.replace("--", "--photo-", 1) if error.where in keys else error.where
        raise plain_failure(f"{where}: {error.what}") from None
