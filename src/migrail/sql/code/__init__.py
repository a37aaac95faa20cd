"""What code does: the bodies of DO, of functions and procedures, and of SQLite's triggers → operations.

Code is read, not run: what stands under a condition is possible, and a text that is put together at run time is
named as unread.
"""

from __future__ import annotations

from migrail.dialects import Dialect
from migrail.sql.code.plpgsql import read_plpgsql
from migrail.sql.code.reading import Code, Reading
from migrail.sql.source import Source

__all__ = ["Code", "read_code", "read_statements"]


def read_code(body: Source, language: str, dialect: Dialect) -> Code:
    """What a body in that language does; everything in it is unread where the language is not known."""
    reading = Reading(dialect)
    if language == "plpgsql":
        if not reading.is_too_deep(body):
            read_plpgsql(body, reading)
    elif language == "sql":
        reading.statements(body)
    else:
        reading.not_read(f"code in {language} is not read", body.whole)
    return reading.result()


def read_statements(body: Source, dialect: Dialect) -> Code:
    """What plain statements with semicolons between them do."""
    reading = Reading(dialect)
    reading.statements(body)
    return reading.result()
