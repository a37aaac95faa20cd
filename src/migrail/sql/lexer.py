"""Text → tokens, by the lexical facts of a dialect. Lazy and linear in the length of the text.

Comments are not tokens: they are skipped, or collected where a list is given. Operators come one character at
a time, because nothing in this package reads expressions; only their extent matters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache

from migrail.dialects import Lexical

BLANKS = " \t\n\r\f\v"
"""What separates tokens; other Unicode blanks are part of names (PostgreSQL's scan.l, SQLite's tokenize.c)."""

_START = r"A-Za-z_\x80-\U0010ffff"
IDENTIFIER = rf"{_START}0-9$"
"""The characters that names consist of, for a regular expression's brackets."""

DOLLAR_TAG = rf"(?<![{IDENTIFIER}])\$(?:[{_START}][{_START}0-9]*)?\$"


class Kind(Enum):
    """What a token is."""

    WORD = "word"
    """A keyword or an unquoted name."""
    NAME = "name"
    """A quoted name."""
    STRING = "string"
    NUMBER = "number"
    PARAMETER = "parameter"
    """``$1``."""
    SYMBOL = "symbol"
    """One character of punctuation or of an operator."""
    END = "end"
    """Behind the last token."""


@dataclass(slots=True)
class Token:
    """A token and its place. Offsets count from the start of the text that was read. Never changed.

    Not frozen, because a frozen one takes three times as long to make.
    """

    kind: Kind
    text: str
    start: int
    end: int
    word: str
    """To compare with: a word in capitals, a symbol as it is, empty for everything else."""


_WORD, _SYMBOL = Kind.WORD, Kind.SYMBOL
"""The most frequent ones; Python 3.11 takes as long to look up a member of an Enum as to match a pattern."""


class Unclosed(Exception):
    """Something that began never ends."""

    def __init__(self, what: str, offset: int) -> None:
        super().__init__(what)
        self.what = what
        self.offset = offset
        """Where it begins."""


def tokens(
    text: str,
    lexical: Lexical,
    position: int = 0,
    comments: list[tuple[int, int]] | None = None,
    end: int | None = None,
) -> Iterator[Token]:
    """The tokens from a position on, without an end token. Start and end of comments go into ``comments``.

    The marks around what an executable comment holds are passed over like blanks.

    Raises:
        Unclosed: a quote, dollar quote or comment that never ends.
    """
    find, end = _pattern(lexical).finditer, len(text) if end is None else end
    executing = -1
    resume = True
    while resume:
        resume = False
        for found in find(text, position, end):
            group = found.lastgroup
            if group is None:
                break
            start, position = found.span(group)
            if group == "word":
                word = found[group]
                yield Token(_WORD, word, start, position, word.upper() if word.isascii() else word)
                continue
            if group == "symbol":
                symbol = found[group]
                if executing >= 0 and symbol == "*" and text.startswith("/", position):
                    position, executing, resume = position + 1, -1, True
                    break
                yield Token(_SYMBOL, symbol, start, position, symbol)
                continue
            matched = position
            if group == "quoted":
                yield Token(_quoted_kind(found[group], lexical), found[group], start, position, "")
            elif group == "number":
                named = lexical.digits_begin_names and not _NUMBER.fullmatch(found[group])
                yield Token(Kind.NAME if named else Kind.NUMBER, found[group], start, position, "")
            elif group == "quote":
                position = closing(text, start, position, lexical)
                yield Token(_quoted_kind(text[start:position], lexical), text[start:position], start, position, "")
            elif group == "dollar":
                position = dollar_end(text, start, position)
                yield Token(Kind.STRING, text[start:position], start, position, "")
            elif group == "parameter":
                yield Token(Kind.PARAMETER, found[group], start, position, "")
            elif group == "block" and (opened := executable_start(text, start, lexical)):
                position, executing = opened, start
            else:
                if group == "block":
                    position = comment_end(text, start, lexical)
                if comments is not None:
                    comments.append((start, position))
            if position != matched:
                # The search cannot be moved on; another one begins there.
                resume = True
                break
    if executing >= 0:
        raise Unclosed("comment", executing)


