"""Begins a run of many users, or continues one: checks everything before anything runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from troubleshooter.batch.acceptances import Acceptances, as_json, read_acceptances
from troubleshooter.batch.from_page import check_from_page
from troubleshooter.batch.journal import Journal
from troubleshooter.batch.journal_schema import JOURNAL
from troubleshooter.batch.pool import usual_workers
from troubleshooter.batch.request import MANY, VerifyRequest
from troubleshooter.batch.selection import chosen, parse_only
from troubleshooter.batch.shards import Shard, durations_of, fingerprint, part
from troubleshooter.batch.stored_run import StoredRun, read_run
from troubleshooter.batch.user_list import UserList, read_users, require_same
from troubleshooter.batch.user_row import UserRow
from troubleshooter.errors import InputError
from troubleshooter.evidence.redacted import for_file
from troubleshooter.evidence.run_folder import RunFolder
from troubleshooter.model.batch_records import Depth
from troubleshooter.redaction.redactor import Redactor
from troubleshooter.run.options import declared
from troubleshooter.run.prepared import PreparedRun
from troubleshooter.run.request import RunRequest, RunSettings
from troubleshooter.tenant.tenant import Tenant

PrepareRun = Callable[[RunRequest], PreparedRun]
"""Returns a run that is ready to start; raises InputError if something in the request is wrong."""
_NAME = "verify"
SCENARIO = "photo-differs"
_CHANGEABLE = ("workers", "engine", "connect", "cdp", "rate", "max_failures")
"""Options that may differ when a run is continued: where, how fast, and until when."""
_OF_A_PERIOD = ("deadline", "watch")
"""Options that count until the process ends; whoever continues the run gives them again."""
_OF_A_PROCESS = ("resume", "run_dir", "yes", "sign_in_again")
"""Options about how the command is called, not about the run."""


@dataclass(frozen=True)
class Begun:
    """A run of many users that has a folder and a journal, and has checked nobody yet in this process."""

    folder: RunFolder
    journal: Journal
    redactor: Redactor
    request: VerifyRequest
    accounts: Mapping[str, PreparedRun]
    own: Mapping[str, PreparedRun]
    resumed: bool
    acceptances: Acceptances = field(default_factory=Acceptances)
    baseline: StoredRun | None = None
    """The earlier run with which this one is compared."""
    notes: tuple[str, ...] = ()
    """What to say before the start, a line each."""

    @property
    def unlisted(self) -> str | None:
        """Return the page from which the list is still to be made; None if there is a list."""
        return self.request.from_page if self.request.from_page and not self.journal.users() else None

    @property
    def tenant(self) -> Tenant:
        """Return the tenant."""
        return next(iter((*self.accounts.values(), *self.own.values()))).tenant

    @property
    def workers(self) -> int:
        """Return how many users are checked at a time."""
        return self.request.workers or usual_workers()


def given_users(request: VerifyRequest, tenant: Tenant) -> UserList:
    """Return the users that the list names.

    Raises:
        InputError: there is no list, or something in it is wrong.
    """
    if request.users is None:
        raise InputError("USERS.csv", "name the list of users, or a page with --from-page, or a run with --resume")
    return read_users(request.users, tenant)


def begin(request: VerifyRequest, settings: RunSettings, tenant: Tenant, prepare: PrepareRun) -> Begun:
    """Begin a run for the users of a list, or of a page that is still to be read.

    Raises:
        InputError: something in the request or the list is wrong; nothing was created.
    """
    users = None if request.from_page else given_users(request, tenant)
    if users is None:
        check_from_page(request, tenant)
    rows, split = _chosen(users.rows if users else (), request)
    beside = _beside(request)
    accounts, own, redactor = _accounts(request, settings, tenant, rows, prepare)
    folder = (
        RunFolder.at(request.run_dir, redactor)
        if request.run_dir
        else RunFolder.new(settings.out, _NAME, datetime.now(UTC), redactor)
    )
    inputs = _inputs(request, settings, redactor) | {"split": split, "accepted": as_json(beside[0], redactor)}
    depth = depth_for(request, len(rows))
    try:
        journal = Journal.create(folder.path / JOURNAL, rows, inputs, depth, redactor)
    except BaseException:
        folder.discard()
        raise
    notes = (*users.notes, *not_in_list(request, beside[0], users.rows)) if users else ()
    return Begun(folder, journal, redactor, request, accounts, own, False, *beside, notes)


def resume(path: Path, given: VerifyRequest, settings: RunSettings, tenant: Tenant, prepare: PrepareRun) -> Begun:
    """Continue the run in the folder `path`.

    Raises:
        InputError: there is none, it can't be continued, or something else is asked for than when it began.
    """
    journal = Journal.resume(path / JOURNAL, Redactor())
    try:
        request = VerifyRequest.model_validate(journal.inputs()["request"] | _asked_again(given))
        _require_same(path, given, request, tenant, journal)
        beside = _beside(request)
        accounts, own, redactor = _accounts(request, settings, tenant, journal.users(), prepare)
        if given.sign_in_again:
            journal.sign_ins.release({*accounts, *own})
    except BaseException:
        journal.close()
        raise
    return Begun(RunFolder(path, redactor), journal, redactor, request, accounts, own, True, *beside)


def _require_same(path: Path, given: VerifyRequest, request: VerifyRequest, tenant: Tenant, journal: Journal) -> None:
    """Refuse what differs from the command that began the run; what is the same may be given again, or left out.

    Raises:
        InputError: an option has another value, or the list is another one.
    """
    for option in declared(VerifyRequest):
        if option.name in given.model_fields_set - {*_CHANGEABLE, *_OF_A_PERIOD, *_OF_A_PROCESS, "users"}:
            now, before = (value.model_dump(mode="json")[option.name] for value in (given, request))
            if now != before:
                why = "was not given" if before in (None, [], False) else f"was {_said(before)}"
                raise InputError(option.flag, f"can't be changed when a run is resumed; in {path} it {why}")
    if given.run_dir and given.run_dir.resolve() != path.resolve():
        raise InputError("--run-dir", f"can't be changed when a run is resumed; that run is in {path}")
    if given.users and request.users is None:
        raise InputError("USERS.csv", f"can't be changed when a run is resumed; {path} has its users from a page")
    if given.users:
        rows = chosen_rows(read_users(given.users, tenant).rows, request)
        require_same(journal.users(), rows, given.users)


def _said(value: object) -> str:
    """Return the value of an option as people write it."""
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def depth_for(request: VerifyRequest, users: int) -> Depth:
    """Return how closely that many users are checked at first."""
    return Depth(request.depth) if request.depth else Depth.QUICK if users > MANY else Depth.FULL


def not_in_list(request: VerifyRequest, acceptances: Acceptances, rows: Iterable[UserRow]) -> tuple[str, ...]:
    """Return a line for each user with an accepted difference who is not in the list."""
    return tuple(f"{request.accept}: {upn} is not in the list" for upn in acceptances.not_in(row.upn for row in rows))


def chosen_rows(rows: tuple[UserRow, ...], request: VerifyRequest) -> tuple[UserRow, ...]:
    """Return the users of the list whom `--only` and `--shard` choose; nobody if there is no list yet.

    Raises:
        InputError: an option is wrong, or nobody is left.
    """
    if request.only and not request.earlier:
        raise InputError("--only", "chooses by the results of an earlier run; name it with --from DIR")
    return _chosen(rows, request)[0]


def _chosen(rows: tuple[UserRow, ...], request: VerifyRequest) -> tuple[tuple[UserRow, ...], str | None]:
    """Return the users whom `--only` and `--shard` choose, and what is the same for all parts of this split."""
    earlier, split = read_run(request.earlier) if request.earlier else None, None
    if request.only and earlier:
        listed, rows = rows, chosen(rows, parse_only(request.only), earlier.results)
        if listed and not rows:
            raise InputError("--only", f"nobody in the list is {request.only} in {request.earlier}; nothing to check")
    if request.shard:
        shard, durations = Shard.parse(request.shard), durations_of(earlier.results) if earlier else None
        split = fingerprint(rows, durations) if rows else None
        rows = part(rows, shard, durations)
        if not rows:
            raise InputError("--shard", f"{shard} is empty: the list is too short for so many parts")
    return rows, split


def _beside(request: VerifyRequest) -> tuple[Acceptances, StoredRun | None]:
    """Return what the results are held beside: known differences, and an earlier run."""
    acceptances = read_acceptances(request.accept) if request.accept else Acceptances()
    return acceptances, read_run(request.baseline) if request.baseline else None


def resumed_inputs(path: Path) -> Mapping[str, Any]:
    """Return the command line of the run in the folder `path`: `request` and `settings`.

    Raises:
        InputError: there is no run that can be continued.
    """
    return Journal.inputs_of(path / JOURNAL)


def _asked_again(given: VerifyRequest) -> dict[str, Any]:
    """Return what may differ when a run is continued: where, how fast, and from when on it ends."""
    again = {name: getattr(given, name) for name in _CHANGEABLE if name in given.model_fields_set}
    return again | {name: getattr(given, name) for name in _OF_A_PERIOD}


def _inputs(request: VerifyRequest, settings: RunSettings, redactor: Redactor) -> dict[str, Any]:
    """Return what the journal keeps of the command line.

    A ticket may contain anything, and is redacted. Nothing else is: a path, or a name, that happened to contain the
    letters of a short password would lead nowhere when the run is continued.
    """
    settings = settings.model_copy(update={"ticket": for_file(redactor, settings).ticket})
    return {
        "request": request.model_dump(mode="json", exclude={*_OF_A_PROCESS, *_OF_A_PERIOD}),
        "settings": settings.model_dump(mode="json", exclude={"out", "non_interactive", "sign", "timestamp"}),
    }


def request_of(account: str, tenant: str, settings: RunSettings) -> RunRequest:
    """Return the check of nobody in particular with an account; only the run of all users is signed."""
    plain = settings.model_dump(exclude={"photo", "allow_changes", "also_profile", "strict", "sign", "timestamp"})
    return RunRequest(**plain, scenario=SCENARIO, tenant=tenant, account=account)


def _accounts(
    request: VerifyRequest, settings: RunSettings, tenant: Tenant, rows: tuple[UserRow, ...], prepare: PrepareRun
) -> tuple[dict[str, PreparedRun], dict[str, PreparedRun], Redactor]:
    """Return the accounts that check users, those that rows name, and what keeps all of their secrets out of texts."""
    names = request.accounts or ((tenant.default_account,) if tenant.default_account else ())
    if not names and (request.from_page or any(row.account is None for row in rows)):
        raise InputError("--as", f"name the account that checks the users; allowed: {', '.join(tenant.accounts)}")

    def prepared(name: str) -> PreparedRun:
        return prepare(request_of(name, str(request.tenant), settings))

    accounts = {name: prepared(name) for name in dict.fromkeys(names)}
    own = {name: prepared(name) for name in dict.fromkeys(row.account for row in rows if row.account)}
    redactor = Redactor()
    for one in (*accounts.values(), *own.values()):
        for secret in (one.credentials.password, one.credentials.totp):
            if secret:
                redactor.learn(secret)
    return accounts, own, redactor
