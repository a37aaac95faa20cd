"""What the splitter and the reader promise for any text, and ways to make texts hostile."""

from __future__ import annotations

import random
import re
from itertools import pairwise

from fuzz.seeds import HOSTILE
from migrail.dialects import Dialect
from migrail.model.errors import InputError, Problem
from migrail.model.migration import Comment, Digests, Migration
from migrail.model.operations import Operation
from migrail.sql import read_script
from migrail.sql.lexer import BLANKS
from migrail.sql.read import read
from migrail.sql.split import Split, split


def check(text: str, dialect: Dialect) -> None:
    """Splits and reads a text.

    Raises:
        AssertionError: a promise is broken. Whatever else the reader raises is passed on, except for InputError.
    """
    pieces = split(text, dialect.lexical)
    if not pieces.flaws:
        _rejoins(text, pieces, dialect)
    for statement in pieces.statements:
        operations = read(statement, dialect)
        assert operations, "a statement without a meaning"
        assert all(isinstance(operation, Operation) for operation in operations)
        assert all(isinstance(operation.kind, str) and hash(operation) for operation in operations)
    migration = Migration(
        id="0001_x",
        order=(1,),
        path="0001_x.sql",
        text=text,
        digests=Digests(raw="", text=""),
        source="plain",
    )
    problems: tuple[Problem, ...] = ()
    try:
        statements = read_script(migration, dialect).statements
    except InputError as error:
        problems, statements = error.problems, ()
    assert problems or len(statements) == len(pieces.statements) > 0, "a migration that is half read"
    assert len(problems) >= len(pieces.flaws), "flaws that nobody hears of"


def _rejoins(text: str, pieces: Split, dialect: Dialect) -> None:
    """Statements and comments have the text of their places, in order, and leave nothing out that matters."""
    for statement in pieces.statements:
        assert text[statement.span.start : statement.span.end] == statement.text
        assert statement.text.strip(BLANKS) == statement.text != ""
    for before, after in pairwise(pieces.statements):
        assert before.span.end <= after.span.start, "statements that overlap"
        assert before.number + 1 == after.number
    comments = sorted((comment.span.start, comment.span.end, comment.text) for comment in _comments(pieces))
    for before_comment, after_comment in pairwise(comments):
        assert before_comment[1] <= after_comment[0], "comments that overlap"
    for start, end, comment in comments:
        assert text[start:end] == comment
    taken = [(statement.span.start, statement.span.end) for statement in pieces.statements]
    left = _without(text, sorted([*taken, *((start, end) for start, end, _ in comments)]))
    assert not _LEFT.sub("", _client_commands(left, dialect)), "text that belongs to nothing"


def _comments(pieces: Split) -> list[Comment]:
    return [
        *pieces.tail,
        *(
            comment
            for statement in pieces.statements
            for comment in (*statement.comments, *statement.inner_comments)
        ),
    ]


def _without(text: str, places: list[tuple[int, int]]) -> str:
    """The text without these places, some of which lie in others; a line break stands for each."""
    kept: list[str] = []
    position = 0
    for start, end in places:
        kept.append(text[position:start])
        position = max(position, end)
    kept.append(text[position:])
    return "\n".join(kept)


_LEFT = re.compile(rf"[{BLANKS};]+")
_DELIMITER = re.compile(r"DELIMITER[ \t]+(\S+)[^\n\r]*", re.IGNORECASE)
_EXECUTABLE = re.compile(r"/\*M?![0-9]*|\*/")


def _client_commands(left: str, dialect: Dialect) -> str:
    """What is left without the marks of MySQL's client and of its executable comments."""
    if not dialect.lexical.delimiter_command:
        return left
    delimiters = sorted({found[1] for found in _DELIMITER.finditer(left)}, key=len, reverse=True)
    left = _DELIMITER.sub("", left)
    for delimiter in delimiters:
        left = left.replace(delimiter, "")
    return _EXECUTABLE.sub("", left)


# Mutations

_TOKEN = re.compile(r"\s+|\w+|.", re.DOTALL)


def mutated(text: str, choose: random.Random) -> str:
    """The text with a few tokens cut, doubled, swapped, replaced or put in."""
    parts: list[str] = _TOKEN.findall(text)
    for _ in range(choose.randint(1, 4)):
        if not parts:
            return choose.choice(HOSTILE)
        place, other = choose.randrange(len(parts)), choose.randrange(len(parts))
        match choose.randrange(7):
            case 0:
                del parts[place]
            case 1:
                parts.insert(other, parts[place])
            case 2:
                parts[place], parts[other] = parts[other], parts[place]
            case 3:
                parts[place] = choose.choice(HOSTILE)
            case 4:
                parts.insert(place, choose.choice(HOSTILE))
            case 5:
                del parts[place:]
            case _:
                parts[place] = parts[place][: choose.randrange(len(parts[place]) + 1)]
    return "".join(parts)


def mixed(seeds: tuple[str, ...], choose: random.Random) -> str:
    """One to three of the texts, changed, one behind the other."""
    count = choose.choice((1, 1, 1, 2, 3))
    between = choose.choice((";", ";\n", "\n", " ", ""))
    return between.join(mutated(choose.choice(seeds), choose) for _ in range(count))
