"""Functions, procedures, triggers, policies and rules."""

from __future__ import annotations

from dataclasses import dataclass, field

from migrail.dialects import Dialect
from migrail.model.operations import (
    AlterObject,
    AlterTableOption,
    CreateFunction,
    CreateObject,
    CreatePolicy,
    CreateTrigger,
    Delete,
    Insert,
    MoveObject,
    Opaque,
    Operation,
    RenameObject,
    RenameTrigger,
    Select,
    SessionCommand,
    Update,
)
from migrail.model.structure import Expression, Name
from migrail.sql.code import Code, read_code
from migrail.sql.cursor import Cursor, NotUnderstood
from migrail.sql.expressions import expression, group_expression, value_expression
from migrail.sql.lexer import Kind
from migrail.sql.read import tails
from migrail.sql.read.signed import aggregate_arguments
from migrail.sql.read.tails import Tail, anything, take_form
from migrail.sql.source import Source
from migrail.sql.types import read_type

# Functions


@dataclass(slots=True)
class _Draft:
    """A function while its clauses are read."""

    returns: str | None = None
    language: str | None = None
    volatility: str = "volatile"
    body: Source | None = None
    atomic: bool = False
    """The body is not a string."""
    definer: bool = False
    settings: list[str] = field(default_factory=list)


def read_create_function(cursor: Cursor, modifiers: frozenset[str], *, procedure: bool) -> list[Operation]:
    """Takes what follows CREATE FUNCTION and CREATE PROCEDURE."""
    name = cursor.name(function=True)
    arguments = cursor.group()
    draft = _Draft()
    if cursor.take("RETURNS"):
        draft.returns = _returns(cursor)
    while not cursor.done:
        _clause(cursor, draft)
    if draft.body is None:
        cursor.unexpected("where the body should stand")
    code = _code(draft.body, draft, cursor.dialect)
    return [
        CreateFunction(
            name=name,
            procedure=procedure,
            replace="REPLACE" in modifiers,
            arguments=arguments,
            returns=draft.returns,
            language=draft.language,
            volatility=draft.volatility,
            body=draft.body.text,
            security_definer=draft.definer,
            settings=tuple(draft.settings),
            operations=code.operations,
            unread=code.unread,
        )
    ]


def _code(body: Source, draft: _Draft, dialect: Dialect) -> Code:
    if not draft.atomic:
        return read_code(body, draft.language or "sql", dialect)
    return read_code(_between(Cursor(body.text, dialect, body)), "sql", dialect)


def _between(body: Cursor) -> Source:
    """What stands between BEGIN ATOMIC and END; the whole body where it is an expression."""
    if not body.take("BEGIN", "ATOMIC"):
        return body.source
    start = body.offset
    while not body.done:
        body.next()
    end = body.peek(-1)
    if end.word != "END":
        body.unexpected("where END should stand")
    return body.source.part(start, end.start)


def _returns(cursor: Cursor) -> str:
    start = cursor.offset
    if cursor.take("TABLE"):
        cursor.group()
        return cursor.since(start)
    cursor.take("SETOF")
    read_type(cursor)
    if cursor.take("%"):
        cursor.expect("TYPE")
    return cursor.since(start)


def _clause(cursor: Cursor, draft: _Draft) -> None:
    if cursor.take("LANGUAGE"):
        draft.language = cursor.string().lower() if cursor.peek().kind is Kind.STRING else cursor.label()
    elif volatility := cursor.take_one(("IMMUTABLE", "STABLE", "VOLATILE")):
        draft.volatility = volatility.lower()
    elif cursor.take("AS"):
        draft.body = cursor.quoted()
        if cursor.take(","):
            cursor.string()
    elif cursor.at("BEGIN", "ATOMIC") or cursor.at("RETURN"):
        draft.language = draft.language or "sql"
        start = cursor.offset
        draft.body = cursor.source.part(start, start + len(cursor.rest()))
        draft.atomic = True
    elif security := cursor.take_phrase(_SECURITY):
        draft.definer = security.endswith("DEFINER")
    elif cursor.take("SET"):
        draft.settings.append(_set(cursor))
    elif not take_form(cursor, _FUNCTION_FORMS):
        cursor.unexpected()


_SECURITY = (
    *("EXTERNAL SECURITY INVOKER", "EXTERNAL SECURITY DEFINER"),
    *("SECURITY INVOKER", "SECURITY DEFINER"),
)


def _set(cursor: Cursor) -> str:
    """Takes what follows SET; the setting."""
    if cursor.take("TIME", "ZONE"):
        cursor.value()
        return "timezone"
    setting = str(cursor.name()).lower()
    if cursor.take("FROM", "CURRENT"):
        return setting
    if not cursor.take("TO"):
        cursor.expect("=")
    cursor.commas(Cursor.value)
    return setting


def _transform(cursor: Cursor) -> None:
    cursor.expect("FOR", "TYPE")
    read_type(cursor)
    while cursor.take(",", "FOR", "TYPE"):
        read_type(cursor)


