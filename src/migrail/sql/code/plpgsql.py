"""The statements of a body in PL/pgSQL. Follows pl_gram.y; blocks are kept on a stack, so depth costs nothing."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from migrail.sql.code.blocks import Blocks, read_blocks
from migrail.sql.code.dynamic import static_text
from migrail.sql.code.embedded import sql_statement
from migrail.sql.code.reading import Reading
from migrail.sql.cursor import Cursor
from migrail.sql.lexer import Kind
from migrail.sql.source import Source

_QUERIES = frozenset(
    {"SELECT", "WITH", "VALUES", "TABLE", "INSERT", "UPDATE", "DELETE", "MERGE", "(", "SHOW", "EXPLAIN"}
)
"""What a query begins with, to tell it from a cursor's name."""
_DYNAMIC = "EXECUTE of a text that is put together at run time"


def read_plpgsql(body: Source, reading: Reading) -> None:
    """Reads a body."""
    read_blocks(body, reading, lambda cursor: _Body(cursor, reading).read())


class _Body(Blocks):
    def __init__(self, cursor: Cursor, reading: Reading) -> None:
        super().__init__(cursor, reading)
        self.loops = 0

    def read(self) -> None:
        cursor = self.cursor
        while cursor.take("#"):
            cursor.next()
            cursor.next()
        self._begin_block()
        while self.stack:
            self.note_certainty()
            self._statement()
        self.finish()

    def _statement(self) -> None:
        cursor = self.cursor
        take = _STATEMENTS.get(cursor.word)
        if cursor.at(";"):
            cursor.unexpected("where a statement should stand")
        if self._at_assignment():
            self.expression(";")
            cursor.next()
        elif cursor.word in ("<", "DECLARE", "BEGIN"):
            self._begin_block()
        elif take is None:
            sql_statement(cursor, self.reading)
            cursor.next()
        else:
            cursor.next()
            take(self)

    def _at_assignment(self) -> bool:
        """A keyword is a variable where something is assigned to it (pl_scanner.c, AT_STMT_START)."""
        cursor = self.cursor
        if cursor.peek().kind not in (Kind.WORD, Kind.NAME, Kind.PARAMETER):
            return False
        follows = cursor.peek(1).word
        return follows in ("=", "[", ".") or (follows == ":" and cursor.peek(2).word == "=")

    # Blocks

    def _begin_block(self) -> None:
        """Takes a label, declarations and BEGIN; a label may stand before a loop as well."""
        cursor = self.cursor
        if cursor.take("<", "<"):
            cursor.label()
            cursor.expect(">", ">")
        while cursor.take("DECLARE"):
            while cursor.word not in ("BEGIN", "DECLARE"):
                self._declaration()
        if self.stack and cursor.word in ("LOOP", "WHILE", "FOR", "FOREACH"):
            return
        cursor.expect("BEGIN")
        self.push("BEGIN", conditional=False)

    def _declaration(self) -> None:
        cursor = self.cursor
        cursor.next()
        while cursor.word != ";":
            if cursor.take("CURSOR"):
                self.until("FOR", "IS")
                cursor.next()
                # It runs when the cursor is opened, if it is.
                possible, self.reading.possible = self.reading.possible, True
                self.query(";")
                self.reading.possible = possible
            elif cursor.at("(") or cursor.at("["):
                cursor.group()
            elif cursor.take_one(("DEFAULT", "=")):
                self.expression(";")
            else:
                cursor.next()
        cursor.next()

    def end(self) -> None:
        cursor = self.cursor
        closed = self.pop()
        self.loops -= closed.kind == "LOOP"
        if closed.kind != "BEGIN":
            cursor.expect(closed.kind)
        if cursor.peek().kind in (Kind.WORD, Kind.NAME):
            cursor.next()
        if self.stack:
            cursor.expect(";")

    def handler(self) -> None:
        """What stands before EXCEPTION is undone when something fails, and the code goes on behind the block."""
        block = self.inside("BEGIN")
        if block.conditional or not self.cursor.at("WHEN"):
            self.cursor.unexpected("behind EXCEPTION")
        self.reading.doubt_since(block.first)
        self.doubt(block)

    def when(self) -> None:
        block = self.inside("CASE", "BEGIN")
        if block.kind == "CASE":
            self.condition("THEN")
        elif not block.conditional:
            self.cursor.unexpected("before EXCEPTION")
        else:
            self.until("THEN")
            self.cursor.next()

    # Loops

    def loop(self) -> None:
        self.push("LOOP", conditional=True)
        self.loops += 1

    def while_loop(self) -> None:
        self.condition("LOOP")
        self.loop()

    def for_loop(self) -> None:
        cursor = self.cursor
        self.until("IN")
        cursor.next()
        if cursor.take("EXECUTE"):
            self._execute("USING", "LOOP")
            self.expression("LOOP")
        elif cursor.word in _QUERIES and not self._is_range():
            self.query("LOOP")
        else:
            self.expression("LOOP")
        cursor.next()
        self.loop()

    def _is_range(self) -> bool:
        """Whether two dots stand before LOOP; the second one may begin a number."""
        cursor, first = self.cursor, self.cursor.index
        found = self.until("LOOP")
        cursor.index = first
        return any(one.word == "." and two.start == one.end and two.text[0] == "." for one, two in pairwise(found))

    # Other statements

    def leave(self) -> None:
        """EXIT and CONTINUE: one with a label may leave blocks that are no loop."""
        if self.cursor.word not in ("WHEN", ";") or not self.loops:
            self.left = True
        self.plain()

    def result(self) -> None:
        """RETURN QUERY and RETURN NEXT only add to what is returned at the end."""
        cursor = self.cursor
        if cursor.at("QUERY", "EXECUTE"):
            cursor.index += 2
            self._execute("USING", ";")
        elif cursor.take("QUERY"):
            self.query(";")
        elif not cursor.take("NEXT"):
            self.left = True
        self.plain()

    def execute(self) -> None:
        self._execute("INTO", "USING", ";")
        self.plain()

    def open_cursor(self) -> None:
        cursor = self.cursor
        self.until("FOR", "(", ";")
        if cursor.take("FOR"):
            if cursor.take("EXECUTE"):
                self._execute("USING", ";")
            else:
                self.query(";")
        self.plain()

    def perform(self) -> None:
        cursor = self.cursor
        found = [cursor.peek(-1), *self.until(";")]
        start, end = found[0].start, found[-1].end
        text = cursor.text[start:end]
        query = cursor.source.part(start, end).worded("SELECT ".ljust(len("PERFORM")) + text[len("PERFORM") :])
        self.reading.statement(query, shown=text)
        cursor.next()

    def plain(self) -> None:
        """Anything else that only evaluates expressions."""
        self.expression(";")
        self.cursor.next()

    # Parts

    def _execute(self, *words: str) -> None:
        cursor, first = self.cursor, self.cursor.index
        found = self.until(*words)
        if not found:
            cursor.unexpected("where a text should stand")
        end, cursor.index = cursor.index, first
        text = static_text(cursor, end)
        if text is not None:
            self.reading.statements(text)
            return
        self.reading.not_read(_DYNAMIC, cursor.source.span(found[0].start, found[-1].end))
        self.reading.calls(cursor, found)


_STATEMENTS: dict[str, Callable[[_Body], None]] = {
    "END": _Body.end,
    "EXCEPTION": _Body.handler,
    "WHEN": _Body.when,
    "IF": _Body.branch,
    "ELSIF": _Body.other_branch,
    "ELSEIF": _Body.other_branch,
    "ELSE": _Body.otherwise,
    "CASE": _Body.case,
    "LOOP": _Body.loop,
    "WHILE": _Body.while_loop,
    "FOREACH": _Body.while_loop,
    "FOR": _Body.for_loop,
    "EXIT": _Body.leave,
    "CONTINUE": _Body.leave,
    "RETURN": _Body.result,
    "EXECUTE": _Body.execute,
    "OPEN": _Body.open_cursor,
    "PERFORM": _Body.perform,
    "NULL": _Body.plain,
    "RAISE": _Body.plain,
    "ASSERT": _Body.plain,
    "GET": _Body.plain,
    "FETCH": _Body.plain,
    "MOVE": _Body.plain,
    "CLOSE": _Body.plain,
}
"""The first words of statements of PL/pgSQL; everything else is SQL."""
