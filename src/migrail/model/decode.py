"""Bytes of a file → text that every server reads alike, or what is wrong with them."""

from __future__ import annotations

from migrail.model.errors import InputError, Problem
from migrail.model.text import Lines


def decode(content: bytes, shown: str) -> str:
    """The text of a file's bytes, without byte order mark.

    Raises:
        InputError: it is not UTF-8, or holds a NUL byte or a byte order mark in the middle.
    """
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        if content.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise problem("is UTF-16; save it as UTF-8", shown) from None
        line = content.count(b"\n", 0, error.start) + 1
        column = len(content[content.rfind(b"\n", 0, error.start) + 1 : error.start].decode("utf-8")) + 1
        message = f"is not UTF-8: byte 0x{content[error.start]:02x}"
        raise problem(message, shown, line, column) from None
    text = text.removeprefix("\ufeff")
    for char, what in (("\0", "a NUL byte, after which servers stop reading"), ("\ufeff", "a byte order mark")):
        if char in text:
            raise problem(f"holds {what}", shown, *Lines(text).at(text.index(char)))
    return text


def problem(message: str, path: str, line: int | None = None, column: int | None = None) -> InputError:
    """One problem as an error."""
    return InputError([Problem(message=message, path=path, line=line, column=column)])
