"""What the rules about constraints share: adding them NOT VALID, and validating them later."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from migrail.catalog.naming import CONSTRAINT_LABELS, index_columns, object_name
from migrail.model.operations import AddColumn, AddConstraint, ValidateConstraint
from migrail.model.rewrites import Rewrite, Stage, Step
from migrail.model.structure import Constraint, ConstraintKind, Name
from migrail.rules._interface import Context, Hit
from migrail.rules._names import sql_name, sql_table
from migrail.rules._rewrites import instead, new_constraints, own_text, step
from migrail.rules._words import held
from migrail.sql import column_text, with_word

LATER = "Validate it in a migration of its own, after the one that adds it has been committed"


def add_then_validate(operation: AddConstraint, context: Context) -> Rewrite | None:
    """The author's constraint NOT VALID, and its validation in another migration."""
    text = own_text(operation, context)
    name = operation.constraint.name
    if text is not None and name is None:
        name = new_name(operation, operation.constraint.kind, context)
        text = with_word(text, {"ADD"}, f"CONSTRAINT {sql_name(name, context.dialect)}", context.dialect)
    if text is None or name is None:
        return None
    added = step(f"add_{name}", Stage.EXPAND, f"{text} NOT VALID")
    return instead(operation, context, added, validation(operation.table, [name], context))


def column_then_validate(
    operation: AddColumn, kind: ConstraintKind, starts: str, as_constraint: str, context: Context
) -> Rewrite | None:
    """The author's column without its constraints of a kind, these NOT VALID, and their validation.

    Args:
        operation: the column as it is added.
        kind: of the constraints.
        starts: the word with which such a constraint begins, behind its name.
        as_constraint: what stands before that word in a constraint of the table.
        context: of the operation.
    """
    text = own_text(operation, context)
    found = column_text(text, context.dialect) if text is not None else None
    if found is None:
        return None
    names = [made.name for made in new_constraints(operation, context) if made.kind is kind and made.name]
    names = names or [new_name(operation, kind, context)]
    taken = [clause for clause in found.clauses if _begins(clause, starts)]
    if len(names) != len(taken):
        return None
    kept = " ".join([found.head, *(clause for clause in found.clauses if clause not in taken)])
    table = sql_table(operation.table, context.dialect)
    added = [
        f"ALTER TABLE {table} ADD CONSTRAINT {sql_name(name, context.dialect)} "
        f"{as_constraint}{_without_name(clause, starts)} NOT VALID"
        for name, clause in zip(names, taken, strict=True)
    ]
    first = step(f"add_{operation.column.name}", Stage.EXPAND, kept, *added)
    return instead(operation, context, first, validation(operation.table, names, context))


def _begins(clause: str, word: str) -> bool:
    words = clause.upper().split(None, 2)
    return words[0].startswith(word) or (words[0] == "CONSTRAINT" and _without_name(clause, word) != clause)


def _without_name(clause: str, word: str) -> str:
    """The clause from that word on. A name that holds the word is quoted, and then stands before a blank."""
    if clause.upper().startswith(word):
        return clause
    place = clause.upper().find(f" {word}", len("CONSTRAINT"))
    return clause[place + 1 :] if place > 0 else clause


def new_name(operation: AddConstraint | AddColumn, kind: ConstraintKind, context: Context) -> str:
    """The name that the server will give to the constraint."""
    made = [constraint.name for constraint in new_constraints(operation, context) if constraint.kind is kind]
    if made and made[0]:
        return made[0]
    columns = (
        _columns_of(operation.constraint) if isinstance(operation, AddConstraint) else (operation.column.name,)
    )
    nameless = kind is ConstraintKind.PRIMARY_KEY or (kind is ConstraintKind.CHECK and len(columns) != 1)
    return object_name(operation.table.name, "" if nameless else index_columns(columns), CONSTRAINT_LABELS[kind])


def _columns_of(constraint: Constraint) -> tuple[str, ...]:
    expression = constraint.expression
    return constraint.columns or (expression.columns if expression is not None else ())


def validation(table: Name, names: Iterable[str], context: Context) -> Step:
    """The step that validates constraints."""
    named = list(names)
    shown = sql_table(table, context.dialect)
    return step(
        f"validate_{named[0]}",
        Stage.VALIDATE,
        *(f"ALTER TABLE {shown} VALIDATE CONSTRAINT {sql_name(name, context.dialect)}" for name in named),
    )


def validated_too_soon(
    operation: ValidateConstraint, kind: ConstraintKind, noun: str, until: str, context: Context
) -> Iterator[Hit]:
    """NOT VALID buys nothing when the rows are looked at before its lock is gone.

    Args:
        operation: the validation.
        kind: of the constraints that the rule is about.
        noun: what messages call one of them.
        until: what must have happened before others go on.
        context: of the validation.
    """
    added = context.outline.added_before(operation, context.statement.number)
    if not context.in_transaction or added is None or added.constraint.kind is not kind:
        return
    before = context.dialect.effects(added, context.catalog, context.version)
    yield Hit(
        object=context.display(operation.table),
        message=f"VALIDATE CONSTRAINT in the transaction that added the {noun}, which still holds "
        f"{held(before, until)}",
        help=LATER,
        rewrite=instead(operation, context, validation(operation.table, [operation.constraint], context)),
    )
