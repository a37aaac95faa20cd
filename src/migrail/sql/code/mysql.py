"""The statements of a body of MySQL and MariaDB. Follows sql_yacc.yy (sp_proc_stmt)."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace

from migrail.model.operations import RunCode
from migrail.sql.code.blocks import Blocks, Open, read_blocks
from migrail.sql.code.reading import Reading
from migrail.sql.code.texts import NULL, UNKNOWN, Texts, Value
from migrail.sql.cursor import Cursor
from migrail.sql.lexer import Kind, Token
from migrail.sql.source import Source

_QUERIES = frozenset({"SELECT", "WITH", "VALUES", "TABLE", "("})
_LOOPS = frozenset({"LOOP", "WHILE", "REPEAT", "FOR"})
_HARMLESS = frozenset({"NOT", "SQLWARNING"})
"""First words of conditions that no statement raises instead of doing its work, but FETCH and SELECT ... INTO."""
_DYNAMIC = "a text that is put together at run time"


def read_mysql(body: Source, reading: Reading, names: Collection[str] = ()) -> None:
    """Reads a body; ``names`` are those of the routine's parameters, or more."""
    read_blocks(body, reading, lambda cursor: _Body(cursor, reading, names).read())


def run_texts(value: Value, place: Source, reading: Reading, texts: Texts) -> None:
    """Reads the texts of which one runs at a place."""
    before = reading.possible
    reading.possible = before or len(value.texts) > 1 or not value.complete
    if not texts.spend(value):
        reading.not_read("what such texts do is not followed that far", place.whole)
    else:
        for parts in value.texts:
            reading.statements(parts[0][1].joined(parts))
        if not value.complete:
            reading.not_read(_DYNAMIC, place.whole)
    reading.possible = before


def run_now(operation: RunCode, value: Value, place: Source, texts: Texts) -> RunCode:
    """The operation with what one of these texts does."""
    reading = Reading(texts.dialect)
    run_texts(value, place, reading, texts)
    code = reading.result()
    body = ";\n".join("".join(text for text, _ in parts) for parts in value.texts)
    known = value.complete or value.texts
    return replace(operation, body=body if known else None, operations=code.operations, unread=code.unread)


