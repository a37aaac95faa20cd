"""One check that speaks for several environments: each has its server, its severities, its history, its sizes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from migrail.checker.results import (
    CheckResult,
    ExplainedStatement,
    ExplainedThere,
    Explanation,
    MigrationSummary,
)
from migrail.dialects import Version
from migrail.model.findings import Category, Finding, Severity
from migrail.model.locks import Duration
from migrail.model.migration import Phase, TransactionMode
from migrail.model.rewrites import Applicability
from migrail.model.statistics import Measure, RelationSize, Statistics
from migrail.rules import find
from migrail.sql import Script


@dataclass(frozen=True, kw_only=True, slots=True)
class SmallTable:
    """What counts as a small table: all limits that are set hold; none is set, nothing is small."""

    rows: int = 0
    bytes: int = 0

    def holds(self, size: RelationSize) -> bool:
        """Whether a table of that size is small."""
        limits = [(size.rows, self.rows), (size.bytes, self.bytes)]
        return any(limit for _, limit in limits) and all(found < limit for found, limit in limits if limit)


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckedEnvironment:
    """What is known about one environment from files alone."""

    name: str
    version: Version
    severities: Mapping[str, Severity | None] = field(default_factory=dict)
    transaction: TransactionMode = TransactionMode.MIGRATION
    applied: frozenset[str] | None = None
    """The migrations that are in it; ``None`` where that is not known."""
    statistics: Statistics | None = None
    small: SmallTable = field(default_factory=SmallTable)
    """Tables below make no noise about locks."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Profile:
    """What a check depends on; environments that are alike in it share one run."""

    version: Version
    severities: Mapping[str, Severity | None]
    transaction: TransactionMode
    history: tuple[Script, ...]
    new: tuple[Script, ...]
    """Those that it has not applied yet."""
    pending: frozenset[str]
    """Ids of migrations in ``history`` that it has not applied yet either: what these make is new there."""

    @property
    def key(self) -> tuple[object, ...]:
        """Equal for profiles with the same answer."""
        new = tuple(script.migration.id for script in self.new)
        return self.version, tuple(sorted(self.severities.items())), self.transaction, new, self.pending


def check_everywhere(
    environments: Sequence[CheckedEnvironment],
    history: Sequence[Script],
    new: Sequence[Script],
    run: Callable[[Profile], CheckResult],
) -> CheckResult:
    """The answers for all environments as one; a finding that not all of them share names those it is about.

    Args:
        environments: at least one.
        history: older migrations, in order.
        new: the migrations under judgement, in order.
        run: the check of one profile.
    """
    results: dict[tuple[object, ...], CheckResult] = {}
    answers: list[tuple[CheckedEnvironment, CheckResult]] = []
    for environment in environments:
        profile = profile_of(environment, history, new)
        if profile.key not in results:
            results[profile.key] = run(profile)
        answers.append((environment, results[profile.key]))
    merged = replace(
        answers[0][1],
        findings=_findings(answers, (*history, *new)),
        migrations=_summaries([result for _, result in answers], new),
        history=max(result.history for _, result in answers),
        sources={path: text for _, result in answers for path, text in result.sources.items()},
        environments={environment.name: environment.version for environment in environments},
    )
    return replace(
        merged,
        broken=tuple(dict.fromkeys(item for _, result in answers for item in result.broken)),
        not_checkable=tuple(dict.fromkeys(item for _, result in answers for item in result.not_checkable)),
    )


def explain_everywhere(
    environments: Sequence[CheckedEnvironment], run: Callable[[Version], Explanation]
) -> Explanation:
    """The explanation for the oldest server, with what is different elsewhere and how big the tables are.

    Args:
        environments: at least one.
        run: the explanation for servers of one version.
    """
    versions = sorted({environment.version for environment in environments})
    answers = {version: run(version).statements for version in versions}
    statements = []
    for number, statement in enumerate(answers[versions[0]]):
        there = tuple(_there(answers[version][number], version, environments) for version in versions)
        differs = len({replace(item, names=(), version=()) for item in there}) > 1
        sizes = tuple(
            size
            for environment in environments
            for size in _measures(environment, answers[environment.version][number].worked)
        )
        statements.append(replace(statement, environments=there if differs else (), sizes=sizes))
    return Explanation(statements=tuple(statements))


def _there(
    statement: ExplainedStatement, version: Version, environments: Sequence[CheckedEnvironment]
) -> ExplainedThere:
    return ExplainedThere(
        names=tuple(environment.name for environment in environments if environment.version == version),
        version=version,
        locks=statement.locks,
        rewrites=statement.rewrites,
        scans=statement.scans,
        in_transaction=statement.in_transaction,
    )