_FUNCTION_FORMS: dict[str, Tail] = {
    "WINDOW": tails.nothing,
    "TRANSFORM": _transform,
    "NOT LEAKPROOF": tails.nothing,
    "LEAKPROOF": tails.nothing,
    "CALLED ON NULL INPUT": tails.nothing,
    "RETURNS NULL ON NULL INPUT": tails.nothing,
    "STRICT": tails.nothing,
    "PARALLEL": tails.role,
    "COST": tails.value,
    "ROWS": tails.value,
    "SUPPORT": tails.name,
    "SET": _set,
}


def read_alter_function(cursor: Cursor, object_type: str) -> list[Operation]:
    """Takes what follows ALTER FUNCTION, PROCEDURE, ROUTINE and AGGREGATE."""
    name = cursor.name(function=True)
    arguments = aggregate_arguments if object_type == "AGGREGATE" else Cursor.group
    written = arguments(cursor) if cursor.at("(") else None
    if cursor.take("RENAME", "TO"):
        new = cursor.identifier()
        return [RenameObject(object_type=object_type, name=name, new_name=new, signature=written)]
    if cursor.take("SET", "SCHEMA"):
        schema = cursor.identifier()
        return [MoveObject(object_type=object_type, name=name, new_schema=schema, signature=written)]
    found: list[Operation] = []
    while not found or not cursor.done:
        option, argument = take_form(cursor, _ALTER_FUNCTION_FORMS) or cursor.unexpected()
        found.append(
            AlterObject(object_type=object_type, name=name, option=option, argument=argument, signature=written)
        )
        cursor.take("RESTRICT")
    return found


def _reset(cursor: Cursor) -> None:
    if not cursor.take("ALL"):
        cursor.name()


_ALTER_FUNCTION_FORMS: dict[str, Tail] = {
    "OWNER TO": tails.role,
    "DEPENDS ON EXTENSION": tails.name,
    "NO DEPENDS ON EXTENSION": tails.name,
    "IMMUTABLE": tails.nothing,
    "STABLE": tails.nothing,
    "VOLATILE": tails.nothing,
    "RESET": _reset,
    **_FUNCTION_FORMS,
    **dict.fromkeys(_SECURITY, tails.nothing),
}


# Triggers


def read_create_trigger(cursor: Cursor, modifiers: frozenset[str]) -> list[Operation]:
    """Takes what follows CREATE ... TRIGGER."""
    sqlite = cursor.dialect.name == "sqlite"
    if_not_exists = sqlite and cursor.if_not_exists()
    trigger = cursor.name() if sqlite else Name(None, cursor.identifier())
    timing = cursor.take_phrase(("BEFORE", "AFTER", "INSTEAD OF"))
    if not timing and not sqlite:
        cursor.unexpected()
    columns: list[str] = []
    timing = f"{timing or 'BEFORE'} {_event(cursor, columns)}"
    while cursor.take("OR"):
        timing += f" OR {_event(cursor, columns)}"
    cursor.expect("ON")
    table = cursor.name()
    function, body, code = None, None, Code()
    if sqlite:
        when, body = _trigger_body(cursor)
        code = read_code(body, "sql", cursor.dialect)
    else:
        when, function = _trigger_function(cursor)
    return [
        CreateTrigger(
            table=table,
            trigger=trigger.name,
            schema="temp" if sqlite and "TEMPORARY" in modifiers else trigger.schema,
            timing=timing,
            columns=tuple(columns),
            when=when,
            function=function,
            body=None if body is None else body.text,
            replace="REPLACE" in modifiers,
            if_not_exists=if_not_exists,
            operations=code.operations,
            unread=code.unread,
        )
    ]


def _event(cursor: Cursor, columns: list[str]) -> str:
    event = cursor.expect_phrase(("INSERT", "UPDATE", "DELETE", "TRUNCATE"))
    if event == "UPDATE" and cursor.take("OF"):
        columns += cursor.commas(Cursor.identifier)
    return event


def _trigger_function(cursor: Cursor) -> tuple[Expression | None, str]:
    """Takes what follows the table; the condition and the function."""
    if cursor.take("FROM"):
        cursor.name()
    while cursor.take_phrase(("NOT DEFERRABLE", "DEFERRABLE", "INITIALLY DEFERRED", "INITIALLY IMMEDIATE")):
        pass
    if cursor.take("REFERENCING"):
        while cursor.take_phrase(("OLD TABLE", "NEW TABLE", "OLD ROW", "NEW ROW")):
            cursor.take("AS")
            cursor.identifier()
    if cursor.take("FOR"):
        cursor.take("EACH")
        cursor.expect_phrase(("ROW", "STATEMENT"))
    when = group_expression(cursor) if cursor.take("WHEN") else None
    cursor.expect("EXECUTE")
    cursor.expect_phrase(("FUNCTION", "PROCEDURE"))
    function = cursor.name(function=True)
    cursor.group()
    return when, str(function)