class _Body(Blocks):
    def __init__(self, cursor: Cursor, reading: Reading, names: Collection[str]) -> None:
        super().__init__(cursor, reading)
        self.names = {name.lower() for name in names}
        """What SET does not mean a setting by."""
        self.texts = Texts(reading.dialect)
        self.handlers: list[_Handler] = []

    def read(self) -> None:
        self._statement()
        while self.stack:
            self._statement()
        self.finish()

    def _statement(self) -> None:
        """Takes a statement with its semicolon, or the opening of a block."""
        cursor = self.cursor
        self.note_certainty()
        label = self._label()
        take = _STATEMENTS.get(cursor.word)
        if cursor.at(";") or cursor.done:
            cursor.unexpected("where a statement should stand")
        if label is not None or cursor.word in _OPENING:
            _OPENING[cursor.next().word](self, label)
        elif take is not None:
            cursor.next()
            take(self)
        else:
            self._sql()

    def _label(self) -> str | None:
        cursor = self.cursor
        if cursor.peek(1).word != ":" or cursor.peek(2).word not in ("BEGIN", *_LOOPS):
            return None
        label = cursor.inner()
        cursor.next()
        return label

    def _close(self) -> None:
        """Takes the end of a statement: inside a block, its semicolon."""
        if self.stack or not self.cursor.done:
            self.cursor.expect(";")
        while self.handlers and self.handlers[-1].depth == len(self.stack):
            self._handled(self.handlers.pop())

    # Blocks

    def block(self, label: str | None) -> None:
        self.cursor.take("NOT", "ATOMIC")
        self.push("BEGIN", conditional=False, label=label)

    def end(self) -> None:
        cursor = self.cursor
        if not self.stack:
            cursor.unexpected()
        closed = self.pop()
        if closed.kind != "BEGIN":
            cursor.expect(closed.kind)
        if closed.kind not in ("IF", "CASE") and not cursor.at(";") and cursor.at_name():
            cursor.next()
        self._close()

    def declaration(self) -> None:
        cursor = self.cursor
        if cursor.peek(1).word == "HANDLER" and cursor.word in ("CONTINUE", "EXIT", "UNDO"):
            self._handler()
            return
        names = cursor.commas(Cursor.inner)
        if cursor.take("CONDITION"):
            self.plain()
        elif cursor.take("CURSOR"):
            self._cursor()
        else:
            known = self.names & {*names}
            self.names |= {*names}
            self.until(";", "DEFAULT")
            value = NULL
            if cursor.take("DEFAULT"):
                first = cursor.index
                value = self.texts.value(cursor, ";")
                self.reading.calls(cursor, cursor.between(first, cursor.index))
            for name in names:
                self.texts.assign(name, UNKNOWN if name in known else value)
            self._close()

    def _cursor(self) -> None:
        """It runs when the cursor is opened, if it is; it may be a prepared statement."""
        cursor = self.cursor
        self.until("FOR", "IS")
        cursor.next()
        self.reading.possible = True
        if cursor.word in _QUERIES:
            self.query(";")
        else:
            start = cursor.offset
            cursor.identifier()
            self.reading.not_read(_DYNAMIC, cursor.source.part(start, cursor.peek(-1).end).whole)
        self._close()

    # Handlers

    def _handler(self) -> None:
        cursor = self.cursor
        ends = cursor.next().word != "CONTINUE"
        cursor.expect("HANDLER", "FOR")
        harmless = True
        while True:
            harmless = harmless and cursor.word in _HARMLESS
            if cursor.take("SQLSTATE"):
                cursor.take("VALUE")
                cursor.string()
            elif not cursor.take("NOT", "FOUND"):
                cursor.next()
            if not cursor.take(","):
                break
        found = _Handler(len(self.stack), swallows=ends or not harmless)
        self.handlers.append(found)
        self.conditions += 1
        if cursor.at("DECLARE"):
            cursor.unexpected("where a statement should stand")
        self._statement()

    def _handled(self, handler: _Handler) -> None:
        """Behind a handler that does not fail itself, any statement of the block may have been left out."""
        self.conditions -= 1
        if handler.swallows and self.stack:
            self.doubt(self.stack[-1])

    def signal(self) -> None:
        """The code fails here, unless it stands under a condition in the handler."""
        inside = self.handlers[-1] if self.handlers else None
        if inside is not None and not any(block.conditional for block in self.stack[inside.depth :]):
            inside.swallows = False
        self.plain()

    # Conditions

    def when(self) -> None:
        self.inside("CASE")
        self.condition("THEN")

    def operand(self, word: str) -> None:
        """The word may stand in a CASE inside the expression as well."""
        cursor, first = self.cursor, self.cursor.index
        depth = 0
        while depth or cursor.word != word:
            if cursor.word == "CASE":
                depth += 1
            elif cursor.word == "END" and depth:
                depth -= 1
            if cursor.at("("):
                cursor.group()
            elif cursor.at(")") or cursor.at(";"):
                cursor.unexpected(f"where {word} should stand")
            else:
                cursor.next()
        self.reading.calls(cursor, cursor.between(first, cursor.index))

    # Loops

    def loop(self, label: str | None) -> None:
        self._loop("LOOP", label)

    def repeat(self, label: str | None) -> None:
        self._loop("REPEAT", label)

    def while_loop(self, label: str | None) -> None:
        self.condition("DO")
        self._loop("WHILE", label)

    def for_loop(self, label: str | None) -> None:
        cursor = self.cursor
        name = cursor.inner()
        self.names.add(name)
        self.texts.variables[name] = UNKNOWN
        cursor.expect("IN")
        if cursor.at("(") and cursor.peek(1).word in _QUERIES:
            self.query("DO")
        else:
            self.expression("DO")
        cursor.next()
        self._loop("FOR", label)

    def _loop(self, kind: str, label: str | None) -> None:
        self.texts.doubt()
        self.push(kind, conditional=True, label=label)

    def until_condition(self) -> None:
        self.inside("REPEAT")
        self.operand("END")

    def leave(self) -> None:
        """What follows in a block that is left may not be reached; a loop's statements are possible anyway."""
        label = self.cursor.inner()
        found: Open | None = next((block for block in reversed(self.stack) if block.label == label), None)
        if found is not None:
            self.doubt(found)
        self._close()

    # Other statements

    def result(self) -> None:
        self.plain()
        self.left = self.left or bool(self.stack)

    def plain(self) -> None:
        """Anything that only evaluates expressions."""
        found = self.until(";", at_end=not self.stack)
        if found:
            self.reading.calls(self.cursor, found)
        self._close()

    def fetch(self) -> None:
        if self.until("INTO", ";", at_end=True) and self.cursor.take("INTO"):
            self._targets()
        self.plain()

    def assignment(self) -> None:
        """SET of variables of the routine; everything else that SET does is a statement."""
        cursor = self.cursor
        target, follows = cursor.peek(), cursor.peek(1).word
        known = _is_name(target) and cursor.folded(target).lower() in self.names
        if not (follows == "." and target.word in ("NEW", "OLD")) and not (follows in ("=", ":") and known):
            cursor.index -= 1
            self._sql()
            return
        while True:
            name = "@" * cursor.take("@") + cursor.label().lower()
            while cursor.take("."):
                name += f".{cursor.label()}"
            if not cursor.take("="):
                cursor.expect(":", "=")
            first = cursor.index
            value = self.texts.value(cursor, ";", ",")
            self.texts.assign(name, value, possible=self.reading.possible)
            self.reading.calls(cursor, cursor.between(first, cursor.index))
            if not cursor.take(","):
                break
        self._close()

    def _sql(self) -> None:
        """Takes a statement of SQL. INTO with variables, which is not SQL, is read as blanks."""
        cursor, first = self.cursor, self.cursor.index
        queries = cursor.word in _QUERIES
        targets: list[tuple[int, int]] = []
        depth = 0
        while not cursor.done and (depth or not cursor.at(";")):
            word = cursor.next().word
            depth += (word == "(") - (word == ")")
            if depth < 0:
                cursor.index -= 1
                cursor.unexpected()
            if word == "INTO" and queries and not depth:
                targets.append((cursor.peek(-1).start, self._targets()))
        found = cursor.between(first, cursor.index)
        start, end = found[0].start, found[-1].end
        source = cursor.source.part(start, end)
        pieces, position = [], start
        for into, behind in targets:
            pieces += [cursor.text[position:into], " " * (behind - into)]
            position = behind
        query = source.worded("".join((*pieces, cursor.text[position:end])))
        running = self.texts.follow(source, possible=self.reading.possible)
        if running is None:
            self.reading.statement(query, shown=source.text)
        else:
            run_texts(*running, self.reading, self.texts)
        self._close()

    def _targets(self) -> int:
        """Takes variables behind INTO; where they end, which is where they begin for a file."""
        cursor = self.cursor
        if cursor.peek(1).kind is Kind.STRING:
            return cursor.peek(-1).start
        while True:
            if cursor.take("@"):
                cursor.label()
            else:
                self.texts.variables[cursor.inner()] = UNKNOWN
            while cursor.take("."):
                cursor.label()
            if not cursor.take(","):
                return cursor.peek(-1).end


