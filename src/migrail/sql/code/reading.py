"""What was found in a body so far."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import accumulate

from migrail.dialects import Dialect
from migrail.model.operations import Certainty, Inner, Operation, RunCode, Select, TransactionControl, Unread
from migrail.model.text import Span
from migrail.sql.cursor import Cursor
from migrail.sql.expressions import functions_in
from migrail.sql.lexer import Token
from migrail.sql.source import Source
from migrail.sql.split import split

_DEEPEST = 8
"""Code in strings in code is followed this far; more is made on purpose, and would be read again at each level."""
_RETURN = "RETURN"


@dataclass(frozen=True, slots=True)
class Code:
    """What a body does."""

    operations: tuple[Inner, ...] = ()
    unread: tuple[Unread, ...] = ()


class Reading:
    """Collects operations in the order in which they stand in the body."""

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect
        self.possible = False
        """Whether what comes next may not be reached."""
        self._found: list[Inner] = []
        self._unread: list[Unread] = []
        self._doubts: dict[int, int] = {}
        """Index of an operation → how many more doubted stretches begin there than end."""

    @property
    def count(self) -> int:
        """How many operations were found."""
        return len(self._found)

    def doubt_since(self, first: int) -> None:
        """What was found from that index on may be undone. Linear in all, however the stretches are nested."""
        self._doubts[first] = self._doubts.get(first, 0) + 1
        self._doubts[self.count] = self._doubts.get(self.count, 0) - 1

    def not_read(self, reason: str, span: Span) -> None:
        """Notes a part of which is not known what it does."""
        self._unread.append(Unread(reason=reason, span=span))

    def is_too_deep(self, source: Source) -> bool:
        """Whether code stands in so many strings that it is not read; notes that."""
        if source.depth > _DEEPEST:
            self.not_read("code inside code inside code is not followed that far", source.whole)
        return source.depth > _DEEPEST

    def result(self) -> Code:
        """Everything that was found."""
        doubts = accumulate(self._doubts.get(index, 0) for index in range(self.count))
        return Code(
            operations=tuple(
                replace(inner, certainty=Certainty.POSSIBLE) if doubted else inner
                for inner, doubted in zip(self._found, doubts, strict=True)
            ),
            unread=tuple(self._unread),
        )

    # Finding

    def statements(self, source: Source) -> None:
        """Reads plain statements with semicolons between them."""
        if self.is_too_deep(source):
            return
        cut = split(source.text, self.dialect.lexical)
        if cut.flaws:
            self.not_read(cut.flaws[0].message, source.whole)
            return
        for statement in cut.statements:
            text = statement.text
            part = source.part(statement.span.start, statement.span.end)
            if text[: len(_RETURN)].upper() == _RETURN and not text[len(_RETURN) :][:1].isalnum():
                # A routine in SQL ends with RETURN and an expression, which is as good as a query.
                self.statement(part.worded("SELECT" + text[len(_RETURN) :]), shown=text)
            else:
                self.statement(part)

    def statement(self, source: Source, *, shown: str | None = None) -> None:
        """Reads one statement; ``shown`` is what its author wrote, where the text was changed to be read."""
        # Statements hold code, which holds statements.
        from migrail.sql.read import read_source

        text, span = shown or source.text, source.whole
        for operation in read_source(source, self.dialect):
            if isinstance(operation, RunCode):
                self._add(replace(operation, operations=()), text, span)
                self._found += [self._now(inner) for inner in operation.operations]
            else:
                self._add(operation, text, span)
            if isinstance(operation, TransactionControl) and operation.verb.startswith("ROLLBACK"):
                self.doubt_since(0)

    def calls(self, cursor: Cursor, found: list[Token]) -> None:
        """Notes the functions that an expression calls."""
        functions = functions_in(cursor, found)
        if functions:
            start, end = found[0].start, found[-1].end
            self._add(Select(functions=functions), cursor.text[start:end], cursor.source.span(start, end))

    def _add(self, operation: Operation, text: str, span: Span) -> None:
        certainty = Certainty.POSSIBLE if self.possible else Certainty.CERTAIN
        self._found.append(Inner(operation=operation, certainty=certainty, text=text, span=span))

    def _now(self, inner: Inner) -> Inner:
        return replace(inner, certainty=Certainty.POSSIBLE) if self.possible else inner
