"""doctor: looks at everything that a promotion needs, and gives each thing a verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, text

from migrail.actions.observe import addresses, limits, read_target, tracker_of
from migrail.actions.workspace import Workspace, shown
from migrail.config import EnvironmentSettings
from migrail.model.errors import MigrailError
from migrail.model.text import age, plural
from migrail.results.targets import Diagnosis, Examination, Health
from migrail.runner import Address, exists, reading

OLDEST = {"postgresql": (12,), "sqlite": (3, 35), "mysql": (5, 7), "mariadb": (10, 5)}
"""Oldest server versions that the facts were checked for (SQLite: DROP COLUMN came with 3.35)."""

CLOCK_LIMIT = timedelta(seconds=30)
"""A larger difference of clocks makes the times in ledgers hard to compare."""


def doctor(config: Path | None, environment: str | None, *, actor: str | None = None) -> Diagnosis:
    """Examines the configuration, the migrations, the tracker and every environment, or only one.

    Raises:
        UsageError: there is no such environment.
    """
    try:
        workspace = Workspace.open(config, actor=actor)
    except MigrailError as error:
        return Diagnosis(examinations=(_failed("config", "file", error),))
    if environment is not None:
        workspace.require_environment(environment)
    found = [_ok("config", "file", shown(workspace.settings.path)), *_migrations(workspace), *_tracker(workspace)]
    chosen = [e for e in workspace.settings.environment if environment in (None, e.name)]
    with ThreadPoolExecutor(max_workers=8) as pool:
        for answers in pool.map(lambda settings: list(_environment(workspace, settings)), chosen):
            found.extend(answers)
    if not chosen:
        help_ = "add [[environment]] tables to the configuration"
        found.append(_warning("config", "environments", "none is configured, so nothing can be promoted", help_))
    return Diagnosis(examinations=tuple(found))


def _migrations(workspace: Workspace) -> Iterator[Examination]:
    try:
        yield _ok("config", "migrations", plural(len(workspace.strictly_ordered), "migration"))
    except MigrailError as error:
        yield _failed("config", "migrations", error)


def _tracker(workspace: Workspace) -> Iterator[Examination]:
    try:
        with tracker_of(workspace) as tracker:
            yield _ok("tracker", "connection", plural(len(tracker.batches()), "batch", "batches"))
    except MigrailError as error:
        yield _failed("tracker", "connection", error)


def _environment(workspace: Workspace, settings: EnvironmentSettings) -> Iterator[Examination]:
    try:
        targets = addresses(workspace, settings)
    except MigrailError as error:
        yield _failed(settings.name, "url", error)
        return
    for address in targets:
        try:
            yield from _target(workspace, address, settings)
        except MigrailError as error:
            yield _failed(address.label, "connection", error)


def _target(workspace: Workspace, address: Address, settings: EnvironmentSettings) -> Iterator[Examination]:
    if not exists(address):
        yield from _missing_file(address)
        return
    bounds = limits(workspace)
    with reading(address, bounds) as connection:
        yield _ok(address.label, "connection", "answers")
        yield from _EXAMINERS[address.backend](connection, address, settings, workspace.clock)
    try:
        record = read_target(workspace, address)
    except MigrailError as error:
        yield _failed(address.label, "identity", error)
        return
    said = f"ledger with {plural(len(record.entries), 'row')}" if record.identity else "empty, no ledger yet"
    yield _ok(address.label, "identity", said)


def _missing_file(address: Address) -> Iterator[Examination]:
    assert address.file is not None
    folder = address.file.parent
    if folder.is_dir():
        yield _ok(address.label, "connection", f"{shown(address.file)} will be made on first use")
    else:
        yield Examination(
            subject=address.label,
            what="connection",
            health=Health.FAILED,
            said=f"the folder {shown(folder)} does not exist",
            help=f"mkdir -p {shown(folder)}",
            exit_code=5,
        )


def _sqlite(
    connection: Connection, address: Address, settings: EnvironmentSettings, clock: Callable[[], datetime]
) -> Iterator[Examination]:
    version = tuple(
        int(part) for part in connection.execute(text("SELECT sqlite_version()")).scalar_one().split(".")
    )
    yield from _version(address, settings, version)
    assert address.file is not None
    try:
        with address.file.open("r+b"):
            yield _ok(address.label, "permissions", "the file can be written")
    except OSError as error:
        yield Examination(
            subject=address.label,
            what="permissions",
            health=Health.FAILED,
            said=f"{shown(address.file)} cannot be written: {error.strerror}",
        )


_POSTGRES = text(
    "SELECT current_setting('server_version_num')::int, pg_is_in_recovery(), "
    "current_setting('default_transaction_read_only'), pg_backend_pid(), clock_timestamp(), "
    "has_schema_privilege('public', 'CREATE'), current_user"
)


def _postgres(
    connection: Connection, address: Address, settings: EnvironmentSettings, clock: Callable[[], datetime]
) -> Iterator[Examination]:
    number, standby, read_only, pid, now, may_create, user = connection.execute(_POSTGRES).one()
    yield from _version(address, settings, (number // 10000, number % 10000))
    if standby or read_only == "on":
        what = "a standby" if standby else "read-only"
        yield _refused(address, "permissions", f"the server is {what}", "name the primary in the url")
    elif not may_create:
        said = f"{user} may not create tables in the schema public, where the ledger is kept"
        yield _refused(address, "permissions", said, f"GRANT CREATE ON SCHEMA public TO {user}")
    else:
        yield _ok(address.label, "permissions", f"{user} may create tables")
    driver = connection.connection.driver_connection
    if driver is not None and driver.info.backend_pid != pid:
        said = "a pooler is in between; one that gives every transaction another connection can hold no lock"
        yield _warning(address.label, "pooler", said, "set migration_url to the server's own address")
    else:
        yield _ok(address.label, "pooler", "none")
    yield from _clock(address, now, clock())


def _clock(address: Address, theirs: datetime, ours: datetime) -> Iterator[Examination]:
    skew = abs(theirs - ours)
    if skew > CLOCK_LIMIT:
        yield _warning(address.label, "clock", f"differs from this machine's by {age(skew)}", "set both by NTP")
    else:
        yield _ok(address.label, "clock", "agrees with this machine's")


_MYSQL = text("SELECT VERSION(), @@GLOBAL.read_only, UTC_TIMESTAMP(6), CURRENT_USER()")


def _mysql(
    connection: Connection, address: Address, settings: EnvironmentSettings, clock: Callable[[], datetime]
) -> Iterator[Examination]:
    said, read_only, now, user = connection.execute(_MYSQL).one()
    number = str(said).partition("-")[0]
    yield from _version(address, settings, tuple(int(part) for part in number.split(".") if part.isdecimal()))
    if read_only in (0, "0", "OFF"):
        yield _ok(address.label, "permissions", f"{user}; the server can be written to")
    else:
        yield _refused(address, "permissions", "the server is read-only", "name the primary in the url")
    yield from _clock(address, now.replace(tzinfo=UTC), clock())


_EXAMINERS = {"postgresql": _postgres, "sqlite": _sqlite, "mysql": _mysql, "mariadb": _mysql}


def _version(address: Address, settings: EnvironmentSettings, found: tuple[int, ...]) -> Iterator[Examination]:
    said = ".".join(str(part) for part in found)
    oldest = OLDEST[address.backend]
    configured = settings.server_version
    if found < oldest:
        wanted = ".".join(str(part) for part in oldest)
        yield _warning(
            address.label, "version", f"{said} is older than {wanted}; facts were not checked", "upgrade"
        )
    elif configured and found[: len(configured)] != configured:
        wanted = ".".join(str(part) for part in configured)
        help_ = f'set server_version = "{found[0]}" for {settings.name}'
        yield _warning(address.label, "version", f"is {said}, but server_version says {wanted}", help_)
    else:
        yield _ok(address.label, "version", said)


def _ok(subject: str, what: str, said: str) -> Examination:
    return Examination(subject=subject, what=what, health=Health.OK, said=said)


def _warning(subject: str, what: str, said: str, help: str) -> Examination:
    return Examination(subject=subject, what=what, health=Health.WARNING, said=said, help=help)


def _refused(address: Address, what: str, said: str, help: str) -> Examination:
    return Examination(subject=address.label, what=what, health=Health.FAILED, said=said, help=help)


def _failed(subject: str, what: str, error: MigrailError) -> Examination:
    help_ = "" if error.help == "migrail doctor" else error.help or ""
    return Examination(
        subject=subject,
        what=what,
        health=Health.FAILED,
        said=error.message,
        help=help_,
        exit_code=error.exit_code,
    )
