"""How PostgreSQL reads text, names and types."""

from __future__ import annotations

from migrail.dialects._interface import Lexical, lower_ascii

LEXICAL = Lexical(
    dollar_quotes=True,
    escape_strings=True,
    nested_comments=True,
    atomic_bodies=True,
    copy_data=True,
    client="psql",
    inline_commands=r"\\[^\s;]*",
)

IDENTIFIER_BYTES = 63
"""NAMEDATALEN - 1. Longer names are cut silently (manual, 4.1.1)."""

TYPE_ALIASES = {
    "int": "integer",
    "int2": "smallint",
    "int4": "integer",
    "int8": "bigint",
    "float4": "real",
    "float8": "double precision",
    "float": "double precision",
    "decimal": "numeric",
    "dec": "numeric",
    "bool": "boolean",
    "character varying": "varchar",
    "character": "char",
    "bpchar": "char",
    "char varying": "varchar",
    "national character varying": "varchar",
    "national character": "char",
    "nchar": "char",
    "bit varying": "varbit",
    "time without time zone": "time",
    "time with time zone": "timetz",
    "timestamp without time zone": "timestamp",
    "timestamp with time zone": "timestamptz",
}
"""Manual, table 8.1. ``float(p)`` is resolved by the reader: up to 24 is real."""

SERIAL_TYPES = {
    "smallserial": "smallint",
    "serial2": "smallint",
    "serial": "integer",
    "serial4": "integer",
    "bigserial": "bigint",
    "serial8": "bigint",
}


def fold(name: str, quoted: bool) -> str:
    """ASCII letters in lower case unless quoted, cut at 63 bytes of UTF-8 on a character boundary."""
    folded = name if quoted else lower_ascii(name)
    if len(folded) <= IDENTIFIER_BYTES and folded.isascii():
        return folded
    encoded = folded.encode("utf-8", "surrogatepass")
    if len(encoded) <= IDENTIFIER_BYTES:
        return folded
    return encoded[:IDENTIFIER_BYTES].decode("utf-8", "ignore")
