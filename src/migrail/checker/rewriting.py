"""Puts a rewrite in the place of its statement: one migration becomes several."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from migrail.model.migration import Phase, TransactionMode
from migrail.model.operations import Operation, TableOperation
from migrail.model.rewrites import Rewrite, Stage, Step
from migrail.sql import ReadStatement, Script

_LINE_END = re.compile(r"[ \t]*(?:\r\n|\n|\r)?")
_DIGITS = re.compile(r"^[0-9]+_")


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """A migration that does not lie in a file yet."""

    words: str
    """For its file name."""
    text: str
    late: bool = False
    """Whether other migrations may come before it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rewritten:
    """What becomes of a migration."""

    text: str
    """The new content of its file."""
    added: tuple[Draft, ...] = ()
    """Migrations that come behind it, in order."""


def rewritten(script: Script, statement: int, rewrite: Rewrite) -> Rewritten:
    """The migration with a rewrite in the place of one of its statements.

    Comments, line ends and everything else in the file stay as they are. Steps that need a file of their own become
    migrations behind it; where statements behind the rewritten one may need it, these follow in one more migration.

    Args:
        script: the migration.
        statement: number of the statement, from 1.
        rewrite: what stands in its place.
    """
    editor = _Editor(script, statement)
    if rewrite.whole_file:
        first, *behind = map(editor.draft, rewrite.steps)
        return Rewritten(text=first.text, added=tuple(behind))
    return editor.put(rewrite)


class _Editor:
    def __init__(self, script: Script, number: int) -> None:
        self.script = script
        self.text = script.migration.text
        self.read = script.statements[number - 1]
        self.others = [read for read in script.statements if read is not self.read]
        self.behind = [read for read in self.others if read.statement.number > number]
        self.first = number == 1
        self.line_end = "\r\n" if "\r\n" in self.text else "\n"
        self.off = script.directives.transaction is TransactionMode.OFF

    def put(self, rewrite: Rewrite) -> Rewritten:
        if self.off:
            whole = "\n".join(step.sql for step in rewrite.steps)
            return Rewritten(text=self.replaced(whole))
        now, later = self.divided(rewrite.steps)
        late = tuple(replace(self.draft(step), late=True) for step in later)
        if not now:
            return Rewritten(text=self.removed(), added=(self.moved(later[0], late=True), *late[1:]))
        apart = bool(now[0].directives) or now[0].alone
        if not apart:
            return self.beginning_here(now, late)
        if not self.others:
            behind = tuple(self.draft(step) for step in now[1:])
            return Rewritten(text=self.with_directives(now[0], self.replaced(now[0].sql)), added=(*behind, *late))
        return self.beginning_elsewhere(now, late)

    def divided(self, steps: Sequence[Step]) -> tuple[Sequence[Step], Sequence[Step]]:
        """The steps that later statements may build on, and those that nothing waits for."""
        place = next((number for number, step in enumerate(steps) if step.stage is Stage.VALIDATE), len(steps))
        place = place or (0 if self.others else 1)
        return steps[:place], steps[place:]

    def beginning_here(self, now: Sequence[Step], late: tuple[Draft, ...]) -> Rewritten:
        """The first step takes the place of the statement."""
        following = tuple(self.draft(step) for step in now[1:])
        if following and self.behind and not self.independent():
            head, tail = self.cut_behind(now[0].sql)
            return Rewritten(text=head, added=(*following, self.continued(tail), *late))
        return Rewritten(text=self.replaced(now[0].sql), added=(*following, *late))

    def beginning_elsewhere(self, now: Sequence[Step], late: tuple[Draft, ...]) -> Rewritten:
        """The first step needs another kind of file than this one."""
        moved = (self.moved(now[0]), *(self.draft(step) for step in now[1:]))
        if self.independent():
            return Rewritten(text=self.removed(), added=(*moved, *late))
        if not self.first:
            return Rewritten(
                text=self.text[: self.start].rstrip() + self.line_end,
                added=(*moved, self.continued(self.text[self.end :]), *late),
            )
        head, tail = self.cut_behind(now[0].sql)
        following = tuple(self.draft(step) for step in now[1:])
        return Rewritten(text=self.with_directives(now[0], head), added=(*following, self.continued(tail), *late))

    # Where things are

    @property
    def start(self) -> int:
        """Where the statement begins, with its comments; the comments at the top belong to the file."""
        statement = self.read.statement
        if self.first or not statement.comments:
            return statement.span.start
        return statement.comments[0].span.start

    @property
    def end(self) -> int:
        """Behind the statement's semicolon and the end of that line."""
        place = self.read.statement.span.end
        semicolon = re.compile(r"\s*;").match(self.text, place)
        place = semicolon.end() if semicolon else place
        found = _LINE_END.match(self.text, place)
        return found.end() if found else place

    def independent(self) -> bool:
        """Whether no later statement mentions what it makes or takes away, or does away with its table."""
        tables, names = _named(self.read.operations)
        return not any(
            _mentions(read, names)
            or (any(operation.phase is Phase.CONTRACT for operation in read.operations) and _mentions(read, tables))
            for read in self.behind
        )

    # Texts

    def replaced(self, sql: str) -> str:
        """The file with other SQL in the statement's place. Its own semicolon stays behind it."""
        span = self.read.statement.span
        return self.text[: span.start] + self.native(sql.removesuffix(";")) + self.text[span.end :]

    def removed(self) -> str:
        head, tail = self.text[: self.start], self.text[self.end :]
        return head + tail if tail.strip() or not head.strip() else head.rstrip() + self.line_end

    def cut_behind(self, sql: str) -> tuple[str, str]:
        """The file up to the statement, which is replaced, and what comes behind it."""
        shift = len(self.text) - self.end
        whole = self.replaced(sql)
        return whole[: len(whole) - shift], self.text[self.end :]

    def native(self, sql: str) -> str:
        """With the line ends of the file."""
        return sql if self.line_end == "\n" else re.sub(r"(?<!\r)\n", "\r\n", sql)

    def with_directives(self, step: Step, text: str) -> str:
        head = "".join(f"-- migrail: {directive}\n" for directive in step.directives)
        return self.native(head) + text

    def draft(self, step: Step) -> Draft:
        return Draft(words=step.name, text=self.native(step.text))

    def moved(self, step: Step, *, late: bool = False) -> Draft:
        """The step with the comments that stood before the statement."""
        comments = () if self.first else self.read.statement.comments
        above = "".join(f"{comment.text}\n" for comment in comments)
        text = self.with_directives(step, self.native(f"{above}{step.sql}\n"))
        return Draft(words=step.name, text=text, late=late)

    def continued(self, text: str) -> Draft:
        words = _DIGITS.sub("", self.script.migration.id)
        return Draft(words=f"{words}_continued", text=text.lstrip())


def _named(operations: Sequence[Operation]) -> tuple[set[str], set[str]]:
    """The tables that operations are about, and the indexes and other objects, all without schema."""
    tables = {operation.table.name for operation in operations if isinstance(operation, TableOperation)}
    found = [getattr(operation, key, None) for operation in operations for key in ("name", "index", "trigger")]
    constraints = [getattr(operation, "constraint", None) for operation in operations]
    names = [*found, *(getattr(constraint, "name", constraint) for constraint in constraints)]
    return tables, {str(getattr(name, "name", name)) for name in names if name}


def _mentions(read: ReadStatement, names: set[str]) -> bool:
    text = read.statement.text.lower()
    return any(re.search(rf"(?<![\w$]){re.escape(name.lower())}(?![\w$])", text) for name in names)
