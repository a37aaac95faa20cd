"""The structure of a database as lines of text: from a catalog, from PostgreSQL and from SQLite."""

from __future__ import annotations

import sqlite3

import psycopg

from migrail.catalog import Catalog
from migrail.catalog.catalog import is_expression
from migrail.dialects import get

ALIASES = get("postgres").type_aliases
KINDS = {"p": "primary key", "u": "unique", "f": "foreign key", "c": "check", "x": "exclude"}


def describe(catalog: Catalog) -> list[str]:
    """One line for each column, constraint, index, view, sequence and label."""
    lines = []
    for name, table in catalog.tables.items():
        for column in table.columns.values():
            words = [
                "column",
                str(name),
                column.name,
                str(column.type or ""),
                "not null" if column.not_null else "",
            ]
            words.append("default" if column.default is not None else "")
            lines.append(" ".join(filter(None, words)))
        for constraint in table.constraints.values():
            if constraint.name is not None and constraint.kind.value in KINDS.values():
                target = str(constraint.references.table) if constraint.references else ""
                columns = ",".join(sorted(constraint.columns))
                words = ["constraint", str(name), constraint.name, constraint.kind.value, f"({columns})", target]
                words.append("" if constraint.valid else "not valid")
                lines.append(" ".join(filter(None, words)))
        for index in table.indexes.values():
            plain = ",".join("?" if is_expression(part) else part for part in index.columns)
            lines.append(f"{'unique ' if index.unique else ''}index {name} {index.name} ({plain})")
    lines += [f"view {name}" for name in catalog.views]
    lines += [f"sequence {name} {item.owner or '-'}" for name, item in catalog.sequences.items()]
    for name, kind in catalog.types.items():
        lines += [f"label {name} {label}" for label in getattr(kind, "labels", ())]
    return sorted(lines)


_USER = "n.nspname NOT LIKE 'pg_%' AND n.nspname <> 'information_schema'"
_COLUMNS = f"""
SELECT n.nspname || '.' || c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.atthasdef
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped AND {_USER}
"""
_CONSTRAINTS = f"""
SELECT n.nspname || '.' || c.relname, k.conname, k.contype::text,
  array(SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum = ANY (k.conkey)),
  (SELECT fn.nspname || '.' || f.relname FROM pg_class f JOIN pg_namespace fn ON fn.oid = f.relnamespace
   WHERE f.oid = k.confrelid),
  k.convalidated
FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE k.contype IN ('p', 'u', 'f', 'c', 'x') AND {_USER}
"""
_INDEXES = f"""
SELECT n.nspname || '.' || c.relname, i.relname, x.indisunique,
  array(SELECT coalesce(
          (SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum = key), '?')
        FROM unnest(x.indkey[0:x.indnkeyatts - 1]) WITH ORDINALITY AS k (key, place) ORDER BY place)
FROM pg_index x JOIN pg_class c ON c.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid
JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p') AND {_USER}
"""
_VIEWS = f"""
SELECT n.nspname || '.' || c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('v', 'm') AND {_USER}
"""
_SEQUENCES = f"""
SELECT n.nspname || '.' || c.relname, (
  SELECT tn.nspname || '.' || t.relname FROM pg_depend d JOIN pg_class t ON t.oid = d.refobjid
  JOIN pg_namespace tn ON tn.oid = t.relnamespace
  WHERE d.objid = c.oid AND d.deptype IN ('a', 'i') AND d.refclassid = 'pg_class'::regclass)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'S' AND {_USER}
"""
_LABELS = f"""
SELECT n.nspname || '.' || t.typname, e.enumlabel FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid
JOIN pg_namespace n ON n.oid = t.typnamespace WHERE {_USER}
"""


def _canonical(written: str) -> str:
    """``character varying(10)[]`` → ``varchar(10)[]``; precision stands inside the name of times."""
    base, parenthesis, rest = written.partition("(")
    inner, closing, tail = rest.partition(")")
    array = "[]" if written.endswith("[]") else ""
    name = (base.removesuffix("[]") + tail.removesuffix("[]")).strip()
    return ALIASES.get(name, name) + (f"({inner})" if parenthesis and closing else "") + array


def describe_postgres(connection: psycopg.Connection) -> list[str]:
    """The same lines from the server's catalogs."""
    lines = []
    for table, column, kind, required, default in connection.execute(_COLUMNS):
        words = ["column", table, column, _canonical(kind), "not null" if required else ""]
        words.append("default" if default else "")
        lines.append(" ".join(filter(None, words)))
    for table, name, kind, columns, target, valid in connection.execute(_CONSTRAINTS):
        words = ["constraint", table, name, KINDS[kind], f"({','.join(sorted(columns))})", target or ""]
        words.append("" if valid else "not valid")
        lines.append(" ".join(filter(None, words)))
    for table, name, unique, columns in connection.execute(_INDEXES):
        lines.append(f"{'unique ' if unique else ''}index {table} {name} ({','.join(columns)})")
    lines += [f"view {row[0]}" for row in connection.execute(_VIEWS)]
    lines += [f"sequence {name} {owner or '-'}" for name, owner in connection.execute(_SEQUENCES)]
    lines += [f"label {name} {label}" for name, label in connection.execute(_LABELS)]
    return sorted(lines)


def describe_sqlite(connection: sqlite3.Connection) -> list[str]:
    """The same lines from SQLite's PRAGMAs, which do not tell constraints."""
    lines = []
    tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    for (table,) in tables.fetchall():
        for _, column, kind, required, default, _, hidden in connection.execute(f'PRAGMA table_xinfo("{table}")'):
            words = ["column", table.lower(), column.lower(), kind.lower(), "not null" if required else ""]
            words.append("default" if default is not None and not hidden else "")
            lines.append(" ".join(filter(None, words)))
        for _, index, unique, _, _ in connection.execute(f'PRAGMA index_list("{table}")').fetchall():
            columns = [row[2] or "?" for row in connection.execute(f'PRAGMA index_info("{index}")')]
            lines.append(
                f"{'unique ' if unique else ''}index {table.lower()} {index.lower()} ({','.join(columns).lower()})"
            )
    views = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'view'")
    return sorted(lines + [f"view {row[0]}" for row in views])