@cache
def _pattern(lexical: Lexical) -> re.Pattern[str]:
    """A token with the blanks in front of it; for what may have quotes or comments inside, only how it begins.

    Outside groups, the end of the text: without it each of the blanks in front of that would be tried by itself.
    """
    prefixes = r"[bBeExXnN]" if lexical.escape_strings else r"[bBxXnN]"
    unicode_prefix = r"|[uU]&" if lexical.escape_strings else ""
    quotes = "'\"" + ("`" if lexical.backticks else "") + (r"\[" if lexical.brackets else "")
    opening = rf"(?:{prefixes}{unicode_prefix})'|{'[uU]&' if unicode_prefix else '(?!)'}\"|[{quotes}]"
    backticked = "|`[^`]*+`(?!`)" if lexical.backticks else ""
    dollar = rf"(?P<dollar>{DOLLAR_TAG})|" if lexical.dollar_quotes else ""
    return re.compile(
        rf"""[{BLANKS}]*+(?:
          (?P<word>(?!{opening})[{_START}][{IDENTIFIER}]*+)
        | (?P<quoted>'[^'\\]*+'(?!')|"[^"\\]*+"(?!"){backticked})
        | (?P<number>\.?[0-9](?:[0-9a-dA-Df-zF-Z_]+|[eE](?:[+-](?=[0-9]))?|\.(?!\.|[eE]'))*)
        | (?P<quote>{opening})
        | {line_comment(lexical)}|(?P<block>/\*)
        | {dollar}(?P<parameter>\$[0-9][{IDENTIFIER}]*)
        | (?P<symbol>[^{BLANKS}])
        | \Z
        )""",
        re.VERBOSE,
    )


def line_comment(lexical: Lexical) -> str:
    """The pattern of a comment up to the end of its line, as a group called ``line``."""
    rest = r"[^\n\r]*" if lexical.comment_ends_at_cr else r"[^\n]*"
    dashes = r"--(?=[\s\x00-\x20]|\Z)" if lexical.dashes_need_space else "--"
    return rf"(?P<line>(?:{dashes}{'|[#]' if lexical.hash_comments else ''}){rest})"


def _quoted_kind(text: str, lexical: Lexical) -> Kind:
    if text[-1] == '"':
        return Kind.STRING if lexical.double_quoted_strings else Kind.NAME
    return Kind.NAME if text[-1] in "`]" else Kind.STRING


_ESCAPED = re.compile(r"""\\.|''|""|['"]""", re.DOTALL)
_CONTINUED = re.compile(r"[ \t\f\v]*[\n\r](?:[ \t\n\r\f\v]++|--[^\n\r]*[\n\r])*'")


def closing(text: str, start: int, position: int, lexical: Lexical) -> int:
    """Just behind the quote that ends what begins at ``start`` and whose first quote ends at ``position``.

    Raises:
        Unclosed: there is none.
    """
    quote = text[position - 1]
    what = {"[": "name in brackets", "`": "quoted name"}.get(quote, "string")
    if quote == '"' and not lexical.double_quoted_strings:
        what = "quoted name"
    if quote == "[":
        end = text.find("]", position) + 1
    elif lexical.backslash_escapes and quote in "'\"":
        end = _escaped_end(text, position, quote)
    elif quote == "'" and lexical.escape_strings and text[start] in "eE":
        end = _escaped_end(text, position, quote)
        # A string goes on in the same way behind a line break (manual, 4.1.2.1).
        while end and (more := _CONTINUED.match(text, end)):
            end = _escaped_end(text, more.end(), quote)
    else:
        end = _plain_end(text, position, quote)
    if not end:
        raise Unclosed(what, start)
    return end


def _plain_end(text: str, position: int, quote: str) -> int:
    while (end := text.find(quote, position)) >= 0:
        if not text.startswith(quote, end + 1):
            return end + 1
        position = end + 2
    return 0


def _escaped_end(text: str, position: int, quote: str) -> int:
    while found := _ESCAPED.search(text, position):
        position = found.end()
        if found[0] == quote:
            return position
    return 0


