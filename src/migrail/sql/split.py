"""Text → statements with exact places and the comments that belong to them.

A semicolon ends a statement unless it stands in quotes, comments or parentheses, in the BEGIN ATOMIC ... END of a
routine, or in the BEGIN ... END of a trigger. What lies between statements is blanks, comments and semicolons only;
with MySQL's client command DELIMITER, its lines and the delimiters as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from migrail.dialects import Lexical
from migrail.model.migration import Comment, Statement
from migrail.model.text import Lines, visible
from migrail.sql.bodies import AtomicBody, BlockBody, Body, TriggerBody, has_block_body
from migrail.sql.lexer import (
    BLANKS,
    DOLLAR_TAG,
    IDENTIFIER,
    Unclosed,
    closing,
    comment_end,
    dollar_end,
    executable_start,
    line_comment,
    tokens,
)


class Flaw(NamedTuple):
    """Why the text cannot be cut, and where. Line and column count from 1."""

    message: str
    line: int
    column: int
    final: bool = False
    """Whether nothing behind it was read."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Split:
    """What a text consists of."""

    statements: tuple[Statement, ...]
    tail: tuple[Comment, ...]
    """The comments behind the last statement that are not on its last line."""
    flaws: tuple[Flaw, ...]
    """Where there are any, the statements are not to be used."""


@dataclass(slots=True)
class _Draft:
    start: int
    end: int
    stop: int
    """Where its semicolon stands, or the end of the text."""
    comments: list[tuple[int, int]]
    inner: list[tuple[int, int]] = field(default_factory=list)


def split(text: str, lexical: Lexical) -> Split:
    """Cuts a text into statements."""
    splitter = _Splitter(text, lexical)
    try:
        splitter.run()
    except Unclosed as unclosed:
        splitter.flaw(f"this {unclosed.what} never ends", unclosed.offset, final=True)
    return splitter.result()


@cache
def _flat(lexical: Lexical) -> re.Pattern[str]:
    """Many tokens at once that cannot matter to cutting, blanks included; quotes with quotes in them are left.

    The counts bound the memory that the regular expression engine takes for repeated groups.
    """
    special = ";'\"()/\\-" + "`$[#\\\\"
    before = "(?<![eE])" if lexical.escape_strings else ""
    inside = r"'\\" if lexical.backslash_escapes else "'"
    unit = [
        rf"[^{re.escape(special)}]++",
        rf"{before}'[^{inside}]*+'(?!')",
        r'"[^"\\]*+"(?!")' if lexical.backslash_escapes else r'"[^"]*+"(?!")',
        "-(?!-)",
        r"/(?!\*)",
        rf"(?<=[{IDENTIFIER}])\$" if lexical.dollar_quotes else r"\$",
        r"`[^`]*+`(?!`)" if lexical.backticks else "`",
        r"\[[^\]]*+\]" if lexical.brackets else r"\[",
        *([] if lexical.hash_comments else ["#"]),
        *([] if lexical.inline_commands else [r"\\"]),
    ]
    units = "|".join(unit)
    row = rf"{units}|\((?:{units}){{0,20}}\)"
    return re.compile(rf"(?:{units}|\((?:{row}){{0,200}}\)){{1,200}}")


@cache
def _line_comment(lexical: Lexical) -> re.Pattern[str]:
    return re.compile(line_comment(lexical))


@cache
def _command(lexical: Lexical) -> re.Pattern[str] | None:
    """A line with a command of the client; its own word is the first group."""
    if not lexical.client_commands:
        return None
    blanks = f"[{BLANKS}]*"
    return re.compile(rf"(?:\A{blanks}|{blanks}[\n\r][ \t]*)({lexical.client_commands})[^\n\r]*", re.IGNORECASE)


@cache
def _inline_command(lexical: Lexical) -> re.Pattern[str]:
    """Such a command up to the end of its line; its own word is the first group."""
    return re.compile(rf"({lexical.inline_commands or '(?!)'})[^\n\r]*")


@cache
def _delimiters(delimiter: str) -> re.Pattern[str]:
    command = r"^[ \t]*DELIMITER[ \t]"
    return re.compile(rf"(?P<stop>{re.escape(delimiter)}|{command})|['\"`#]|--|/\*", re.IGNORECASE | re.MULTILINE)


_DOLLAR = re.compile(DOLLAR_TAG)
_ESCAPE_PREFIX = re.compile(rf"(?<![{IDENTIFIER}])[eE]'")
_DELIMITER = re.compile(rf"[{BLANKS}]*DELIMITER[ \t]+([^\s]+)[^\n\r]*", re.IGNORECASE)
_NOT_BLANK = re.compile(rf"[^{BLANKS}]")
_COMMENT = re.compile(r"#|--|/\*(?!M?!)")
_EXECUTABLE_END = re.compile(rf"[{BLANKS}]*\*/")
_COPY_END = re.compile(r"^\\\.[ \t]*$", re.MULTILINE)


