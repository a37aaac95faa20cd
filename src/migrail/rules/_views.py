"""Views that take the place of a table or of a view that the running application reads."""

from __future__ import annotations

from collections.abc import Iterator

from migrail.catalog import Catalog
from migrail.catalog.queries import view_columns
from migrail.catalog.replay import replay
from migrail.model.operations import CreateView, Operation
from migrail.model.rewrites import Applicability, Rewrite, Stage
from migrail.model.structure import Name
from migrail.rules._interface import Context, Hit
from migrail.rules._names import sql_table
from migrail.rules._rewrites import instead, step

BY_VIEW = (
    "Leave a view with the old name behind, in the same migration, and drop it when no deployed version uses it"
)
HELP = "Keep the columns in the view until no deployed version uses them, and leave them out in a later change"


def too_narrow(operation: CreateView, context: Context) -> Iterator[Hit]:
    """A hit where the view lacks columns that the relation of that name had before the script."""
    old = _columns(operation.name, context.before)
    new = _columns(operation.name, replay(context.catalog, [operation]))
    if old is None or new is None:
        return
    lost = [column for column in old if column not in new]
    if lost:
        view = context.display(operation.name)
        yield Hit(
            object=view,
            message=f"the new {view} has no {', '.join(lost)}: queries of the running application that use it fail",
            help=HELP,
        )


def behind_view(
    words: str, statement: str, old: Name, new: Name, operation: Operation, context: Context
) -> Rewrite:
    """The statement that takes the old name away, with a view of that name until nobody asks for it.

    Args:
        words: for the file name of the first step.
    """
    before, after = sql_table(old, context.dialect), sql_table(new, context.dialect)
    return instead(
        operation,
        context,
        step(words, Stage.EXPAND, statement, f"CREATE VIEW {before} AS SELECT * FROM {after}"),
        step(
            f"drop_view_{old.name}",
            Stage.CONTRACT,
            f"DROP VIEW {before}",
            remark="when no deployed version uses the old name",
        ),
        applicability=Applicability.MANUAL,
    )


def _columns(name: Name, catalog: Catalog) -> tuple[str, ...] | None:
    table, view = catalog.table(name), catalog.view(name)
    if table is not None:
        return tuple(table.columns) if table.columns_known else None
    return view_columns(view, catalog.dialect) if view is not None else None
