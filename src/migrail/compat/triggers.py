"""Code that runs with a query: trigger functions and functions that it calls."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from migrail.catalog.values import Function, Table, Trigger
from migrail.compat.parse import Parsed, parse
from migrail.compat.relations import relation
from migrail.compat.scope import Scope, Source
from migrail.compat.work import Work
from migrail.model.operations import Certainty, Inner
from migrail.model.structure import Name
from migrail.model.text import words_of
from migrail.sql.code import read_code
from migrail.sql.source import Source as Text

_LANGUAGES = frozenset({"plpgsql", "sql"})
_DEEPEST = 4
"""Triggers that fire triggers are followed this far."""
_ROW = re.compile(r"\b(new|old)\s*\.\s*(\"(?:[^\"]|\"\")+\"|[a-z_]\w*)", re.IGNORECASE)
_BEGIN = re.compile(r"\bbegin\b", re.IGNORECASE)
_DECLARED = re.compile(r"\bdeclare\b([^;]*)", re.IGNORECASE)
_LOOP = re.compile(r"\b(?:for|foreach)\s+(\w+)", re.IGNORECASE)
_QUOTED = re.compile(r"'(?:[^']|'')*'|--[^\n]*|/\*.*?\*/", re.DOTALL)


def fire(table: Table, event: str, columns: Iterable[str], work: Work, *, certain: bool = False) -> None:
    """Notes what is wrong in the code of the triggers that fire; ``certain`` is whether there surely is a row."""
    if work.depth >= _DEEPEST:
        return
    written = set(columns)
    for owner in (table, *_parents(table, work)):
        for trigger in owner.triggers.values():
            if event not in trigger.timing.split() or (
                event == "UPDATE" and trigger.columns and not written & set(trigger.columns)
            ):
                continue
            for reason, reached in _flaws(trigger, owner, work):
                shown = f"trigger {trigger.name} of {work.shown(owner.name)}: {reason}"
                work.flaw(shown, certain=certain and reached)


def _parents(table: Table, work: Work) -> Iterator[Table]:
    for parent in table.parents:
        found = work.structure.catalog.tables.get(parent)
        if found is not None:
            yield found


def called(name: Name, overloads: Iterable[Function], work: Work) -> None:
    """Notes what is wrong in the body of a function that is called; of several overloads, nothing is said."""
    found = list(overloads)
    if work.depth >= _DEEPEST or len(found) != 1 or found[0].body is None:
        return
    for reason, certain in _of_function(found[0], None, work):
        work.flaw(f"function {name}: {reason}", certain=certain)


def _flaws(trigger: Trigger, table: Table, work: Work) -> Iterator[tuple[str, bool]]:
    if trigger.body is not None:
        code = read_code(Text.plain(trigger.body), "sql", work.structure.dialect)
        variables = words_of(_declared(trigger.body))
        yield from _of_statements(code.operations, trigger.body, table, work, variables)
        return
    if trigger.function is None:
        return
    schema, _, bare = trigger.function.rpartition(".")
    overloads = work.structure.catalog.function(Name(schema or None, bare))
    if len(overloads) == 1 and overloads[0].body is not None:
        work.use("function", overloads[0].name)
        yield from _of_function(overloads[0], table, work)


def _of_function(function: Function, table: Table | None, work: Work) -> Iterator[tuple[str, bool]]:
    language = (function.language or "").lower()
    if language not in _LANGUAGES or function.body is None:
        return
    code = read_code(Text.plain(function.body), language, work.structure.dialect)
    yield from _of_statements(code.operations, function.body, table, work, _variables(function))


def _variables(function: Function) -> frozenset[str]:
    """Names in the body that may be arguments and variables; a superset."""
    declared = _BEGIN.split(function.body or "", maxsplit=1)[0] if function.language != "sql" else ""
    inside = _declared(function.body or "")
    return words_of(f"{function.arguments} {function.returns or ''} {declared} {inside} found new old")


def _declared(body: str) -> str:
    """What stands behind DECLARE inside the body (MySQL), and the variables of loops."""
    return " ".join((*_DECLARED.findall(body), *_LOOP.findall(body)))


def _of_statements(
    operations: Iterable[Inner],
    body: str,
    table: Table | None,
    work: Work,
    variables: frozenset[str] = frozenset(),
) -> Iterator[tuple[str, bool]]:
    scope = Scope(sources=list(_rows(table, work)))
    seen: set[str] = set()
    if table is not None:
        yield from _missing_fields(body, table, work)
    for inner in operations:
        if inner.text in seen:
            continue
        seen.add(inner.text)
        parsed = parse(inner.text, work.structure.dialect)
        if isinstance(parsed, Parsed):
            for flaw in _judged(parsed, scope, work, variables):
                yield flaw[0], flaw[1] and inner.certainty is Certainty.CERTAIN


def _rows(table: Table | None, work: Work) -> Iterator[Source]:
    """NEW and OLD."""
    if table is None:
        return
    found = relation(table.name, work.aside())
    for alias in ("new", "old"):
        yield replace(found, alias=alias, qualified_only=True)


def _missing_fields(body: str, table: Table, work: Work) -> Iterator[tuple[str, bool]]:
    if not table.columns_known:
        return
    dialect = work.structure.dialect
    for found in _ROW.finditer(_QUOTED.sub(" ", body)):
        quoted = found[2].startswith('"')
        name = dialect.fold_inner(dialect.fold(found[2].strip('"'), quoted))
        if name not in table.columns and name not in ("rowid", "tableoid", "ctid"):
            yield f"record {found[1].lower()} has no field {name}", False


def _judged(parsed: Parsed, scope: Scope, work: Work, variables: frozenset[str]) -> Iterator[tuple[str, bool]]:
    from migrail.compat.select import query_fields  # queries fire triggers, which hold queries

    if parsed.tree is None:
        return
    inside = Work(structure=work.structure, variables=variables, depth=work.depth + 1, overriding=parsed.overriding)
    query_fields(parsed.tree, scope, inside)
    work.uses.update(inside.uses)
    for flaw in inside.flaws.values():
        yield flaw.reason, flaw.certain
