"""What changing a table costs on MySQL and MariaDB: the algorithm, the lock and the work.

The facts of MariaDB are measured on 10.11 as the cheapest pair of ALGORITHM and LOCK that the server accepted.
Those of MySQL come from its manual (17.12.1, "Online DDL Operations"). What is not known counts as COPY.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from migrail.dialects._interface import TypeChange, Version
from migrail.dialects.mysql.types import modified_type
from migrail.model.locks import Duration
from migrail.model.operations import (
    AddColumn,
    AddConstraint,
    AlterColumnOption,
    AlterColumnType,
    AlterConstraint,
    AlterTableOption,
    AttachPartition,
    ConvertCharset,
    CreateIndex,
    DetachPartition,
    DropColumn,
    DropConstraint,
    DropDefault,
    DropIndex,
    DropPeriod,
    ModifyColumn,
    MoveTable,
    Operation,
    RenameColumn,
    RenameIndex,
    RenameTable,
    SetDefault,
)
from migrail.model.structure import Column, Constraint, ConstraintKind, Generated, Name, Structure

ALGORITHMS = ("INSTANT", "NOCOPY", "INPLACE", "COPY")
"""From cheap to dear."""
LOCKS = ("NONE", "SHARED", "EXCLUSIVE")


@dataclass(frozen=True, kw_only=True, slots=True)
class Cost:
    """How the server changes a table when nothing else is asked for."""

    algorithm: str
    lock: str = "NONE"
    work: Duration = Duration.INSTANT
    known: bool = True
    """False where it is assumed for want of knowledge."""


INSTANT = Cost(algorithm="INSTANT")
ENTRIES = Cost(algorithm="NOCOPY")
"""Catalog entries only, though not INSTANT."""
BUILD = Cost(algorithm="NOCOPY", work=Duration.SCAN)
REBUILD = Cost(algorithm="INPLACE", work=Duration.REWRITE)
SHARED_REBUILD = Cost(algorithm="INPLACE", lock="SHARED", work=Duration.REWRITE)
COPY = Cost(algorithm="COPY", lock="SHARED", work=Duration.REWRITE)
UNKNOWN = replace(COPY, known=False)
RENAME = Cost(algorithm="INSTANT", lock="EXCLUSIVE")


@dataclass(frozen=True, kw_only=True, slots=True)
class Server:
    """Where MySQL and MariaDB differ."""

    mariadb: bool
    free_from: int
    """Texts of up to so many bytes can become as long as they like."""
    build: Cost = BUILD
    entries: Cost = ENTRIES

    def add_column(self, version: Version, placed: bool) -> Cost:
        if self.mariadb:
            return INSTANT
        since = (8, 0, 29) if placed else (8, 0, 12)
        return INSTANT if _reaches(version, since) else REBUILD

    def drop_column(self, version: Version) -> Cost:
        return INSTANT if self.mariadb or _reaches(version, (8, 0, 29)) else REBUILD

    def rename_column(self, version: Version) -> Cost:
        return INSTANT if self.mariadb or _reaches(version, (8, 0, 28)) else self.entries


MARIADB = Server(mariadb=True, free_from=127)
MYSQL = Server(
    mariadb=False,
    free_from=0,
    build=replace(BUILD, algorithm="INPLACE"),
    entries=replace(ENTRIES, algorithm="INPLACE"),
)
"""MySQL has no word NOCOPY."""


def _reaches(version: Version, since: Version) -> bool:
    """``(8, 0)`` without a patch level is taken as its last one."""
    return version[: len(since)] >= since[: len(version)] if len(version) < len(since) else version >= since


def cost(operation: Operation, structure: Structure, version: Version, server: Server) -> Cost | None:
    """What the operation costs on an existing table; ``None`` where it changes no table."""
    find = _COSTS.get(type(operation))
    return None if find is None else find(operation, structure, version, server)


def asked(found: Cost, algorithm: str | None, lock: str | None) -> Cost:
    """The cost under ALGORITHM and LOCK: the server keeps below what they say or refuses the statement."""
    if algorithm == "COPY":
        found = replace(COPY, lock=max(found.lock, "SHARED", key=LOCKS.index))
    elif algorithm is not None and _dearer(found.algorithm, algorithm):
        found = {"INSTANT": INSTANT, "NOCOPY": BUILD}.get(algorithm, REBUILD)
    return found if lock is None else replace(found, lock=lock)


def refusal(found: Cost, algorithm: str | None, lock: str | None) -> str | None:
    """Why the server refuses the ALGORITHM or LOCK that is asked for, or ``None``."""
    if not found.known:
        return None
    if algorithm is not None and _dearer(found.algorithm, algorithm):
        return f"ALGORITHM={algorithm} is not supported for this change: it needs ALGORITHM={found.algorithm}"
    if lock is not None and LOCKS.index(lock) < LOCKS.index(found.lock):
        return f"LOCK={lock} is not supported for this change: it needs LOCK={found.lock}"
    return None


def _dearer(one: str, other: str) -> bool:
    return ALGORITHMS.index(one) > ALGORITHMS.index(other)


def worst(costs: list[Cost]) -> Cost:
    """Several changes at once cost what the dearest does."""
    dearest = max(costs, key=lambda item: (ALGORITHMS.index(item.algorithm), _WORK.index(item.work)))
    return replace(
        dearest,
        lock=max((item.lock for item in costs), key=LOCKS.index),
        known=all(item.known for item in costs),
    )


_WORK = tuple(Duration)


# Columns


def _has_generated(table: Name, structure: Structure) -> bool:
    """Whether a column of the table is known to be generated."""
    columns = (structure.column(table, name) for name in structure.column_names(table))
    return any(column is not None and column.generation is not None for column in columns)


def _full_text(table: Name, structure: Structure) -> bool:
    indexes = (structure.index(table, name) for name in structure.indexes_on(table))
    return any(index is not None and index.method == "fulltext" for index in indexes)


def _add_column(operation: AddColumn, structure: Structure, version: Version, server: Server) -> Cost:
    table, column = operation.table, operation.column
    if column.generated is Generated.STORED:
        return COPY
    if column.generated is Generated.IDENTITY_DEFAULT:
        return COPY if server.mariadb else SHARED_REBUILD
    checks = ConstraintKind.CHECK if server.mariadb else None
    costs = [_in_column(item, server) for item in column.constraints if item.kind is not checks]
    if _full_text(table, structure):
        costs.append(SHARED_REBUILD)
    if operation.after is not None and _has_generated(table, structure):
        costs.append(COPY)
    functions = column.default.functions if column.default is not None else ()
    if "uuid" in functions or (functions and not server.mariadb and not _is_now(functions)):
        costs.append(COPY)
    if not costs:
        return server.add_column(version, operation.after is not None)
    # A new column together with an index is rebuilt in place; its own CHECK costs nothing (measured).
    return worst([REBUILD, *costs])


def _is_now(functions: tuple[str, ...]) -> bool:
    return set(functions) <= {"current_timestamp", "now", "localtime", "localtimestamp"}


def _in_column(constraint: Constraint, server: Server) -> Cost:
    if constraint.kind is ConstraintKind.UNIQUE:
        return server.build
    return COPY


def _drop_column(operation: DropColumn, structure: Structure, version: Version, server: Server) -> Cost:
    if structure.indexes_on(operation.table, operation.column):
        return server.entries if server.mariadb else REBUILD
    return server.drop_column(version)


def _rename_column(operation: RenameColumn, structure: Structure, version: Version, server: Server) -> Cost:
    return server.rename_column(version)


def _modify(operation: ModifyColumn, structure: Structure, version: Version, server: Server) -> Cost:
    table, new = operation.table, operation.column
    old = structure.column(table, new.name)
    if old is None or old.type is None or new.type is None:
        return UNKNOWN
    costs = [INSTANT, *(_in_column(item, server) for item in new.constraints)]
    change = modified_type(old, new, free_from=server.free_from)
    if change is not TypeChange.FREE:
        costs.append(COPY)
    elif old.type != new.type:
        costs.append(INSTANT if server.mariadb else server.entries)
    if (old.generated, old.generation) != (new.generated, new.generation):
        costs.append(COPY)
    if _is_converted(old, new, structure.charset_of(table)):
        costs.append(UNKNOWN)
    elif new.collation is not None and new.collation != old.collation:
        costs.append(_collation(table, new, structure, server))
    if old.not_null != new.not_null:
        costs.append(UNKNOWN if new.not_null and _has_generated(table, structure) else REBUILD)
    if operation.after is not None:
        costs.append(_moved(table, structure, server))
    return worst(costs)


def _is_converted(old: Column, new: Column, default: str | None) -> bool:
    """Whether it gets another character set: the one that is written, or else that of its table."""
    if new.charset is not None:
        return new.charset != old.charset
    return new.collation is None and None not in (old.charset, default) and old.charset != default


def _collation(table: Name, column: Column, structure: Structure, server: Server) -> Cost:
    if not server.mariadb:
        return UNKNOWN
    return server.build if structure.indexes_on(table, column.name) else INSTANT


def _moved(table: Name, structure: Structure, server: Server) -> Cost:
    if _has_generated(table, structure):
        return COPY
    return INSTANT if server.mariadb else REBUILD


# Indexes and constraints


def _create_index(operation: CreateIndex, structure: Structure, version: Version, server: Server) -> Cost:
    return SHARED_REBUILD if operation.method in ("fulltext", "spatial", "rtree", "vector") else server.build


def _entries(operation: Operation, structure: Structure, version: Version, server: Server) -> Cost:
    return server.entries


def _instant(operation: Operation, structure: Structure, version: Version, server: Server) -> Cost:
    return INSTANT


def _rename_index(operation: Operation, structure: Structure, version: Version, server: Server) -> Cost:
    return INSTANT if server.mariadb else server.entries


def _rename_table(operation: Operation, structure: Structure, version: Version, server: Server) -> Cost:
    return RENAME


def _add_constraint(operation: AddConstraint, structure: Structure, version: Version, server: Server) -> Cost:
    """A foreign key is checked row by row while ``foreign_key_checks`` is on, which it is by default."""
    kind = operation.constraint.kind
    if kind is ConstraintKind.UNIQUE:
        return server.build
    if kind is ConstraintKind.PRIMARY_KEY and not server.mariadb:
        return REBUILD
    return COPY if server.mariadb or kind is ConstraintKind.FOREIGN_KEY else UNKNOWN


def _drop_constraint(operation: DropConstraint, structure: Structure, version: Version, server: Server) -> Cost:
    if operation.constraint == "PRIMARY":
        return COPY
    known = structure.constraint(operation.table, operation.constraint)
    if known is None:
        return UNKNOWN
    indexed = known.kind in (ConstraintKind.UNIQUE, ConstraintKind.PRIMARY_KEY)
    return INSTANT if server.mariadb and not indexed else server.entries


def _unknown(operation: Operation, structure: Structure, version: Version, server: Server) -> Cost:
    return UNKNOWN


_INSTANT_OPTIONS = (
    *("OPTION COMMENT", "OPTION AUTO_INCREMENT", "OPTION DEFAULT ", "OPTION STATS_", "ALTER INDEX"),
    *("ENABLE KEYS", "DISABLE KEYS", "RENAME TO ITSELF"),
)
_REBUILD_OPTIONS = ("FORCE", "OPTION ROW_FORMAT", "OPTION KEY_BLOCK_SIZE")


def _option(operation: AlterTableOption, structure: Structure, version: Version, server: Server) -> Cost:
    if operation.option.startswith(_INSTANT_OPTIONS):
        return INSTANT if server.mariadb else server.entries
    if operation.option.startswith(_REBUILD_OPTIONS):
        return REBUILD
    return UNKNOWN


_COSTS: dict[type[Operation], Callable[..., Cost]] = {
    AddColumn: _add_column,
    DropColumn: _drop_column,
    RenameColumn: _rename_column,
    ModifyColumn: _modify,
    AlterColumnType: _unknown,
    AlterColumnOption: _instant,
    SetDefault: _instant,
    DropDefault: _instant,
    CreateIndex: _create_index,
    DropIndex: _entries,
    RenameIndex: _rename_index,
    RenameTable: _rename_table,
    MoveTable: _rename_table,
    AddConstraint: _add_constraint,
    DropConstraint: _drop_constraint,
    AlterConstraint: _unknown,
    AlterTableOption: _option,
    ConvertCharset: _unknown,
    DropPeriod: _instant,
    AttachPartition: _unknown,
    DetachPartition: _unknown,
}