class _Handler:
    """A handler whose statement is being read."""

    def __init__(self, depth: int, *, swallows: bool) -> None:
        self.depth = depth
        """How many blocks are open around it."""
        self.swallows = swallows
        """Whether the code goes on behind it, without what failed."""


def _is_name(token: Token) -> bool:
    return token.kind in (Kind.WORD, Kind.NAME)


_OPENING: dict[str, Callable[[_Body, str | None], None]] = {
    "BEGIN": _Body.block,
    "LOOP": _Body.loop,
    "REPEAT": _Body.repeat,
    "WHILE": _Body.while_loop,
    "FOR": _Body.for_loop,
}
_STATEMENTS: dict[str, Callable[[_Body], None]] = {
    "END": _Body.end,
    "DECLARE": _Body.declaration,
    "IF": _Body.branch,
    "ELSEIF": _Body.other_branch,
    "ELSE": _Body.otherwise,
    "CASE": _Body.case,
    "WHEN": _Body.when,
    "UNTIL": _Body.until_condition,
    "LEAVE": _Body.leave,
    "ITERATE": _Body.plain,
    "RETURN": _Body.result,
    "SET": _Body.assignment,
    "OPEN": _Body.plain,
    "FETCH": _Body.fetch,
    "CLOSE": _Body.plain,
    "SIGNAL": _Body.signal,
    "RESIGNAL": _Body.signal,
}
"""The first words of statements of routines; everything else is SQL."""
