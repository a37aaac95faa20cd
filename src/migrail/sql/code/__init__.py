"""What code does: the bodies of DO, of functions and procedures, and of SQLite's triggers → operations.

Code is read, not run: what stands under a condition is possible, and a text that is put together at run time is
named as unread.
"""

from __future__ import annotations

from collections.abc import Collection

from migrail.dialects import Dialect
from migrail.sql.code.plpgsql import read_plpgsql
from migrail.sql.code.reading import Code, Reading
from migrail.sql.source import Source

__all__ = ["Code", "read_code"]


def read_code(body: Source, language: str, dialect: Dialect, names: Collection[str] = ()) -> Code:
    """What a body in that language does; everything in it is unread where the language is not known.

    ``sql`` is what a body of the dialect holds where no other language is named: plain statements with semicolons
    between them, or one statement of MySQL and MariaDB, be it a block. ``names`` are its parameters, or more.
    """
    reading = Reading(dialect)
    if language == "plpgsql":
        read_plpgsql(body, reading)
    elif language == "sql" and dialect.lexical.block_bodies:
        from migrail.sql.code.mysql import read_mysql  # only such a dialect needs it

        read_mysql(body, reading, names)
    elif language == "sql":
        reading.statements(body)
    else:
        reading.not_read(f"code in {language} is not read", body.whole)
    return reading.result()
