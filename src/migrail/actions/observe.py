"""Reads targets and the tracker, and puts together what is known."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from migrail.actions.workspace import Workspace, shown
from migrail.config import EnvironmentSettings, resolve
from migrail.model.batch import Promotion
from migrail.model.errors import ConfigError, IdentityError, MigrailError, TargetUnreachable
from migrail.model.ledger import Observation, Standing, TargetRecord
from migrail.model.migration import TransactionMode
from migrail.model.text import visible
from migrail.pipeline.batches import recovered
from migrail.pipeline.situation import Place, Situation
from migrail.pipeline.state import lost
from migrail.runner import TRACKER, Address, DriverDatabase, Limits, asking, exists, is_held, server_of
from migrail.tracker import LedgerReader, Tracker, open_tracker

PARALLEL = 8
"""Targets that are read at the same time."""


@dataclass(frozen=True, kw_only=True)
class Observed:
    """The situation, and for each target that could not be read the reason."""

    situation: Situation
    failures: Mapping[tuple[str, str], MigrailError]
    """By environment and target."""

    def require_live(self, environment: str) -> None:
        """Raises the reason why a target of the environment could not be read, if any."""
        for (name, _), failure in self.failures.items():
            if name == environment:
                raise failure


def limits(workspace: Workspace, environment: str | None = None) -> Limits:
    """The configured limits, those of an environment where it has its own."""
    promote = workspace.settings.promote
    own = workspace.settings.named(environment) if environment else None
    lock = own.lock_timeout if own and own.lock_timeout is not None else promote.lock_timeout
    budget = own.lock_budget if own and own.lock_budget is not None else promote.lock_budget
    return Limits(
        connect=promote.connect_timeout,
        lock=lock,
        budget=budget,
        guard=promote.guard_timeout,
        search_path=promote.search_path,
    )


def transaction_mode(workspace: Workspace, environment: str) -> TransactionMode:
    """What one transaction holds in an environment, unless a file says otherwise."""
    own = workspace.settings.named(environment).transaction
    return TransactionMode(own or workspace.settings.promote.transaction)


def addresses(workspace: Workspace, environment: EnvironmentSettings, *, direct: bool = False) -> list[Address]:
    """Where the targets of an environment are.

    Args:
        direct: the addresses for changing something, past a pooler.

    Raises:
        ConfigError: a URL is wrong, or a variable in it is not set.
    """
    found: list[Address] = []
    for target in environment.all_targets:
        changing = direct and target.migration_url is not None
        given, key = (target.migration_url, "migration_url") if changing else (target.url, "url")
        url = resolve(str(given), root=workspace.root, key=f"{key} of environment {environment.name}")
        address = Address.parse(url, environment=environment.name, target=target.name, root=workspace.root)
        if workspace.settings.project.dialect not in address.dialects:
            raise ConfigError(
                f"environment {environment.name}: the {key} names a {address.dialects[0]} database, but the "
                f"project's dialect is {workspace.settings.project.dialect}"
            )
        found.append(address)
    return found


def _make_folder(folder: Path) -> None:
    """The tracker's folder. One of our own name tells git to leave out what is in it."""
    folder.mkdir(parents=True, exist_ok=True)
    ignore = folder / ".gitignore"
    if folder.name == ".migrail" and not ignore.exists():
        ignore.write_text("*\n")


@contextmanager
def tracker_of(workspace: Workspace, *, dry_run: bool = False) -> Iterator[Tracker]:
    """The project's tracker.

    Args:
        dry_run: a file that is not there yet is not made; one that passes takes its place.

    Raises:
        ConfigError: its URL is wrong.
        TargetUnreachable: it cannot be reached.
    """
    url = resolve(workspace.settings.project.tracker, root=workspace.root, key="project.tracker")
    address = Address.parse(url, environment=TRACKER, target="default", root=workspace.root)
    file = address.file
    with ExitStack() as stack:
        if file is not None:
            try:
                if dry_run and not file.exists():
                    folder = stack.enter_context(TemporaryDirectory(prefix="migrail-"))
                    address = replace(address, url=replace(address.url, database=f"{folder}/tracker.db"))
                else:
                    _make_folder(file.parent)
            except OSError as error:
                raise TargetUnreachable(f"the tracker {file} cannot be made: {error.strerror}") from None
        database = stack.enter_context(closing(DriverDatabase(address, limits(workspace))))
        yield open_tracker(database, workspace.settings.project.name)