class _Splitter:
    def __init__(self, text: str, lexical: Lexical) -> None:
        self.text = text
        self.lexical = lexical
        self.lines = Lines(text)
        self.position = 0
        self.stop = len(text)
        """Where the next delimiter stands that is no semicolon, or the end of the text."""
        self.delimiter = ";"
        self.unended = False
        """Whether there is no such delimiter any more, up to the end of the text."""
        self.depth = 0
        self.drafts: list[_Draft] = []
        self.draft: _Draft | None = None
        self.pending: list[tuple[int, int]] = []
        """Comments since the last statement."""
        self.flaws: list[Flaw] = []

    def flaw(self, message: str, offset: int, *, final: bool = False) -> None:
        self.flaws.append(Flaw(message, *self.lines.at(offset), final))

    def run(self) -> None:
        text, flat, command = self.text, _flat(self.lexical), _command(self.lexical)
        while self.position < len(text):
            if self.position >= self.stop:
                self._at_delimiter()
            elif (self.draft is None and self.lexical.delimiter_command and self._between()) or (
                self.draft is None and command and self._client_command(command)
            ):
                continue
            elif found := flat.match(text, self.position, self.stop):
                self._tokens(self.position, found.end())
            else:
                self._special(text[self.position])
        self._finish(len(text))

    def _at_delimiter(self) -> None:
        self._finish(self.stop)
        if self.text.startswith(self.delimiter, self.stop):
            self.position += len(self.delimiter)
        self.stop = len(self.text)

    def _between(self) -> bool:
        """Takes a DELIMITER command or a lone delimiter; else looks where the statement's delimiter stands."""
        found = _DELIMITER.match(self.text, self.position)
        if found:
            self.delimiter = found[1]
            self.position, self.stop, self.unended = found.end(), len(self.text), False
            return True
        if self.delimiter == ";" or self.unended or self.stop < len(self.text):
            return False
        start = _NOT_BLANK.search(self.text, self.position)
        if start is None:
            return False
        if self.text.startswith(self.delimiter, start.start()):
            self.position = start.start() + len(self.delimiter)
            return True
        if not _COMMENT.match(self.text, start.start()):
            self.stop = self._next_delimiter(start.start())
            self.unended = self.stop == len(self.text)
        return False

    def _next_delimiter(self, position: int) -> int:
        """The next place of the delimiter, or of a DELIMITER command where one was forgotten."""
        search, line = _delimiters(self.delimiter).search, _line_comment(self.lexical)
        while found := search(self.text, position):
            if found.lastgroup == "stop":
                return found.start()
            position = start = found.start()
            if self.text[start] in "'\"`":
                position = closing(self.text, start, start + 1, self.lexical)
            elif comment := line.match(self.text, start):
                position = comment.end()
            elif self.text.startswith("/*", start):
                position = comment_end(self.text, start, self.lexical)
            else:
                position += 1
        return len(self.text)

    def _special(self, char: str) -> None:
        start = self.position
        if char == ";":
            self._semicolon()
        elif char in "()":
            self.depth = max(0, self.depth + (1 if char == "(" else -1))
            self._tokens(start, start + 1)
        elif char == "\\" and self._client_command(_inline_command(self.lexical)):
            pass
        elif found := _line_comment(self.lexical).match(self.text, start):
            self._comment(start, found.end())
        elif char == "/":
            opened = executable_start(self.text, start, self.lexical)
            if opened:
                self._tokens(start, opened)
            else:
                self._comment(start, comment_end(self.text, start, self.lexical))
        elif char == "$":
            tag = _DOLLAR.match(self.text, start)
            self._tokens(start, dollar_end(self.text, start, tag.end()) if tag else start + 1)
        elif char in "'\"`[":
            opening = start
            if char == "'" and self.lexical.escape_strings and start:
                opening = start - 1 if _ESCAPE_PREFIX.match(self.text, start - 1) else start
            self._tokens(start, closing(self.text, opening, start + 1, self.lexical))
        else:
            self._tokens(start, start + 1)

    def _tokens(self, start: int, end: int) -> None:
        """Takes text that holds tokens and blanks only."""
        piece = self.text[start:end]
        self.position = end
        kept = len(piece.rstrip(BLANKS))
        if not kept:
            return
        draft = self.draft
        if draft is None:
            first = start + len(piece) - len(piece.lstrip(BLANKS))
            draft = self._begin(first)
            if self._has_body(first):
                self._body(draft)
                return
        draft.end = start + kept

    def _begin(self, first: int) -> _Draft:
        self._hand_back(first)
        self.draft = draft = _Draft(first, first, first, self.pending)
        self.pending = []
        return draft

    def _hand_back(self, first: int | None) -> None:
        """Gives comments on the last line of the statement before to that statement.

        A comment that the next statement follows on the same line belongs to the next one.
        """
        if not self.drafts or not self.pending:
            return
        before = self.drafts[-1]
        lines = {self.lines.at(before.end)[0], self.lines.at(before.stop)[0]}
        if first is not None and self.lines.at(first)[0] in lines:
            return
        count = 0
        while count < len(self.pending) and self.lines.at(self.pending[count][0])[0] in lines:
            count += 1
        before.inner += self.pending[:count]
        self.pending = self.pending[count:]

    def _comment(self, start: int, end: int) -> None:
        (self.pending if self.draft is None else self.draft.inner).append((start, end))
        self.position = end

    def _semicolon(self) -> None:
        self.position += 1
        if self.depth:
            self._tokens(self.position - 1, self.position)
        else:
            self._finish(self.position - 1)

    def _finish(self, stop: int) -> None:
        self.depth = 0
        draft, self.draft = self.draft, None
        if draft is None:
            return
        draft.stop = stop
        self.drafts.append(draft)
        if self.lexical.copy_data and self.text[draft.start : draft.start + 4].upper() == "COPY":
            self._copy(draft)

    def _has_body(self, start: int) -> bool:
        """Whether a statement is one whose BEGIN may hold semicolons."""
        if self.lexical.block_bodies:
            return has_block_body(tokens(self.text, self.lexical, start, end=self.stop))
        if self.text[start : start + 6].upper() != "CREATE":
            return False
        kinds = ({"FUNCTION", "PROCEDURE"} if self.lexical.atomic_bodies else set()) | (
            {"TRIGGER"} if self.lexical.trigger_bodies else set()
        )
        for token in tokens(self.text, self.lexical, start + 6):
            if token.word in kinds:
                return True
            if token.word not in {"OR", "REPLACE", "TEMP", "TEMPORARY"}:
                return False
        return False

    def _body(self, draft: _Draft) -> None:
        """Takes a whole routine or trigger, token by token."""
        body: Body = BlockBody() if self.lexical.block_bodies else TriggerBody()
        if self.lexical.atomic_bodies:
            body = AtomicBody()
        for token in tokens(self.text, self.lexical, draft.start, draft.inner, self.stop):
            self.position = token.start
            if body.ends_at(token):
                self._close(draft)
                self._semicolon()
                return
            if token.word == "\\" and self._client_command(_inline_command(self.lexical)):
                return
            draft.end = self.position = token.end
        self.position = self.stop
        self._close(draft)
        opened = body.opened if isinstance(body, AtomicBody) else None
        if opened is not None:
            self.flaw("this BEGIN ATOMIC never ends", opened)

    def _close(self, draft: _Draft) -> None:
        """The end of an executable comment is no token, and yet part of the statement."""
        found = _EXECUTABLE_END.match(self.text, draft.end) if self.lexical.executable_comments else None
        if found:
            draft.end = found.end()

    def _client_command(self, pattern: re.Pattern[str]) -> bool:
        """Takes a command of the server's client, to the end of its line."""
        found = pattern.match(self.text, self.position)
        if found is None:
            return False
        client = self.lexical.client
        self.flaw(f"{visible(found[1])} is a command of {client}, not SQL: take it out", found.start(1))
        self.position = found.end()
        return True

    def _copy(self, draft: _Draft) -> None:
        """COPY ... FROM stdin reads rows from the client, which only psql takes from the same file."""
        words = [token.word for token in tokens(self.text[draft.start : draft.end], self.lexical)]
        if ("FROM", "STDIN") not in pairwise(words):
            return
        self.flaw("COPY ... FROM stdin with its rows in the file works in psql only: use INSERT", draft.start)
        end = _COPY_END.search(self.text, self.position)
        self.position = end.end() if end else len(self.text)

    def result(self) -> Split:
        self._hand_back(None)
        return Split(
            statements=tuple(
                Statement(
                    number=number,
                    text=self.text[draft.start : draft.end],
                    span=self.lines.span(draft.start, draft.end),
                    comments=self._comments(draft.comments),
                    inner_comments=self._comments(draft.inner),
                )
                for number, draft in enumerate(self._taken(), 1)
            ),
            tail=self._comments(self.pending),
            flaws=tuple(self.flaws),
        )

    def _taken(self) -> Iterator[_Draft]:
        """The drafts, each gone when the next is asked for, so that not all are there beside all statements."""
        self.drafts.reverse()
        while self.drafts:
            yield self.drafts.pop()

    def _comments(self, places: list[tuple[int, int]]) -> tuple[Comment, ...]:
        return tuple(Comment(text=self.text[start:end], span=self.lines.span(start, end)) for start, end in places)
