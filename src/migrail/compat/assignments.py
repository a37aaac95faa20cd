"""Values that are written into columns: NULL, types, lengths, generated columns, CHECKs and keys."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from migrail.catalog.values import Table
from migrail.compat import constants, evaluate, others
from migrail.compat.domains import domain_takes, known_value
from migrail.compat.postgres.types import UNKNOWN
from migrail.compat.relations import composite_fields
from migrail.compat.targets import Target
from migrail.compat.work import Work
from migrail.model.structure import Column, Constraint, ConstraintKind, Expression, Generated, SqlType

_GENERATED = (Generated.STORED, Generated.VIRTUAL)
_RANGES = {"smallint": 2**15, "integer": 2**31, "tinyint": 2**7, "mediumint": 2**23, "int": 2**31}
_LENGTHS = frozenset({"varchar", "char", "bit", "varbit", "binary", "varbinary"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Given:
    """What a query writes into one column."""

    type: str | None = None
    literal: str | None = None
    null: bool = False
    nullable: bool | None = None
    """Whether it may be NULL; ``None`` where that is not known."""
    default: bool = False
    """The word DEFAULT."""
    placeholder: bool = False
    parameter: int | None = None
    """Of a bare placeholder, its node."""
    width: int | None = None
    """Of a row, how many values it has."""


def surely(target: Target, *, rows: bool) -> bool:
    """Whether values reach the table as they are: there are rows, and no trigger changes them or takes them away.

    Args:
        target: what is written.
        rows: whether the statement surely writes one.
    """
    timings = [item.timing for item in target.table.triggers.values()]
    return rows and not any("BEFORE" in timing and "INSERT" in timing for timing in timings)


def assigned(
    target: Target, column: str, given: Given, work: Work, *, inserting: bool, certain: bool = True
) -> None:
    """Notes what one column does not take; ``certain`` is whether the value surely gets there."""
    found = target.table.columns.get(target.columns.get(column, ""))
    if found is None:
        if target.view is not None and target.table.columns_known:
            work.flaw(f"cannot write column {column} of view {work.shown(target.view)}: it is no column of a table")
        return
    shown = f"{work.shown(target.name)}.{found.name}"
    if found.generated in _GENERATED:
        if not given.default:
            work.flaw(f"column {shown} is generated and can only be written as DEFAULT")
        return
    if found.generated is Generated.IDENTITY_ALWAYS and not given.default and not (inserting and work.overriding):
        work.flaw(f"column {shown} is GENERATED ALWAYS and can only be written as DEFAULT")
    if given.default:
        if _is_required(found, work) and not _has_default(found, target.table, work):
            work.flaw(f"column {shown} is NOT NULL and has no default", certain=certain)
        return
    _not_null(found, shown, given, target.table, work, certain=certain)
    _type(found, shown, given, target, work, certain=certain)
    if given.literal is None and not given.null:
        _room(found.type, shown, work)


def _is_required(column: Column, work: Work) -> bool:
    domain = work.structure.domain(column.type)
    return column.not_null or (domain is not None and domain.not_null)


def _has_default(column: Column, table: Table, work: Work) -> bool:
    if column.default is not None:
        return not column.default.is_null
    if column.generated is not None or (column.type is not None and column.type.serial):
        return True
    domain = work.structure.domain(column.type)
    if domain is not None and domain.default is not None:
        return True
    return _is_row_number(column, table, work)


def _is_row_number(column: Column, table: Table, work: Work) -> bool:
    """SQLite's INTEGER PRIMARY KEY numbers rows by itself."""
    key = table.primary_key
    return (
        work.structure.dialect.name == "sqlite"
        and key is not None
        and key.columns == (column.name,)
        and column.type is not None
        and column.type.name == "integer"
        and not table.without_rowid
    )


def _not_null(column: Column, shown: str, given: Given, table: Table, work: Work, *, certain: bool) -> None:
    if not _is_required(column, work) or _is_row_number(column, table, work):
        return
    if work.structure.dialect.name in ("mysql", "mariadb") and column.generated is not None:
        return
    if given.null:
        work.flaw(f"column {shown} is NOT NULL and gets NULL", certain=certain)
    elif given.nullable is not False and given.literal is None:
        work.flaw(f"column {shown} is NOT NULL and may get NULL", certain=False)