def read_target(workspace: Workspace, address: Address, *, moved: bool = False) -> TargetRecord:
    """What a target says about itself.

    Args:
        moved: it may be on another server than it was.

    Raises:
        TargetUnreachable: it cannot be reached.
        IdentityError: it is another target than the configuration says, or holds unknown tables.
    """
    if not exists(address):
        if address.file and not address.file.parent.is_dir():
            raise TargetUnreachable(f"{address.label}: the folder of {shown(address.file)} does not exist")
        return TargetRecord(target=address.target, identity=None, entries=(), empty=True)
    try:
        with asking(address, limits(workspace)) as rows:
            record = LedgerReader(rows, address.ledger_schema).read(address.target)
            record = replace(record, server=server_of(address).identity(rows))
    except ValueError as error:
        raise IdentityError(f"{address.label}: the ledger cannot be read: {visible(str(error))}") from None
    known = replace(record, server=None) if moved else record
    check_identity(workspace, address, known)
    if any(fact.standing is Standing.STARTED for fact in record.facts.values()):
        record = replace(record, running=is_held(address, limits(workspace)))
    return record


def check_identity(workspace: Workspace, address: Address, record: TargetRecord) -> None:
    """Compares what a database says it is with what the configuration says.

    Raises:
        IdentityError: they differ, or the database holds tables but no ledger.
    """
    identity, project = record.identity, workspace.settings.project.name
    if identity is None:
        if not record.empty:
            raise IdentityError(
                f"{address.label}: the database holds tables but no ledger of migrail, so what is applied to it "
                "is not known; nothing is applied to a database with unknown content",
                help="point the url at an empty database",
            )
    elif (identity.project, identity.environment, identity.target) != (
        project,
        address.environment,
        address.target,
    ):
        raise IdentityError(
            f"{address.label}: the database says it is {identity.environment}/{identity.target} of project "
            f"{identity.project}, not {address.environment}/{address.target} of {project}",
            help=f"check the url of environment {address.environment}",
        )
    elif identity.server and record.server and identity.server != record.server:
        raise IdentityError(
            f"{address.label}: this is a copy: the ledger was made in database {identity.server}, and this is "
            f"{record.server}; if {address.label} was moved here on purpose, say so",
            help=f"migrail reconcile {address.environment} --moved --reason ...",
        )


def observe(workspace: Workspace, tracker: Tracker) -> Observed:
    """Reads all targets at once, each with its last observation where it does not answer.

    What was read is kept in the tracker, and batches that only ledgers knew are put into it.
    """
    seen, failures = _observations(workspace, tracker, workspace.settings.environment)
    return Observed(situation=_situation(workspace, tracker, seen), failures=failures)


def refresh(workspace: Workspace, tracker: Tracker, situation: Situation, environments: Sequence[str]) -> Situation:
    """The situation with these environments read anew, and all decisions as they are in the tracker now."""
    again = [workspace.settings.named(name) for name in environments]
    seen, _ = _observations(workspace, tracker, again)
    places = tuple(
        replace(place, observations=tuple(seen[place.name])) if place.name in seen else place
        for place in situation.places
    )
    return replace(
        situation,
        places=places,
        evidence=tracker.evidence(),
        approvals=tracker.approvals(),
        now=workspace.clock(),
    )


def _observations(
    workspace: Workspace, tracker: Tracker, environments: Sequence[EnvironmentSettings]
) -> tuple[dict[str, list[Observation]], dict[tuple[str, str], MigrailError]]:
    jobs: list[tuple[EnvironmentSettings, Address | None, str, MigrailError | None]] = []
    for environment in environments:
        try:
            jobs.extend(
                (environment, address, address.target, None) for address in addresses(workspace, environment)
            )
        except MigrailError as error:
            jobs.extend((environment, None, target.name, error) for target in environment.all_targets)
    answers = _at_once([partial(_read, workspace, address, error) for _, address, _, error in jobs])
    seen: dict[str, list[Observation]] = {environment.name: [] for environment in environments}
    failures: dict[tuple[str, str], MigrailError] = {}
    for (environment, _, target, _), answer in zip(jobs, answers, strict=True):
        if isinstance(answer, MigrailError):
            failures[environment.name, target] = answer
        seen[environment.name].append(_observation(workspace, tracker, environment.name, target, answer))
    return seen, failures


