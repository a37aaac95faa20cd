"""ON CONFLICT: the unique index or constraint that it needs."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp

from migrail.catalog.normal import normal
from migrail.compat.expressions import condition, value
from migrail.compat.parse import CALL
from migrail.compat.scope import Scope, Source
from migrail.compat.targets import Target
from migrail.compat.work import Work
from migrail.model.structure import ConstraintKind, Index

_NAMED = (ConstraintKind.PRIMARY_KEY, ConstraintKind.UNIQUE, ConstraintKind.EXCLUDE)


def inferred(conflict: exp.Expr, target: Target, source: Source, scope: Scope, work: Work) -> None:
    """Notes a conflict clause whose index is not there (manual, INSERT, ``conflict_target``)."""
    table = target.table
    constraint = conflict.args.get("constraint")
    if constraint is not None:
        _named(work.inner(constraint), target, work)
        return
    keys = [key.this if isinstance(key, exp.Ordered) else key for key in conflict.args.get("conflict_keys") or ()]
    if not keys:
        return
    seen = Scope(outer=scope.outer, ctes=scope.ctes, sources=[source])
    for key in keys:
        value(key, seen, work)
    predicate = conflict.args.get("index_predicate")
    if predicate is not None:
        condition(predicate.this, "WHERE", seen, work)
    if table.columns_known and not _any_fits(keys, predicate, target, work):
        shown = ", ".join(_text(key) for key in keys)
        work.flaw(f"no unique key of {work.shown(table.name)} matches ON CONFLICT ({shown})")


def of_view(conflict: exp.Expr, source: Source, work: Work) -> None:
    """A view whose rows a trigger takes has no keys: nothing conflicts, and the trigger may fail."""
    shown = work.shown(source.relation) if source.relation is not None else str(source.alias)
    if conflict.args.get("conflict_keys") or conflict.args.get("constraint") is not None:
        work.flaw(f"no unique key of view {shown} matches ON CONFLICT")
    else:
        work.flaw(f"ON CONFLICT does not keep the trigger of view {shown} from failing", certain=False)


def _named(name: str, target: Target, work: Work) -> None:
    """A view has none, whatever its table has."""
    table = target.table
    found = table.constraints.get(name) if target.view is None else None
    if found is None or found.kind not in _NAMED:
        work.flaw(f"constraint {name} of table {work.shown(target.name)} does not exist")
    elif found.deferrable:
        work.flaw(f"ON CONFLICT does not take the deferrable constraint {name}")
    else:
        work.use("constraint", table.name, name)


def _any_fits(keys: Sequence[exp.Expr], predicate: exp.Expr | None, target: Target, work: Work) -> bool:
    table = target.table
    wanted = {_normal(_key(key, target, work), work) for key in keys}
    deferred = {name for name, item in table.constraints.items() if item.deferrable}
    for name, index in table.indexes.items():
        if index.unique and index.valid and name not in deferred and _fits(index, wanted, predicate, work):
            return True
    return any(  # keys without an index of their own in the catalog: SQLite's row number
        item.kind in _NAMED[:2] and not item.deferrable and {_normal(c, work) for c in item.columns} == wanted
        for item in table.constraints.values()
    )


def _fits(index: Index, wanted: set[str], predicate: exp.Expr | None, work: Work) -> bool:
    if {_normal(column, work) for column in index.columns} != wanted:
        return False
    if index.where is None:
        return True
    if predicate is None:
        return False
    dialect = work.structure.dialect
    given = normal(_text(predicate.this), dialect, boolean=True)
    parts = [_text(part) for part in predicate.this.flatten()] if isinstance(predicate.this, exp.And) else []
    kept = normal(index.where.text, dialect, boolean=True)
    return kept.same(given) or any(kept.same(normal(part, dialect, boolean=True)) for part in parts)


def _key(key: exp.Expr, target: Target, work: Work) -> str:
    if isinstance(key, exp.Column) and isinstance(key.this, exp.Identifier):
        name = work.inner(key.this)
        return target.columns.get(name, name)
    return _text(key)


def _text(node: exp.Expr) -> str:
    return node.sql(dialect="postgres").replace(CALL, "").replace(CALL.upper(), "")


def _normal(text: str, work: Work) -> str:
    """One spelling of a column or expression."""
    if text.isidentifier():
        return text
    found = normal(text, work.structure.dialect)
    return str(found.tree if found.tree is not None else sorted(found.atoms))
