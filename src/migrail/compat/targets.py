"""What is written when a query writes to a table or to a view on one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlglot import exp

from migrail.catalog.values import Table, View
from migrail.compat.grouping import has_aggregate
from migrail.compat.parse import Unparsed, parse
from migrail.compat.relations import name_of, view_fields
from migrail.compat.scope import Source
from migrail.compat.work import Work
from migrail.model.structure import Name

_HINDERS = ("group", "having", "distinct", "limit", "offset", "with_", "windows", "joins", "laterals")


@dataclass(frozen=True, kw_only=True, slots=True)
class Target:
    """A table that is written, under the names of the relation that the query names."""

    table: Table
    columns: Mapping[str, str]
    """Column of the relation → column of the table."""
    view: Name | None = None

    @property
    def name(self) -> Name:
        """The relation that the query names."""
        return self.view or self.table.name


def target_of(source: Source, verb: str, work: Work) -> Target | None:
    """The table behind a relation; ``None`` where it is not known or where triggers take the rows."""
    catalog = work.structure.catalog
    name = source.relation
    if name is None:
        return None
    table = catalog.tables.get(name)
    if table is not None:
        return Target(table=table, columns={column: column for column in table.columns})
    view = catalog.views.get(name)
    if view is None:
        work.flaw(f"cannot {verb} {work.shown(name)}: it is no table")
        return None
    timings = [trigger.timing for trigger in view.triggers.values()]
    if any(timing.startswith("INSTEAD OF") and verb in timing for timing in timings):
        return None
    return _behind(view, verb, work)


def _behind(view: View, verb: str, work: Work) -> Target | None:
    reason = _hindrance(view, work)
    if reason is not None:
        work.flaw(f"cannot {verb} view {work.shown(view.name)}: {reason}")
        return None
    fields = view_fields(view.name, work)
    base = next((item.origin[0] for item in fields or () if item.origin is not None), None)
    table = work.structure.catalog.tables.get(base) if base is not None else None
    if table is None or fields is None:
        return None
    columns = {item.name: item.origin[1] for item in fields if item.origin is not None}
    return Target(table=table, columns=columns, view=view.name)


def _hindrance(view: View, work: Work) -> str | None:
    """Why rows of the view cannot be written (manual, CREATE VIEW, "Updatable Views")."""
    if view.materialized:
        return "it is materialized"
    if work.structure.dialect.name == "sqlite":
        return "it has no INSTEAD OF trigger"
    parsed = parse(view.query, work.structure.dialect)
    if isinstance(parsed, Unparsed) or parsed.tree is None:
        return None
    tree = parsed.tree
    if not isinstance(tree, exp.Select):
        return "it is made of several queries"
    from_ = tree.args.get("from_")
    if (
        from_ is None
        or not isinstance(from_.this, exp.Table)
        or from_.this.args.get("joins")
        or any(tree.args.get(key) for key in _HINDERS)
    ):
        return "it is more than the rows of one table"
    if any(has_aggregate(item) or item.find(exp.Window) for item in tree.expressions):
        return "it aggregates"
    name = name_of(from_.this, work)
    bound = next((item.relation for item in view.bound if item.written == name), None)
    below = work.structure.catalog.views.get(bound or work.structure.catalog.resolve(name))
    return _hindrance(below, work) if below is not None and below.name != view.name else None
