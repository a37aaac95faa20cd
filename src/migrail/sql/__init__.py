"""Reading SQL: text → statements → operations. sqlglot is imported in this package and in compat only."""

from __future__ import annotations

from migrail.sql.script import ReadStatement, Script, read_script

__all__ = ["ReadStatement", "Script", "read_script"]