def _type(column: Column, shown: str, given: Given, target: Target, work: Work, *, certain: bool) -> None:
    wanted = work.structure.spelled(column.type)
    if column.type is None or not work.structure.typed or wanted is None:
        _length(column.type, shown, given, work)
        reason = others.refuses(column.type, given.literal, target, work) if given.literal is not None else None
        if reason is not None:
            work.flaw(f"column {shown}: {reason}", certain=certain)
        return
    types = work.structure.types
    work.meet(given.parameter, wanted)
    if given.literal is not None and (given.type == UNKNOWN or wanted in _RANGES or wanted == "bigint"):
        number = given.type != UNKNOWN and not given.literal.lstrip("-").isdigit()
        if given.type == UNKNOWN or (given.type in ("integer", "bigint", "numeric") and not number):
            constants.must_fit(given.literal, wanted, work)
    fields = composite_fields(wanted, work) if given.width is not None else None
    if fields is not None and len(fields) != given.width:
        work.flaw(f"column {shown} takes rows of {len(fields)} values, not {given.width}")
    known = given.type not in (None, UNKNOWN, "record")
    if (
        known
        and types.knows(str(given.type))
        and types.knows(wanted)
        and not types.assignable(str(given.type), wanted)
    ):
        work.flaw(f"column {shown} is of type {wanted} but expression is of type {given.type}")
    _length(column.type, shown, given, work)


def _length(type_: SqlType | None, shown: str, given: Given, work: Work) -> None:
    """A constant that is too long. Blanks at the end are cut off in silence."""
    limit = _limit(_base(type_, work))
    if limit is None or given.literal is None or given.default:
        return
    kind, room = limit
    base = _base(type_, work)
    if kind == "length" and len(given.literal.rstrip(" ")) > room:
        work.flaw(f"{given.literal[:40]!r} is too long for {base} of {shown}")
    if kind == "digits" and _digits(given.literal) > room:
        work.flaw(f"{given.literal[:40]} is too large for {base} of {shown}")


def _base(type_: SqlType | None, work: Work) -> SqlType | None:
    """The type below domains, with its length."""
    for _ in range(32):
        below = work.structure.catalog.domain_base(type_) if type_ is not None and work.structure.typed else None
        if below is None:
            break
        type_ = below
    return type_


def _limit(type_: SqlType | None) -> tuple[str, int] | None:
    """What a type limits, and to how much."""
    if type_ is None or type_.dimensions:
        return None
    if type_.name in _LENGTHS:
        arguments = type_.arguments or (("1",) if type_.name in ("char", "bit") else ())
        return ("length", int(arguments[0])) if arguments and arguments[0].isdigit() else None
    if type_.name in ("numeric", "decimal") and type_.arguments and type_.arguments[0].isdigit():
        scale = int(type_.arguments[1]) if len(type_.arguments) > 1 and type_.arguments[1].isdigit() else 0
        return "digits", int(type_.arguments[0]) - scale
    return None


def _digits(literal: str) -> int:
    whole = literal.strip().lstrip("+-").partition(".")[0].lstrip("0")
    return len(whole) if whole.isdigit() else 0


def _room(type_: SqlType | None, shown: str, work: Work) -> None:
    """A value that is only known at run time may need more room than there is."""
    base = _base(type_, work)
    limit = _limit(base)
    if limit is not None:
        work.limited(f"a value may be too long for {base} of {shown}", f"{limit[0]} of {shown}", limit[1])
    elif base is not None and not base.dimensions and base.name in _RANGES:
        work.limited(f"a value may be out of range for {base} of {shown}", f"range of {shown}", _RANGES[base.name])


def leaves_out(target: Target, columns: Collection[str], work: Work, *, certain: bool = True) -> None:
    """Notes columns that an INSERT does not name and that have no value of their own."""
    written = {target.columns.get(column, column) for column in columns}
    table = target.table
    for column in table.columns.values():
        if column.name in written or not _is_required(column, work) or _has_default(column, table, work):
            continue
        shown = f"{work.shown(target.name)}.{column.name}"
        work.flaw(f"INSERT leaves out {shown}, which is NOT NULL without a default", certain=certain)


