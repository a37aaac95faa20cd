"""What uses a table, view or column: queries of the application, and what hangs on it in the database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from migrail.catalog import Catalog, Table, View
from migrail.catalog.catalog import index_mentions
from migrail.checker.walk import after
from migrail.compat import Judgement, Structure, Unparsed, judge, parse
from migrail.dialects import Dialect
from migrail.model.errors import UsageError
from migrail.model.query import NotCheckable, Query
from migrail.model.structure import Name
from migrail.model.text import words_of
from migrail.sql import Script
from migrail.sql.cursor import Cursor, NotUnderstood
from migrail.sql.lexer import Unclosed


@dataclass(frozen=True, kw_only=True, slots=True)
class Dependent:
    """Something in the database that uses the object."""

    kind: str
    """``view``, ``function``, ``trigger``, ``constraint``, ``index``, ``sequence`` or ``partition``."""
    name: str
    how: str
    """In a few words; one that says "may" comes from words in a text."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Impact:
    """What uses an object, on the structure that all migrations make."""

    object: str
    kind: str
    """``table``, ``view`` or ``column``."""
    queries: tuple[Query, ...]
    """Those that use it."""
    known: int
    """How many queries there are."""
    not_checkable: tuple[NotCheckable, ...]
    """Those that name it and could not be checked: they may use it."""
    dependents: tuple[Dependent, ...]


@dataclass(frozen=True, slots=True)
class _Object:
    relation: Name
    column: str | None
    view: View | None
    table: Table | None
    readers: frozenset[Name]
    """Itself and the views that read it, directly or through others."""

    @property
    def words(self) -> frozenset[str]:
        """Every word that a text which uses it holds."""
        return words_of(f"{self.relation.name} {self.column or ''}")


def impact(
    written: str,
    scripts: Sequence[Script],
    queries: Sequence[Query],
    unreadable: Sequence[NotCheckable],
    dialect: Dialect,
) -> Impact:
    """What uses an object.

    Args:
        written: a table, view or column: ``orders``, ``app.orders``, ``orders.total``, ``app.orders.total``.
        scripts: all migrations, in order.
        queries: of the application.
        unreadable: what should have been queries and is none.
        dialect: of the database.

    Raises:
        UsageError: the migrations make no such object.
    """
    catalog = after(scripts, dialect).in_new_session()
    found = _named(written, catalog)
    structure = Structure(catalog)
    using: list[Query] = []
    unchecked = [item for item in unreadable if found.words <= words_of(item.text)]
    for query in queries:
        parsed = parse(query.text, dialect)
        try:
            judgement = None if isinstance(parsed, Unparsed) else judge(parsed, structure)
        except RecursionError:
            judgement = None
        if judgement is not None and _uses(judgement, found):
            using.append(query)
        elif (judgement is None or judgement.missing) and found.words <= words_of(query.text):
            reason = parsed.reason if isinstance(parsed, Unparsed) else _reason(judgement)
            unchecked.append(NotCheckable(origin=query.origin, text=query.text, reason=reason))
    return Impact(
        object=".".join(filter(None, (catalog.display(found.relation), found.column))),
        kind="column" if found.column else "view" if found.view else "table",
        queries=tuple(using),
        known=len(queries) + len(unreadable),
        not_checkable=tuple(unchecked),
        dependents=tuple(_dependents(found, catalog)),
    )


def _reason(judgement: Judgement | None) -> str:
    missing = judgement.missing if judgement is not None else None
    return missing.reason if missing is not None else "is nested too deeply"


def _uses(judgement: Judgement, found: _Object) -> bool:
    """Whether a query uses it, be it through a view."""
    if found.column is None:
        return any(use.kind == "relation" and use.name in found.readers for use in judgement.uses)
    wanted = (found.relation, found.column)
    if any(use.kind == "column" and (use.name, use.column) == wanted for use in judgement.uses):
        return True
    return any(item.origin == wanted for item in judgement.result.fields)


# The object


