"""Reading SQL: text → statements → operations. sqlglot is imported in this package and in compat only."""

from __future__ import annotations

from migrail.sql.pieces import Action, actions, index_definition, with_word
from migrail.sql.script import ReadStatement, Script, read_script

__all__ = ["Action", "ReadStatement", "Script", "actions", "index_definition", "read_script", "with_word"]