# Constraints


def checked(
    target: Target, given: Mapping[str, Given], work: Work, *, inserting: bool, certain: bool = True
) -> None:
    """Notes the constraints of the table that refuse these values, or may."""
    row = {target.columns.get(column, column): item for column, item in given.items()}
    table = target.table
    for constraint in table.constraints.values():
        if not constraint.enforced:
            continue
        if constraint.kind is ConstraintKind.CHECK and constraint.expression is not None:
            _check(constraint.expression, row, target, work, inserting=inserting, certain=certain)
            if not constraint.valid and not inserting:
                _unchecked_rows(constraint.expression, target, work)
        elif constraint.columns and (set(constraint.columns) & set(row)):
            _keyed(constraint, row, target, work)
    for index in table.indexes.values():
        if (
            index.unique
            and not index.constraint
            and (set(index.columns) & set(row) or _is_expression(index.columns))
        ):
            _unique(index.columns, target, work)
    for column, item in row.items():
        known = table.columns.get(column)
        if known is not None and not item.default:
            found = (
                known_value(item.literal, number=item.type != UNKNOWN, null=False)
                if not item.null
                else evaluate.ANY
            )
            shown = f"{work.shown(target.name)}.{column}"
            if not item.null:
                domain_takes(known.type, found, shown, work, certain=certain)


def _is_expression(columns: Iterable[str]) -> bool:
    return any("(" in column for column in columns)


def _check(
    expression: Expression, row: Mapping[str, Given], target: Target, work: Work, *, inserting: bool, certain: bool
) -> None:
    table = target.table
    names = [column for column in expression.columns if column in table.columns]
    if not any(name in row for name in names) and not inserting:
        return
    values = {name: _known(name, row, table, inserting=inserting) for name in names}
    outcome = evaluate.check(expression.text, values, work.structure.dialect)
    shown = f"CHECK ({' '.join(expression.text.split())}) of {work.shown(target.name)}"
    if outcome is False:
        work.flaw(f"{shown} refuses what it writes", certain=certain)
    elif outcome is None:
        work.flaw(f"{shown} may refuse what it writes", certain=False)


def _unchecked_rows(expression: Expression, target: Target, work: Work) -> None:
    """Rows from before a CHECK that was not validated are looked at when any of their columns is changed."""
    shown = f"CHECK ({' '.join(expression.text.split())}) of {work.shown(target.name)}"
    work.flaw(f"{shown} is not validated: a row that it refuses cannot be changed", certain=False)


def _known(name: str, row: Mapping[str, Given], table: Table, *, inserting: bool) -> evaluate.Known:
    given = row.get(name)
    if given is None or given.default:
        column = table.columns[name]
        if not inserting or column.generated is not None:
            return evaluate.ANY
        return evaluate.constant(column.default.text) if column.default is not None else evaluate.NULL
    if given.null:
        return evaluate.NULL
    return evaluate.ANY if given.literal is None else evaluate.Constant(given.literal, given.type != UNKNOWN)


def _keyed(constraint: Constraint, row: Mapping[str, Given], target: Target, work: Work) -> None:
    if any(row[name].null for name in constraint.columns if name in row) and (
        constraint.kind is not ConstraintKind.PRIMARY_KEY
    ):
        return
    if constraint.kind is ConstraintKind.FOREIGN_KEY and constraint.references is not None:
        columns = ", ".join(constraint.columns)
        work.flaw(f"foreign key of {work.shown(target.name)} ({columns}) may refuse a row", certain=False)
    elif constraint.kind in (ConstraintKind.UNIQUE, ConstraintKind.PRIMARY_KEY):
        _unique(constraint.columns, target, work)
    elif constraint.kind is ConstraintKind.EXCLUDE:
        work.flaw(f"EXCLUDE constraint of {work.shown(target.name)} may refuse a row", certain=False)


def _unique(columns: Collection[str], target: Target, work: Work) -> None:
    shown = ", ".join(columns)
    work.flaw(f"unique key of {work.shown(target.name)} ({shown}) may refuse a second row", certain=False)
