"""Policies and trigger conditions: what looks at a table's columns without being a constraint or an index."""

from __future__ import annotations

from dataclasses import replace

from migrail.catalog.draft import Draft
from migrail.catalog.rewrite import rename_in
from migrail.catalog.values import Policy
from migrail.model.operations import AlterTableOption, CreatePolicy
from migrail.model.structure import ColumnName, Name


def create_policy(draft: Draft, operation: CreatePolicy) -> None:
    """CREATE POLICY."""
    table = draft.edit(operation.table)
    if table is None:
        return
    conditions = (operation.using, operation.check)
    columns = {column: None for condition in conditions if condition is not None for column in condition.columns}
    made = Policy(name=operation.policy, columns=tuple(columns))
    draft.tables[table.name] = replace(table, policies={**table.policies, made.name: made})


def alter_security(draft: Draft, operation: AlterTableOption) -> None:
    """ENABLE and DISABLE ROW LEVEL SECURITY, and DROP POLICY."""
    table = draft.edit(operation.table)
    if table is None:
        return
    match operation.option:
        case "ENABLE ROW LEVEL SECURITY" | "DISABLE ROW LEVEL SECURITY":
            draft.tables[table.name] = replace(table, row_security=operation.option.startswith("ENABLE"))
        case "DROP POLICY":
            kept = {name: policy for name, policy in table.policies.items() if name != operation.argument}
            draft.tables[table.name] = replace(table, policies=kept)


def follow_rename(draft: Draft, name: Name, old: str, new: str) -> None:
    """A column has another name in policies, triggers and views too."""
    for dependent in draft.dependents_of(name):
        view = draft.views.get(dependent)
        if view is not None:
            renamed = {ColumnName(name, old): ColumnName(name, new)}
            draft.views[dependent] = replace(view, uses=tuple(renamed.get(use, use) for use in view.uses))
    table = draft.edit(name)
    if table is None:
        return
    dialect = draft.catalog.dialect
    in_text = not draft.has_schemas  # the conditions of triggers are changed with their bodies there
    policies = {
        key: replace(policy, columns=_renamed(policy.columns, old, new)) for key, policy in table.policies.items()
    }
    triggers = {
        key: replace(
            trigger,
            columns=_renamed(trigger.columns, old, new),
            when=trigger.when if in_text else rename_in(trigger.when, old, new, dialect),
        )
        for key, trigger in table.triggers.items()
    }
    draft.tables[name] = replace(table, policies=policies, triggers=triggers)


def _renamed(columns: tuple[str, ...], old: str, new: str) -> tuple[str, ...]:
    return tuple(new if column == old else column for column in columns)