def _at_once(reads: Sequence[Callable[[], TargetRecord | MigrailError]]) -> list[TargetRecord | MigrailError]:
    if len(reads) < 2:
        return [read() for read in reads]
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(max_workers=PARALLEL) as pool:
        return list(pool.map(lambda read: read(), reads))


def _read(workspace: Workspace, address: Address | None, error: MigrailError | None) -> TargetRecord | MigrailError:
    if address is None:
        return error or TargetUnreachable("the url is missing")
    try:
        return read_target(workspace, address)
    except MigrailError as problem:
        return problem


def _observation(
    workspace: Workspace, tracker: Tracker, environment: str, target: str, answer: TargetRecord | MigrailError
) -> Observation:
    now = workspace.clock()
    if isinstance(answer, IdentityError):
        # What was seen there before says nothing about what answers now.
        return Observation(
            environment=environment, target=target, record=None, observed_at=None, error=answer.message
        )
    if isinstance(answer, TargetRecord):
        record = remember(tracker, environment, answer, now=now)
        return Observation(environment=environment, target=target, record=record, observed_at=now)
    last = tracker.observation(environment, target)
    return Observation(
        environment=environment,
        target=target,
        record=last[0] if last else None,
        observed_at=last[1] if last else None,
        error=answer.message,
    )


def remember(tracker: Tracker, environment: str, found: TargetRecord, *, now: datetime) -> TargetRecord:
    """Keeps what was read from a target in the tracker, with what it has lost since it was observed before."""
    if tracker.observed_again(environment, found, now=now):
        return found
    before = tracker.observation(environment, found.target)
    found = replace(found, lost=lost(before[0], found) if before else {})
    tracker.save_observation(environment, found, now=now)
    return found


def _situation(workspace: Workspace, tracker: Tracker, seen: Mapping[str, list[Observation]]) -> Situation:
    settings = {environment.name: environment for environment in workspace.settings.environment}
    promotions = tracker.promotions()
    latest = {promotion.environment: promotion for promotion in promotions}
    ordered = [observation for name in workspace.pipeline for observation in seen[name]]
    records = [observation.record for observation in ordered if observation.record]
    found = recovered(records, tracker.batch_digests(), workspace.settings.project.name)
    for batch in found:
        when = batch.created_at or workspace.clock()
        tracker.add_batch(batch, author=batch.created_by, now=when)
    return Situation(
        project=workspace.settings.project.name,
        migrations=workspace.strictly_ordered,
        batches=tracker.batches(),
        places=tuple(
            Place(name=name, after=after, gates=settings[name].all_gates, observations=tuple(seen[name]))
            for name, after in workspace.pipeline.items()
        ),
        evidence=tracker.evidence(),
        approvals=tracker.approvals(),
        now=workspace.clock(),
        max_age=workspace.settings.promote.max_observation_age,
        running=_running(workspace, promotions),
        failed={name: last for name, last in latest.items() if last.outcome == "failed"},
    )


def _running(workspace: Workspace, promotions: Sequence[Promotion]) -> frozenset[tuple[str, str]]:
    """Promotions that did not end, where somebody holds the guard; others were killed."""
    return frozenset(
        (promotion.environment, promotion.batch)
        for promotion in promotions
        if promotion.outcome == "running"
        and promotion.environment in workspace.pipeline
        and is_guarded(workspace, promotion.environment)
    )


def is_guarded(workspace: Workspace, environment: str, *, but: str | None = None) -> bool:
    """Whether the guard of a target is held; also when that cannot be told, so that nothing is taken away.

    Args:
        but: the target whose guard is ours.
    """
    try:
        targets = [t for t in addresses(workspace, workspace.settings.named(environment)) if t.target != but]
        return any(exists(address) and is_held(address, limits(workspace)) for address in targets)
    except MigrailError:
        return True


def replace_record(situation: Situation, observation: Observation) -> Situation:
    """The situation with one target read anew."""
    places = tuple(
        replace(
            place,
            observations=tuple(
                observation if old.target == observation.target else old for old in place.observations
            ),
        )
        if place.name == observation.environment
        else place
        for place in situation.places
    )
    return replace(situation, places=places, now=observation.observed_at or situation.now)
