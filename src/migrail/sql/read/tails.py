"""What may follow the words of a form that has no operation of its own: an option's value, a name, parentheses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from migrail.sql.cursor import Cursor

Tail = Callable[[Cursor], object]


class Form(NamedTuple):
    """A form that was taken."""

    option: str
    """Its words, ``SET (...)`` for ``SET (``."""
    argument: str
    """What stands behind them, or in the parentheses, as written."""


def take_form(cursor: Cursor, forms: Mapping[str, Tail]) -> Form | None:
    """Takes one of the forms and what follows its words, if one comes next."""
    words = cursor.take_phrase(forms)
    if not words:
        return None
    if words.endswith("("):
        cursor.index -= 1
        return Form(f"{words}...)", cursor.group())
    first, start = cursor.index, cursor.offset
    forms[words](cursor)
    return Form(words, cursor.since(start) if cursor.index > first else "")


def nothing(cursor: Cursor) -> None:
    """No more words."""


def name(cursor: Cursor) -> None:
    """A name."""
    cursor.name(function=True)


def role(cursor: Cursor) -> None:
    """A role, a trigger or another name that may be a reserved word, as in OWNER TO CURRENT_USER."""
    cursor.label()


def word_or_default(cursor: Cursor) -> None:
    """A name or DEFAULT."""
    if not cursor.take("DEFAULT"):
        cursor.identifier()


def number_or_default(cursor: Cursor) -> None:
    """A number or DEFAULT."""
    if not cursor.take("DEFAULT"):
        cursor.number()


def group(cursor: Cursor) -> None:
    """Something in parentheses."""
    cursor.group()


def optional_group(cursor: Cursor) -> None:
    """Something in parentheses, or nothing."""
    if cursor.at("("):
        cursor.group()


def value(cursor: Cursor) -> None:
    """A literal or a word."""
    cursor.value()


def anything(cursor: Cursor) -> None:
    """Everything up to the end; parentheses have to match."""
    while not cursor.done:
        if cursor.word in ("(", "["):
            cursor.group()
        elif cursor.word in (")", "]"):
            cursor.unexpected()
        else:
            cursor.next()


def rest(cursor: Cursor) -> str:
    """Takes everything up to the end; its text. Parentheses have to match."""
    start = cursor.offset
    anything(cursor)
    return cursor.since(start)


def options(cursor: Cursor) -> dict[str, str]:
    """Takes options such as ``(FULL, VERBOSE false)``; their words in capitals, with the value or nothing."""
    found: dict[str, str] = {}
    for word, setting in cursor.listed(_option):
        found[word] = setting
    return found


def _option(cursor: Cursor) -> tuple[str, str]:
    word = cursor.label().upper()
    start = cursor.offset
    if cursor.word in (",", ")"):
        return word, ""
    value(cursor)
    return word, cursor.since(start).strip("'").lower()


def is_on(found: Mapping[str, str], word: str) -> bool:
    """Whether an option is there and not switched off."""
    return word in found and found[word] not in ("false", "off", "0")