def dollar_end(text: str, start: int, position: int) -> int:
    """Just behind the tag that ends a dollar quote whose opening tag is ``text[start:position]``.

    Raises:
        Unclosed: there is none.
    """
    tag = text[start:position]
    end = text.find(tag, position)
    if end < 0:
        raise Unclosed(f"dollar quote {tag}", start)
    return end + len(tag)


_NUMBER = re.compile(
    r"0[xX][0-9a-fA-F]+|0b[01]+|\.[0-9][0-9.eE+-]*|[0-9]+(?:\.[0-9]*)?(?:[eE][+-]?[0-9]*)?|[0-9]+\..*"
)
_EXECUTABLE = re.compile(r"/\*(M?)!([0-9]{5,6})?")


def executable_start(text: str, start: int, lexical: Lexical) -> int:
    """Just behind the mark that begins an executable comment, or 0 for a comment that the server passes over."""
    if not lexical.executable_comments:
        return 0
    found = _EXECUTABLE.match(text, start)
    if not found or (found[1] and not lexical.mariadb_comments):
        return 0
    version = int(found[2] or 0)
    return found.end() if any(low <= version <= high for low, high in lexical.executable_comments) else 0


_COMMENT_EDGE = re.compile(r"/\*|\*/")


def comment_end(text: str, start: int, lexical: Lexical) -> int:
    """Just behind the block comment that begins at ``start``.

    Raises:
        Unclosed: it never ends.
    """
    depth = 1
    position = start + 2
    while found := _COMMENT_EDGE.search(text, position):
        position = found.end()
        if found[0] == "*/":
            depth -= 1
        elif lexical.nested_comments:
            depth += 1
        else:
            position -= 1  # the star may belong to the end, as in "/* /*/"
        if not depth:
            return position
    raise Unclosed("comment", start)


_ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_ESCAPE = re.compile(
    r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|x([0-9A-Fa-f]{1,2})|([0-7]{1,3})|(.))|''", re.DOTALL
)
_BACKSLASH = re.compile(r"""\\.|''|\"\"""", re.DOTALL)
_PLAIN_ESCAPES = {"0": "\0", "b": "\b", "n": "\n", "r": "\r", "t": "\t", "Z": "\x1a", "%": "\\%", "_": "\\_"}
"""Manual of MySQL, table 11.1; any other letter stands for itself."""
_UNICODE_ESCAPE = re.compile(r"\\(?:\+([0-9A-Fa-f]{6})|([0-9A-Fa-f]{4})|(\\))")


def string_value(text: str, lexical: Lexical) -> str:
    """What a string token stands for. Strings that go on behind a line break keep the break's quotes."""
    if text[0] == "$":
        tag = text.index("$", 1) + 1
        return text[tag:-tag]
    quote = text[-1]
    body = text[text.index(quote) + 1 : -1]
    if lexical.backslash_escapes:
        return _BACKSLASH.sub(lambda found: _plain_escape(found[0], quote), body)
    if text[0] in "eE" and lexical.escape_strings:
        return _ESCAPE.sub(_unescape, body)
    body = body.replace(quote * 2, quote)
    return _unicode_value(body) if text[0] in "uU" else body


def name_value(text: str) -> str:
    """The name that a quoted name's token stands for, not folded."""
    if text[0] == "[":
        return text[1:-1]
    if text[0] in "0123456789":
        return text
    quote = text[-1]
    body = text[text.index(quote) + 1 : -1].replace(quote * 2, quote)
    return _unicode_value(body) if text[0] in "uU" else body


def _plain_escape(escape: str, quote: str) -> str:
    if escape[0] == "\\":
        return _PLAIN_ESCAPES.get(escape[1], escape[1])
    return quote if escape[0] == quote else escape


def _unescape(found: re.Match[str]) -> str:
    if found[0] == "''":
        return "'"
    if found[5]:
        return _ESCAPES.get(found[5], found[5])
    return _char(int(found[4], 8) if found[4] else int(found[1] or found[2] or found[3], 16))


def _unicode_value(body: str) -> str:
    return _UNICODE_ESCAPE.sub(lambda found: "\\" if found[3] else _char(int(found[1] or found[2], 16)), body)


def _char(code: int) -> str:
    return chr(code) if code <= 0x10FFFF else "\ufffd"
