"""What MySQL and MariaDB refuse whatever the data."""

from __future__ import annotations

from functools import partial

from migrail.dialects._interface import Version
from migrail.dialects.mysql.online import MYSQL, Server, cost, refusal
from migrail.model.operations import (
    AddColumn,
    AddConstraint,
    DropColumn,
    DropIndex,
    ModifyColumn,
    Operation,
    RenameColumn,
    RenameIndex,
    TableOperation,
)
from migrail.model.structure import Structure


def refused_by(operation: Operation, structure: Structure, version: Version, server: Server) -> str | None:
    """Why the server refuses the operation, or ``None``."""
    if not server.mariadb and _only_mariadb(operation):
        return "MySQL has no IF [NOT] EXISTS for columns and indexes: only MariaDB has it"
    if not isinstance(operation, TableOperation | DropIndex | RenameIndex):
        return None
    if operation.algorithm is None and operation.lock is None:
        return None
    if operation.algorithm == "NOCOPY" and not server.mariadb:
        return "MySQL has no ALGORITHM=NOCOPY: only MariaDB has it"
    found = cost(operation, structure, version, server)
    return None if found is None else refusal(found, operation.algorithm, operation.lock)


def _only_mariadb(operation: Operation) -> bool:
    match operation:
        case AddColumn() | AddConstraint():
            return operation.if_not_exists
        case DropColumn() | ModifyColumn() | RenameColumn() | DropIndex():
            return operation.if_exists
        case _:
            return False


refuses = partial(refused_by, server=MYSQL)