def profile_of(environment: CheckedEnvironment, history: Sequence[Script], new: Sequence[Script]) -> Profile:
    """What the environment has applied already is history there."""
    applied = environment.applied
    if applied is None:
        return Profile(
            version=environment.version,
            severities=environment.severities,
            transaction=environment.transaction,
            history=tuple(history),
            new=tuple(new),
            pending=frozenset(),
        )
    done = [script for script in new if script.migration.id in applied]
    return Profile(
        version=environment.version,
        severities=environment.severities,
        transaction=environment.transaction,
        history=tuple(sorted((*history, *done), key=lambda script: (script.migration.order, script.migration.id)))
        if done
        else tuple(history),
        new=tuple(script for script in new if script.migration.id not in applied),
        pending=frozenset(script.migration.id for script in history) - applied,
    )


def _findings(
    answers: Sequence[tuple[CheckedEnvironment, CheckResult]], scripts: Sequence[Script]
) -> tuple[Finding, ...]:
    found: dict[tuple[object, ...], list[tuple[CheckedEnvironment, Finding]]] = {}
    for environment, result in answers:
        for finding in result.findings:
            sized = _sized(finding, environment)
            if sized is None:
                continue
            key = (sized.code, sized.migration, sized.span, sized.message, sized.severity)
            found.setdefault(key, []).append((environment, sized))
    judging = {
        script.migration.id: [environment.name for environment, result in answers if _judges(result, script)]
        for script in scripts
    }
    everywhere = [environment.name for environment, _ in answers]
    merged = []
    for same in found.values():
        finding = _for_all(same, min(environment.version for environment, _ in answers))
        names = list(dict.fromkeys(environment.name for environment, _ in same))
        asked = judging.get(finding.migration) or everywhere
        if find(finding.code).check_suppressions is not None and len(names) < len(asked):
            continue  # a suppression that is used in one environment is of use
        sizes = tuple(dict.fromkeys(size for _, one in same for size in one.sizes))
        differs = len(names) < len(everywhere)
        message = "; ".join((finding.message, *(size.sentence for size in sizes)))
        merged.append(replace(finding, message=message, environments=tuple(names) if differs else (), sizes=sizes))
    place = {script.migration.id: number for number, script in enumerate(scripts)}
    return tuple(
        sorted(
            merged,
            key=lambda item: (
                place.get(item.migration, len(place)),
                item.migration,
                item.span.line,
                item.span.column,
                item.code,
            ),
        )
    )


def _for_all(same: Sequence[tuple[CheckedEnvironment, Finding]], oldest: Version) -> Finding:
    """One finding of several environments with the advice for the oldest of their servers.

    What an old server takes, a newer one takes; where a server that does not share the finding is older still, a
    person has to see whether it takes the rewrite.
    """
    environment, adviser = min(same, key=lambda item: item[0].version)
    rewrite = adviser.rewrite
    if rewrite is not None and environment.version > oldest:
        rewrite = replace(rewrite, applicability=Applicability.MANUAL)
    return replace(same[0][1], help=adviser.help, rewrite=rewrite)


def _judges(result: CheckResult, script: Script) -> bool:
    return any(summary.id == script.migration.id for summary in result.migrations)


def _measures(environment: CheckedEnvironment, relations: Iterable[str]) -> tuple[Measure, ...]:
    """How big the relations are in an environment, where that is known."""
    statistics = environment.statistics
    if statistics is None:
        return ()
    return tuple(
        Measure(
            environment=environment.name,
            relation=relation,
            size=statistics.relations[relation],
            captured_at=statistics.captured_at,
        )
        for relation in relations
        if relation in statistics.relations
    )


def _sized(finding: Finding, environment: CheckedEnvironment) -> Finding | None:
    """The finding with the sizes of what it reads or writes; ``None`` for a lock on small tables only."""
    statistics = environment.statistics
    worked = [lock.relation for lock in finding.locks if lock.duration is not Duration.INSTANT]
    if statistics is None or not worked:
        return finding
    sizes = _measures(environment, worked)
    small = len(sizes) == len(worked) and all(environment.small.holds(measure.size) for measure in sizes)
    return None if small and finding.category is Category.LOCKING else replace(finding, sizes=sizes)


def _summaries(results: Iterable[CheckResult], new: Sequence[Script]) -> tuple[MigrationSummary, ...]:
    """The gravest answer about each migration."""
    found: dict[str, MigrationSummary] = {}
    for result in results:
        for summary in result.migrations:
            known = found.get(summary.id)
            if known is None or _gravity(summary) > _gravity(known):
                found[summary.id] = summary
    return tuple(found[script.migration.id] for script in new if script.migration.id in found)


def _gravity(summary: MigrationSummary) -> tuple[bool, bool]:
    return not summary.backward_compatible, summary.phase is Phase.CONTRACT
