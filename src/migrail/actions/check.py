"""check and explain: what new migrations would do. Reads files, and nothing else."""

from __future__ import annotations

from migrail import checker
from migrail.actions.context import CheckContext
from migrail.checker import CheckResult, Explanation, Profile
from migrail.dialects import Version
from migrail.model.errors import InputError, Problem
from migrail.model.findings import Severity
from migrail.model.migration import Migration
from migrail.sql import Script, read_script


def check(context: CheckContext) -> CheckResult:
    """The findings about the new migrations.

    Raises:
        InputError: a migration cannot be read; every problem of every file is listed.
    """
    history, new = read_scripts(context)
    if context.environments:
        return checker.check_everywhere(
            context.environments, history, new, lambda profile: _check(context, profile)
        )
    return _check(
        context,
        Profile(
            version=context.version,
            severities=context.severities,
            transaction=context.transaction,
            history=tuple(history),
            new=tuple(new),
            pending=frozenset(),
        ),
    )


def _check(context: CheckContext, profile: Profile) -> CheckResult:
    return checker.check(
        profile.history,
        profile.new,
        dialect=context.dialect,
        version=profile.version,
        base=context.base,
        upstream=context.upstream,
        severities=profile.severities,
        lock_timeout=context.lock_timeout,
        transaction=profile.transaction,
        pending=profile.pending,
        queries=context.queries,
        unreadable=context.unreadable,
        new_queries=context.new_queries,
    )


def explain(context: CheckContext) -> Explanation:
    """What each statement does, locks and needs.

    Raises:
        InputError: a migration cannot be read.
    """
    history, new = read_scripts(context)

    def run(version: Version) -> Explanation:
        return checker.explain(
            history, new, dialect=context.dialect, version=version, lock_timeout=context.lock_timeout
        )

    if context.environments:
        return checker.explain_everywhere(context.environments, run)
    return run(context.version)


def exit_code(result: CheckResult, fail_on: str, *, strict_queries: bool = False) -> int:
    """1 when a finding is as severe as ``fail_on`` or more, else 0.

    With ``strict_queries``, also 1 when there are queries about which nothing can be said.
    """
    if strict_queries and result.not_checkable:
        return 1
    if fail_on == "never":
        return 0
    limit = Severity(fail_on).rank
    return int(any(finding.severity.rank >= limit for finding in result.findings))


def read_scripts(context: CheckContext) -> tuple[list[Script], list[Script]]:
    """History and new migrations, read.

    Raises:
        InputError: one cannot be read; every problem of every file is listed.
    """
    problems: list[Problem] = []

    def scripts(migrations: tuple[Migration, ...]) -> list[Script]:
        found: list[Script] = []
        for migration in migrations:
            try:
                found.append(read_script(migration, context.dialect))
            except InputError as error:
                problems.extend(error.problems)
        return found

    history, new = scripts(context.history), scripts(context.new)
    if problems:
        raise InputError(problems)
    return history, new
