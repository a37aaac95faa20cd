"""Tokens."""

from __future__ import annotations

import pytest

from migrail.dialects import Lexical, get
from migrail.sql.lexer import Kind, Unclosed, name_value, string_value, tokens

POSTGRES = get("postgres").lexical
SQLITE = get("sqlite").lexical
BACKSLASHES = Lexical(
    backslash_escapes=True, double_quoted_strings=True, backticks=True, hash_comments=True, dashes_need_space=True
)
"""As MySQL reads text."""

TOKENS = [
    (POSTGRES, "Select a.b,*", "w Select|w a|s .|w b|s ,|s *"),
    (POSTGRES, 'é\xa0_1$x "A""b"', 'w é\xa0_1$x|n "A""b"'),
    (POSTGRES, "U&\"\\0061\" u&'x' E'\\'' b'0' X'f' n'a'", "n U&\"\\0061\"|t u&'x'|t E'\\''|t b'0'|t X'f'|t n'a'"),
    (POSTGRES, "e u& bee'a'", "w e|w u|s &|w bee|t 'a'"),
    (POSTGRES, "1 1.5e-3 .5 0xFF 1_000 1..2 a1", "d 1|d 1.5e-3|d .5|d 0xFF|d 1_000|d 1|s .|d .2|w a1"),
    (POSTGRES, "1.e'\\'' 1e'x' $1e'x'", "d 1|s .|t e'\\''|d 1e|t 'x'|p $1e|t 'x'"),
    (POSTGRES, "$1,$2 $$a$$ $t$ $$ $t$", "p $1|s ,|p $2|t $$a$$|t $t$ $$ $t$"),
    (POSTGRES, "a--b\nc/*d/*e*/f*/g=-1", "w a|w c|w g|s =|s -|d 1"),
    (SQLITE, "`a` [b c] 'd' \"e\" x'00' e'f'", "n `a`|n [b c]|t 'd'|n \"e\"|t x'00'|w e|t 'f'"),
    (SQLITE, "a--b\rc\nd/*e/*f*/g", "w a|w d|w g"),
    (BACKSLASHES, "'a\\'b' \"c\\\"d\" `e` # f\n g--h -- i", "t 'a\\'b'|t \"c\\\"d\"|n `e`|w g|s -|s -|w h"),
]
LETTERS = {"w": "word", "n": "name", "t": "string", "d": "number", "p": "parameter", "s": "symbol"}


@pytest.mark.parametrize(("lexical", "text", "expected"), TOKENS)
def test_tokens(lexical: Lexical, text: str, expected: str) -> None:
    found = list(tokens(text, lexical))
    wanted = [item.split(" ", 1) for item in expected.split("|")]
    assert [(token.kind.value, token.text) for token in found] == [(LETTERS[kind], word) for kind, word in wanted]
    assert all(text[token.start : token.end] == token.text for token in found)


def test_words_are_compared_in_capitals_but_only_plain_letters_are_letters() -> None:
    assert [token.word for token in tokens('select "Select" \u017felect ( \'x\'', POSTGRES)] == [
        "SELECT", "", "\u017felect", "(", ""]  # fmt: skip


@pytest.mark.parametrize(
    ("lexical", "text", "what", "offset"),
    [
        (POSTGRES, "a 'b", "string", 2),
        (POSTGRES, "E'a\\", "string", 0),
        (POSTGRES, "E'a'\n'b", "string", 0),
        (POSTGRES, 'a "b', "quoted name", 2),
        (BACKSLASHES, 'a "b', "string", 2),
        (POSTGRES, "$a$ $b$", "dollar quote $a$", 0),
        (POSTGRES, "/* /* */", "comment", 0),
        (SQLITE, "[a", "name in brackets", 0),
        (SQLITE, "1 /* 2", "comment", 2),
    ],
)
def test_what_never_ends_is_said_with_its_place(lexical: Lexical, text: str, what: str, offset: int) -> None:
    with pytest.raises(Unclosed) as raised:
        list(tokens(text, lexical))
    assert (raised.value.what, raised.value.offset) == (what, offset)


@pytest.mark.parametrize(
    ("lexical", "text", "value"),
    [
        (POSTGRES, "'it''s \\n'", "it's \\n"),
        (POSTGRES, r"E'it''s \n\t\\ \x41\101\u00e9\U0001F600 \q'", "it's \n\t\\ AA\xe9\U0001f600 q"),
        (POSTGRES, r"U&'d\0061t\+000061 \\ '", "data \\ "),
        (POSTGRES, "$x$ 'a' $x$", " 'a' "),
        (BACKSLASHES, r"'a\'b'", "a'b"),
        (SQLITE, r"'a\''", "a\\'"),
    ],
)
def test_values_of_strings(lexical: Lexical, text: str, value: str) -> None:
    assert string_value(text, lexical) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('"A""b"', 'A"b'),
        ("`a``b`", "a`b"),
        ("[a b]", "a b"),
        ('U&"d\\0061ta"', "data"),
        (r'U&"\+FFFFFF"', "\ufffd"),
    ],
)
def test_values_of_names(text: str, value: str) -> None:
    assert name_value(text) == value


def test_comments_are_collected_where_asked() -> None:
    comments: list[tuple[int, int]] = []
    text = "a -- b\n/* c */ d"
    assert [token.kind for token in tokens(text, POSTGRES, 0, comments)] == [Kind.WORD, Kind.WORD]
    assert [text[start:end] for start, end in comments] == ["-- b", "/* c */"]
