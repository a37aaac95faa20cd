"""Users and roles of MySQL and MariaDB."""

from __future__ import annotations

from migrail.model.operations import AlterObject, CreateObject, Operation
from migrail.model.structure import Name
from migrail.sql.cursor import Cursor
from migrail.sql.lexer import Kind
from migrail.sql.read.tails import anything


def account(cursor: Cursor) -> Name:
    """Takes a user or role, with or without a host."""
    if cursor.take_one(("CURRENT_USER", "CURRENT_ROLE")):
        cursor.take("(", ")")
        return Name(None, "current_user")
    token = cursor.peek()
    name = cursor.string() if token.kind is Kind.STRING else cursor.label()
    if cursor.take("@"):
        if cursor.peek().kind is Kind.STRING:
            cursor.string()
        elif not cursor.take("%"):
            cursor.next()
            while cursor.take("."):
                cursor.next()
    return Name(None, name)


def create_accounts(cursor: Cursor, modifiers: frozenset[str]) -> list[Operation]:
    """Takes what follows CREATE USER and CREATE ROLE."""
    if_not_exists = cursor.if_not_exists()
    names = [name for name, _ in _accounts(cursor)]
    return [CreateObject(object_type="ROLE", name=name, if_not_exists=if_not_exists) for name in names]


def alter_accounts(cursor: Cursor) -> list[Operation]:
    """Takes what follows ALTER USER."""
    if_there = cursor.if_exists()
    return [
        AlterObject(object_type="ROLE", name=name, option=option or "OPTIONS", if_there=if_there)
        for name, option in _accounts(cursor)
    ]


def _accounts(cursor: Cursor) -> list[tuple[Name, str]]:
    """Takes accounts with what is said about each of them, and about all; each with the first word of that."""
    found = []
    while True:
        name = account(cursor)
        found.append((name, cursor.word))
        while not cursor.done and not cursor.at(","):
            if cursor.take("DEFAULT", "ROLE"):  # a list of roles (MySQL)
                anything(cursor)
            elif cursor.at("("):
                cursor.group()
            else:
                cursor.next()
        if not cursor.take(","):
            return found
