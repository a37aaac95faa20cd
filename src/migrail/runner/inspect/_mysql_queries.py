"""The queries that read the structure of a MySQL or MariaDB database: the one that the connection is open to.

``relation`` is the table that a row belongs to. A view that cannot be opened any more, because what it reads is
gone, is there without columns.
"""

from __future__ import annotations

TABLES = """
SELECT table_name AS name, table_type AS kind, table_comment AS comment, engine, table_collation AS collation
FROM information_schema.tables WHERE table_schema = database()
ORDER BY table_name
"""

_COLUMNS = """
SELECT table_name AS relation, column_name AS name, column_type AS type, is_nullable = 'YES' AS nullable,
  column_default AS expression, extra, generation_expression AS generation, character_set_name AS charset,
  collation_name AS collation, column_comment AS comment
FROM information_schema.columns WHERE table_schema = database() ORDER BY table_name, ordinal_position
"""

_INDEXES = """
SELECT table_name AS relation, index_name AS name, non_unique = 0 AS is_unique, column_name AS part,
  index_type AS method,
  collation = 'D' AS descending, sub_part AS length, {expression} AS expression
FROM information_schema.statistics WHERE table_schema = database() ORDER BY table_name, index_name, seq_in_index
"""

_REFERENCES = """
SELECT k.table_name AS relation, k.constraint_name AS name, k.column_name AS part,
  k.referenced_table_schema AS target_schema, k.referenced_table_name AS target,
  k.referenced_column_name AS target_column, r.delete_rule AS on_delete, r.update_rule AS on_update
FROM information_schema.key_column_usage AS k
JOIN information_schema.referential_constraints AS r
  ON r.constraint_schema = k.constraint_schema AND r.constraint_name = k.constraint_name
    AND r.table_name = k.table_name
WHERE k.table_schema = database() AND k.referenced_table_name IS NOT NULL
ORDER BY k.table_name, k.constraint_name, k.ordinal_position
"""

_CHECKS = {
    "mariadb": """
SELECT table_name AS relation, constraint_name AS name, check_clause AS `condition`, 1 AS enforced
FROM information_schema.check_constraints WHERE constraint_schema = database() ORDER BY table_name, constraint_name
""",
    "mysql": """
SELECT t.table_name AS relation, c.constraint_name AS name, c.check_clause AS `condition`,
  t.enforced = 'YES' AS enforced
FROM information_schema.check_constraints AS c
JOIN information_schema.table_constraints AS t
  ON t.constraint_schema = c.constraint_schema AND t.constraint_name = c.constraint_name
    AND t.constraint_type = 'CHECK'
WHERE c.constraint_schema = database() ORDER BY t.table_name, c.constraint_name
""",
}

_PARTITIONS = """
SELECT table_name AS relation, partition_method AS method, partition_expression AS expression
FROM information_schema.partitions WHERE table_schema = database() AND partition_name IS NOT NULL
ORDER BY table_name, partition_ordinal_position
"""

_TRIGGERS = """
SELECT event_object_table AS relation, trigger_name AS name, action_timing AS timing, event_manipulation AS event,
  action_statement AS body
FROM information_schema.triggers WHERE trigger_schema = database() ORDER BY created, trigger_name
"""

VIEWS = """
SELECT v.table_name AS name, v.view_definition AS query,
  (SELECT group_concat(c.column_name ORDER BY c.ordinal_position SEPARATOR '\n')
   FROM information_schema.columns AS c
   WHERE c.table_schema = v.table_schema AND c.table_name = v.table_name) AS columns
FROM information_schema.views AS v WHERE v.table_schema = database() ORDER BY v.table_name
"""

ROUTINES = """
SELECT r.routine_name AS name, r.routine_type AS kind, r.dtd_identifier AS returns, r.routine_definition AS body,
  r.is_deterministic AS constancy,
  (SELECT group_concat(concat_ws(' ', p.parameter_mode, concat('`', p.parameter_name, '`'), p.dtd_identifier)
     ORDER BY p.ordinal_position SEPARATOR ', ')
   FROM information_schema.parameters AS p
   WHERE p.specific_schema = r.routine_schema AND p.specific_name = r.specific_name
     AND p.routine_type = r.routine_type AND p.ordinal_position > 0) AS arguments
FROM information_schema.routines AS r
WHERE r.routine_schema = database() AND r.routine_type IN ('FUNCTION', 'PROCEDURE') ORDER BY r.routine_name
"""


def of(dialect: str) -> dict[str, str]:
    """The queries whose rows belong to tables."""
    return {
        "columns": _COLUMNS,
        "indexes": _INDEXES.format(expression="expression" if dialect == "mysql" else "NULL"),
        "references": _REFERENCES,
        "checks": _CHECKS[dialect],
        "partitions": _PARTITIONS,
        "triggers": _TRIGGERS,
    }