def _trigger_body(cursor: Cursor) -> tuple[Expression | None, Source]:
    """SQLite: the condition, and everything between the BEGIN behind it and the last END."""
    cursor.take("FOR", "EACH", "ROW")
    when = _condition(cursor) if cursor.take("WHEN") else None
    cursor.expect("BEGIN")
    start = cursor.offset
    anything(cursor)
    *before, semicolon, end = cursor.between(0, cursor.index)
    if end.word != "END" or semicolon.word != ";" or not before:
        cursor.unexpected("where END should stand")
    return when, cursor.source.part(start, start + len(cursor.text[start : end.start].rstrip()))


def _condition(cursor: Cursor) -> Expression:
    """Everything up to BEGIN: SQLite has more operators than anybody else (``lang_expr.html``)."""
    first = cursor.index
    while not cursor.at("BEGIN"):
        if cursor.at("("):
            cursor.group()
        else:
            cursor.next()
    return expression(cursor, first)


def read_alter_trigger(cursor: Cursor, object_type: str) -> list[Operation]:
    """Takes what follows ALTER TRIGGER, RULE and POLICY: forms of their table."""
    cursor.if_exists()
    name = cursor.identifier()
    cursor.expect("ON")
    table = cursor.name()
    if cursor.take("RENAME", "TO"):
        new = cursor.identifier()
        if object_type == "TRIGGER":
            return [RenameTrigger(table=table, trigger=name, new_name=new)]
        return [AlterTableOption(table=table, option=f"RENAME {object_type}", argument=f"{name} TO {new}")]
    if object_type == "TRIGGER":
        cursor.take("NO")
        cursor.expect("DEPENDS", "ON", "EXTENSION")
        cursor.identifier()
    elif object_type == "POLICY":
        _policy_clauses(cursor)
    else:
        cursor.unexpected()
    return [AlterTableOption(table=table, option=f"ALTER {object_type}", argument=name)]


# Policies and rules


def read_create_policy(cursor: Cursor, modifiers: frozenset[str]) -> list[Operation]:
    """Takes what follows CREATE POLICY."""
    policy = cursor.identifier()
    cursor.expect("ON")
    table = cursor.name()
    permissive, command = True, "ALL"
    if cursor.take("AS"):
        permissive = cursor.expect_phrase(("PERMISSIVE", "RESTRICTIVE")) == "PERMISSIVE"
    if cursor.take("FOR"):
        command = cursor.expect_phrase(("ALL", "SELECT", "INSERT", "UPDATE", "DELETE"))
    using, check = _policy_clauses(cursor)
    return [
        CreatePolicy(table=table, policy=policy, permissive=permissive, command=command, using=using, check=check)
    ]


def _policy_clauses(cursor: Cursor) -> tuple[Expression | None, Expression | None]:
    """Takes the rest; the conditions of USING and WITH CHECK."""
    if cursor.take("TO"):
        cursor.commas(Cursor.label)
    using = group_expression(cursor) if cursor.take("USING") else None
    check = group_expression(cursor) if cursor.take("WITH", "CHECK") else None
    return using, check


def read_create_rule(cursor: Cursor, modifiers: frozenset[str]) -> list[Operation]:
    """Takes what follows CREATE RULE; its commands run later, as the bodies of functions do."""
    name = cursor.name()
    cursor.expect("AS", "ON")
    cursor.expect_phrase(("SELECT", "INSERT", "UPDATE", "DELETE"))
    cursor.expect("TO")
    table = cursor.name()
    if cursor.take("WHERE"):
        value_expression(cursor)
    cursor.expect("DO")
    cursor.take_one(("ALSO", "INSTEAD"))
    code = Code() if cursor.take("NOTHING") else _rule_commands(cursor)
    return [
        CreateObject(
            object_type="RULE",
            name=name,
            table=table,
            operations=code.operations,
            unread=code.unread,
            replace="REPLACE" in modifiers,
        )
    ]


def _rule_commands(cursor: Cursor) -> Code:
    """Takes one command, or several in parentheses with semicolons between them (gram.y, RuleActionList)."""
    start, first = cursor.offset, cursor.index
    anything(cursor)
    found = cursor.between(first, cursor.index)
    if not found:
        cursor.unexpected()
    begin, end = start, found[-1].end
    cursor.index = first
    if cursor.at("("):
        cursor.group()
        if cursor.done:
            begin, end = found[0].end, found[-1].start
    anything(cursor)
    code = read_code(cursor.source.part(begin, end), "sql", cursor.dialect)
    for inner in code.operations:
        match inner.operation:
            case Select() | Insert() | Update() | Delete() | SessionCommand(verb="NOTIFY"):
                pass
            case Opaque(reason=reason):
                raise NotUnderstood(reason)
            case other:
                raise NotUnderstood(f"a rule cannot do {other.kind.replace('_', ' ')}")
    return code
