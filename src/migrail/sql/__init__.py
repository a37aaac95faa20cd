"""Reading SQL: text → statements → operations. sqlglot is imported in this package and in compat only."""

from __future__ import annotations

from migrail.sql.pieces import (
    KeyText,
    actions,
    column_text,
    index_definition,
    key_text,
    names_in,
    with_word,
    without_words,
    words_and_strings,
)
from migrail.sql.rebuild import Place, Rebuild, rebuilds
from migrail.sql.script import ReadStatement, Script, read_script

__all__ = [
    "KeyText",
    "ReadStatement",
    "Place",
    "Rebuild",
    "Script",
    "actions",
    "column_text",
    "index_definition",
    "key_text",
    "names_in",
    "read_script",
    "rebuilds",
    "with_word",
    "without_words",
    "words_and_strings",
]
