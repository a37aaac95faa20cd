"""Whether the migrations of a batch can be run at all, looked at before anything is touched."""

from __future__ import annotations

from collections.abc import Iterator

from migrail.actions.workspace import Workspace
from migrail.dialects import Lexical
from migrail.model.batch import Batch
from migrail.model.errors import InputError, Problem
from migrail.model.migration import TransactionMode
from migrail.model.operations import Operation, SessionCommand, SetVariable, TransactionControl, unfolded
from migrail.model.text import visible
from migrail.pipeline.course import course
from migrail.sql import ReadStatement, Script, read_script
from migrail.sql.lexer import Kind, tokens

_OURS = frozenset({"migrail_identity", "migrail_journal", "migrail_ledger"})


def fit_to_run(workspace: Workspace, batch: Batch, mode: TransactionMode) -> list[Script]:
    """The batch's migrations, read.

    Raises:
        InputError: one controls transactions, touches migrail's own tables, holds a name with a character that
            cannot be seen, or cannot be part of a transaction that
            holds the whole batch. All problems are listed.
    """
    by_id = {migration.id: migration for migration in workspace.strictly_ordered}
    scripts: list[Script] = []
    problems: list[Problem] = []
    for id in batch.migrations:
        try:
            script = read_script(by_id[id], workspace.dialect)
        except InputError as error:
            problems.extend(error.problems)
            continue
        scripts.append(script)
        for read in script.statements:
            said = [*_refusals(read), *_unseen(read, workspace.dialect.lexical)]
            problems.extend(_problem(script, read, words) for words in said)
        if mode is TransactionMode.BATCH:
            problems.extend(_outside(workspace, script))
    if problems:
        raise InputError(problems)
    return scripts


def _refusals(read: ReadStatement) -> Iterator[str]:
    for operation in read.operations:
        verb = _control(operation)
        if verb:
            yield (
                f"{verb}: a migration cannot begin or end transactions; migrail wraps it in one (or in none with "
                "-- migrail: transaction=off)"
            )
        if isinstance(operation, SessionCommand) and operation.verb == "FLUSH TABLES WITH READ LOCK":
            yield f"{operation.verb}: migrail could note nothing any more; no migration may lock the server"
    for operation, _ in unfolded(read.operations):
        target = operation.target
        if target is not None and target.name.lower() in _OURS:
            yield f"{target.name} is migrail's own table; no migration may touch it"


def _unseen(read: ReadStatement, lexical: Lexical) -> Iterator[str]:
    """A server takes a zero-width or no-break space outside of quotes for a part of the name beside it."""
    text = read.statement.text
    if text.isascii():
        return
    for token in tokens(text, lexical):
        if token.kind is Kind.WORD and visible(token.text) != token.text:
            yield f"the name {visible(token.text)} holds a character that cannot be seen; type it anew"


def _control(operation: Operation) -> str | None:
    if isinstance(operation, TransactionControl) and operation.ends_transaction:
        return operation.verb
    if isinstance(operation, SetVariable) and operation.variable == "autocommit":
        return "SET autocommit"
    return None


def _outside(workspace: Workspace, script: Script) -> Iterator[Problem]:
    plan = course(script, workspace.dialect, TransactionMode.BATCH)
    if plan.whole:
        return
    for read in plan.outside:
        yield _problem(script, read, "cannot be part of a transaction, and the whole batch is to be one")
    if not plan.outside:
        yield Problem(message="wants no transaction, but the whole batch is to be one", path=script.migration.path)


def _problem(script: Script, read: ReadStatement, said: str) -> Problem:
    span = read.statement.span
    return Problem(message=said, path=script.migration.path, line=span.line, column=span.column)