def _named(written: str, catalog: Catalog) -> _Object:
    try:
        cursor = Cursor(written, catalog.dialect)
        parts = [cursor.label()]
        while cursor.take("."):
            parts.append(cursor.label())
    except (NotUnderstood, Unclosed):
        parts = []
    for relation, column in _readings(parts):
        resolved = catalog.resolve(relation)
        table, view = catalog.tables.get(resolved), catalog.views.get(resolved)
        inner = catalog.dialect.fold_inner(column) if column else None
        if (table is None and view is None) or (table is not None and inner and inner not in table.columns):
            continue
        if view is None or inner is None:
            readers = frozenset((resolved, *catalog.views_reading(resolved)))
            return _Object(resolved, inner, view, table, readers)
    known = [*catalog.tables, *catalog.views]
    names = ", ".join(sorted(map(catalog.display, known))[:10])
    message = f"the migrations make no table, view or column {written!r}"
    raise UsageError(message, help=f"there are: {names}" if names else None)


def _readings(parts: Sequence[str]) -> Iterator[tuple[Name, str | None]]:
    if len(parts) == 1:
        yield Name(None, parts[0]), None
    elif len(parts) == 2:
        yield Name(parts[0], parts[1]), None
        yield Name(None, parts[0]), parts[1]
    elif len(parts) == 3:
        yield Name(parts[0], parts[1]), parts[2]


# In the database


def _dependents(found: _Object, catalog: Catalog) -> Iterator[Dependent]:
    yield from _views(found, catalog)
    table = found.table
    if table is not None:
        yield from _of_table(found, table, catalog)
        yield from _elsewhere(found, catalog)
    yield from _functions(found, catalog)


def _views(found: _Object, catalog: Catalog) -> Iterator[Dependent]:
    for name in catalog.views_reading(found.relation):
        view = catalog.views[name]
        if found.column is None:
            direct = found.relation in view.reads
            yield Dependent(
                kind="view", name=catalog.display(name), how="reads it" if direct else "reads it through a view"
            )
        elif found.relation in view.reads and (found.column.lower() in words_of(view.query) or "*" in view.query):
            yield Dependent(kind="view", name=catalog.display(name), how="names it, or all columns")


def _of_table(found: _Object, table: Table, catalog: Catalog) -> Iterator[Dependent]:
    column = found.column
    for key, constraint in table.constraints.items():
        if column is None or column in constraint.columns:
            yield Dependent(kind="constraint", name=constraint.name or str(key), how=constraint.kind.value)
    for index in table.indexes.values():
        if not index.constraint and (column is None or index_mentions(index, column, catalog.dialect)):
            yield Dependent(kind="index", name=index.name, how="unique" if index.unique else "index")
    for trigger in table.triggers.values():
        if column is None or column.lower() in words_of(trigger.body or "") or column in trigger.columns:
            yield Dependent(kind="trigger", name=trigger.name, how=f"{trigger.timing.lower()} of it")
    if column is not None:
        for other in table.columns.values():
            if other.generation is not None and column in other.generation.columns:
                shown = f"{catalog.display(table.name)}.{other.name}"
                yield Dependent(kind="column", name=shown, how="is generated from it")
    for name, sequence in catalog.sequences.items():
        if sequence.owner == table.name and column in (None, sequence.column):
            yield Dependent(kind="sequence", name=catalog.display(name), how="goes with it")
    for child in table.children if column is None else ():
        yield Dependent(kind="partition", name=catalog.display(child), how="is a part of it or inherits from it")


def _elsewhere(found: _Object, catalog: Catalog) -> Iterator[Dependent]:
    for name in catalog.referencing(found.relation):
        for key in catalog.foreign_keys_of(name):
            reference = key.references
            if reference is None or reference.table != found.relation:
                continue
            primary = found.table.primary_key if found.table is not None else None
            columns = reference.columns or (primary.columns if primary is not None else ())
            if found.column is None or found.column in columns:
                how = f"foreign key of {catalog.display(name)}"
                yield Dependent(kind="constraint", name=key.name or "", how=how)


def _functions(found: _Object, catalog: Catalog) -> Iterator[Dependent]:
    callers = {
        (item.function or "").rpartition(".")[2]: item.name
        for item in (found.table.triggers.values() if found.table is not None else ())
    }
    for name, overloads in sorted(catalog.functions.items(), key=str):
        words = words_of(" ".join(item.body or "" for item in overloads))
        fired = name.name in callers
        if found.words <= words or (fired and (found.column is None or found.column.lower() in words)):
            how = f"called by trigger {callers[name.name]}" if fired else "may use it: its body names it"
            yield Dependent(kind="function", name=catalog.display(name), how=how)
