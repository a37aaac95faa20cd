"""What EXECUTE of PostgreSQL runs: the statement to which PREPARE gave that name in the same session."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from migrail.model.operations import Certainty, Inner, Operation, RunCode, SessionCommand

_MOST = 16
"""More statements of which one runs are taken for one that is not known."""


@dataclass(slots=True)
class Prepared:
    """The prepared statements of a session, as far as the statements up to here tell.

    A name that is taken cannot be given again, and a name that stands for nothing cannot be executed: where one
    PREPARE may have given a name, EXECUTE runs that statement or fails.
    """

    _known: dict[str, tuple[SessionCommand, ...]] = field(default_factory=dict)
    """By name, the statements that it may stand for."""

    def follow(self, operation: Operation) -> Operation:
        """Takes note of what an operation prepares; the operation, which says what it executes."""
        match operation:
            case SessionCommand():
                self._note(operation, possible=False)
            case RunCode(verb="EXECUTE"):
                return self._executed(operation)
            case RunCode(operations=inside) if inside:
                return replace(operation, operations=tuple(self._inside(inside)))
        return operation

    def _inside(self, found: tuple[Inner, ...]) -> Iterator[Inner]:
        for inner in found:
            operation, possible = inner.operation, inner.certainty is Certainty.POSSIBLE
            if isinstance(operation, SessionCommand):
                self._note(operation, possible=possible)
            if not (isinstance(operation, RunCode) and operation.verb == "EXECUTE"):
                yield inner
                continue
            executed = self._executed(operation)
            yield replace(inner, operation=replace(executed, operations=()))
            yield from _doubted(executed.operations) if possible else executed.operations

    def _note(self, command: SessionCommand, *, possible: bool) -> None:
        if command.verb == "PREPARE" and command.name is not None:
            others = self._known.get(command.name, ()) if possible else ()
            self._known[command.name] = (*others, command) if len(others) < _MOST else ()
        elif command.verb in ("DEALLOCATE", "DISCARD ALL") and not possible:
            if command.name is None:
                self._known.clear()
            else:
                self._known.pop(command.name, None)

    def _executed(self, operation: RunCode) -> RunCode:
        statements = self._known.get(operation.name.name, ()) if operation.name is not None else ()
        if not statements:
            return operation
        inside = tuple(inner for statement in statements for inner in statement.operations)
        return replace(
            operation,
            body=";\n".join(statement.body or "" for statement in statements),
            operations=_doubted(inside) if len(statements) > 1 else inside,
            unread=tuple(part for statement in statements for part in statement.unread),
        )


def _doubted(found: tuple[Inner, ...]) -> tuple[Inner, ...]:
    return tuple(replace(inner, certainty=Certainty.POSSIBLE) for inner in found)
