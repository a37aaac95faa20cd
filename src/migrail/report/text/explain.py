"""What statements do, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich.text import Text

from migrail.checker import ExplainedStatement, ExplainedThere, Explanation
from migrail.dialects import version_text
from migrail.model.locks import Blocked, Duration, InTransaction
from migrail.model.migration import Phase
from migrail.model.text import Lines, Span, visible
from migrail.report.text._lines import excerpt, lock_remarks, remark, unwrapped
from migrail.report.text._rich import line

_PHASES = {
    Phase.EXPAND: ("the running application keeps working", "green"),
    Phase.BACKFILL: ("data only", "cyan"),
    Phase.CONTRACT: ("the running application may break", "yellow"),
}

_TRANSACTIONS = {
    InTransaction.FORBIDDEN: "no transaction around it: promote runs it outside of the migration's",
    InTransaction.IMPLICIT_COMMIT: "commits the transaction around it",
}


def render(explanation: Explanation, *, color: bool, width: int) -> str:
    """Each statement with what it does, whom it keeps waiting, and what would be safer."""
    return unwrapped(_parts(explanation, width), color=color)


def _parts(explanation: Explanation, width: int) -> Iterator[Text]:
    for count, statement in enumerate(explanation.statements):
        if count:
            yield Text()
        yield from _statement(statement, width)


def _statement(statement: ExplainedStatement, width: int) -> Iterator[Text]:
    meaning, style = _PHASES[statement.phase]
    place = f"{statement.path}:{statement.span.line}:{statement.span.column}"
    yield line((place, "bold"), f"  statement {statement.number}  ", (f"{statement.phase.value}: {meaning}", style))
    yield from excerpt(*_alone(statement), style="dim", width=width)
    if statement.reason is not None:
        yield from remark("does", f"not understood: {statement.reason}", style="red")
    for operation in statement.operations:
        if operation["kind"] != "opaque":
            yield from remark("does", _said(operation))
    yield from _waiting(statement)
    for word, relations in (("writes", statement.rewrites), ("reads", statement.scans)):
        if relations:
            yield from remark(word, f"every row of {', '.join(relations)}")
    for there in statement.environments:
        yield from remark("where", f"{', '.join(there.names)} ({version_text(there.version)}): {_cost(there)}")
    for size in statement.sizes:
        yield from remark("size", size.sentence)
    if statement.in_transaction in _TRANSACTIONS:
        yield from remark("needs", _TRANSACTIONS[statement.in_transaction])
    if statement.safer is not None:
        yield from remark("safer", statement.safer)


def _cost(there: ExplainedThere) -> str:
    """``every row of public.orders is written again under ACCESS EXCLUSIVE``, ``free``."""
    strongest = ", ".join(dict.fromkeys(lock.mode for lock in there.locks))
    under = f" under {strongest}" if strongest else ""
    alone = "; outside of a transaction" if there.in_transaction is InTransaction.FORBIDDEN else ""
    if there.rewrites:
        return f"every row of {', '.join(there.rewrites)} is written again{under}{alone}"
    if there.scans:
        return f"every row of {', '.join(there.scans)} is read{under}{alone}"
    longer = [lock.relation for lock in there.locks if lock.duration is not Duration.INSTANT]
    if longer:
        return f"{', '.join(longer)} stays locked while it works{under}{alone}"
    return f"free{under and f', at once{under}'}{alone}"


def _waiting(statement: ExplainedStatement) -> Iterator[Text]:
    """Who waits for the statement, for whom it waits, and what stays locked meanwhile."""
    if not statement.locks and statement.reason is None:
        yield from remark("lock", "nothing that exists: nobody waits")
    yield from lock_remarks(statement.locks)
    for item in statement.held:
        if Blocked.WRITES in item.lock.blocks:
            said = f"{item.lock.mode} on {item.lock.relation} since line {item.statement.span.line}"
            yield from remark("holds", f"{said}, until the transaction ends: {item.lock.waiting}")
    if any(Blocked.WRITES in lock.blocks for lock in statement.locks):
        yield from remark("waits", _patience(statement.lock_timeout))


def _patience(seconds: float | None) -> str:
    if seconds is None:
        return "for a lock as long as the file sets it"
    if not seconds:
        return "for a lock without end, and all that come later queue behind it"
    return f"at most {seconds:g} s for a lock; then it gives up"


_NAMED = ("column", "attribute", "index", "constraint", "trigger", "policy", "partition", "label")


def _said(operation: Mapping[str, object]) -> str:
    """``add column state: public.orders``; behind the code's own line where it stands in code."""
    words = str(operation["kind"]).replace("_", " ")
    for part in _NAMED:
        value = operation.get(part)
        name = value.get("name") if isinstance(value, Mapping) else value
        if isinstance(name, str):
            words = f"{words} {visible(name)}"
            break
    said = f"{words}: {operation['object']}" if operation["object"] else words
    if "certainty" not in operation:
        return said
    return f"{said} (line {operation['line']}{', possibly' if operation['certainty'] == 'possible' else ''})"


def _alone(statement: ExplainedStatement) -> tuple[str, Span]:
    """The statement as a text of its own that keeps the line numbers of its file."""
    inside = Lines(statement.sql).span(0, len(statement.sql))
    first = statement.span.line
    return statement.sql, Span(
        start=0,
        end=inside.end,
        line=first,
        column=1,
        end_line=first + inside.end_line - 1,
        end_column=inside.end_column,
    )
