"""plan: exactly what promote would run. Nothing runs, nothing changes."""

from __future__ import annotations

from migrail.actions.observe import observe, tracker_of, transaction_mode
from migrail.actions.workspace import Workspace
from migrail.model.ledger import Observation, Standing
from migrail.model.text import age
from migrail.pipeline.batches import lacking, next_batch, without_overtaken
from migrail.pipeline.course import course
from migrail.pipeline.decision import decide
from migrail.pipeline.wanted import wanted
from migrail.results.promotion import Plan, PlannedMigration
from migrail.sql import read_script


def plan(workspace: Workspace, environment: str, *, to: str | None = None) -> Plan:
    """The next batch for an environment.

    Args:
        to: where batches enter, the last migration of the new batch.

    Raises:
        UsageError: there is no such environment or migration.
        InputError: migrations cannot be read.
    """
    workspace.require_environment(environment)
    with tracker_of(workspace) as tracker:
        situation = without_overtaken(observe(workspace, tracker).situation)
    place = situation.place(environment)
    goal = wanted(situation, environment, to)
    batch = next_batch(situation, place, upto=goal.migration)
    project = workspace.settings.project.name
    if batch is None:
        return Plan(
            project=project,
            environment=environment,
            batch=None,
            decision=None,
            migrations=(),
            explanation=None,
        )
    from migrail.checker import explain  # all rules and facts, which a plan of nothing does not need

    decision = decide(situation, environment, batch)
    missing: dict[str, dict[str, int]] = {}
    there: set[str] = set()
    for observation in place.observations:
        found = observation.record.applied if observation.record else {}
        there.update(found)
        for entry in lacking(batch, found):
            missing.setdefault(entry.migration, {})[observation.target] = _done(observation, entry.migration)
    mode = transaction_mode(workspace, environment)
    planned = tuple(
        PlannedMigration(
            script=(script := read_script(situation.by_id[entry.migration], workspace.dialect)),
            targets=tuple(missing[entry.migration]),
            done=min(missing[entry.migration].values()),
            course=course(script, workspace.dialect, mode),
        )
        for entry in batch.entries
        if entry.migration in missing and entry.migration in situation.by_id
    )
    scripts = [migration.script for migration in planned]
    new = {script.migration.id for script in scripts}
    history = [
        read_script(migration, workspace.dialect)
        for migration in situation.migrations
        if migration.id in there and migration.id not in new
    ]
    settings = workspace.settings.named(environment)
    version = settings.server_version or workspace.dialect.default_version
    errors = [observation for observation in place.observations if observation.error]
    return Plan(
        project=project,
        environment=environment,
        batch=batch,
        decision=decision,
        migrations=planned,
        explanation=explain(history, scripts, dialect=workspace.dialect, version=version),
        note="; ".join(
            f"{o.error}" + (f" (as observed {age(situation.now - o.observed_at)} ago)" if o.observed_at else "")
            for o in errors
        ),
    )


def _done(observation: Observation, migration: str) -> int:
    """How many leading statements of a migration that stopped half-way are there."""
    fact = observation.record.facts.get(migration) if observation.record else None
    return fact.statements if fact and fact.standing in {Standing.FAILED, Standing.RETRY} else 0
