"""Writes the tables of PostgreSQL's types, casts, operators and functions from a server's own catalogs.

``python tools/postgres_signatures.py postgresql://...`` asks that server; without an address, a private one of the
newest version that the development dependencies bring along.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import psycopg

from migrail.dialects.postgres.names import TYPE_ALIASES

TARGET = Path(__file__).parents[1] / "src" / "migrail" / "compat" / "postgres" / "signatures.py"

HEAD = '''"""What PostgreSQL {version} can do with values of its types.

Made by ``tools/postgres_signatures.py`` from ``pg_type``, ``pg_cast``, ``pg_operator`` and ``pg_proc`` of a server;
do not edit. The fields of a line are separated by semicolons.
"""

from __future__ import annotations

VERSION = {version!r}
"""Of the server that was asked."""
'''

TABLES = {
    "TYPES": "``name;category;preferred``: category as in ``pg_type.typcategory``; ``t`` for preferred types.",
    "CASTS": "``source;target;context``: ``i`` implicit, ``a`` in assignments, ``e`` only when asked for.",
    "OPERATORS": "``symbol;left;right;result``; no left type for a prefix operator.",
    "FUNCTIONS": "``name;kind;arguments;defaults;variadic;set;result;columns``: kind as in ``pg_proc``, the\n"
    "number of arguments with a default, and the columns of a result that is a row.",
}

QUERIES = {
    "TYPES": """
        SELECT format_type(oid, NULL), typcategory, CASE WHEN typispreferred THEN 't' ELSE '' END FROM pg_type
        WHERE typnamespace = 'pg_catalog'::regnamespace AND typelem = 0 AND typtype IN ('b', 'p', 'r', 'm')
        UNION ALL
        SELECT format_type(oid, NULL), typcategory, '' FROM pg_type
        WHERE typname IN ('name', 'point', 'line', 'lseg', 'box', 'int2vector', 'oidvector')
        ORDER BY 1
    """,
    "CASTS": """
        SELECT format_type(castsource, NULL), format_type(casttarget, NULL), castcontext FROM pg_cast
        WHERE castsource <> casttarget AND castsource < 16384 AND casttarget < 16384 ORDER BY 1, 2
    """,
    "OPERATORS": """
        SELECT oprname, CASE WHEN oprleft = 0 THEN '' ELSE format_type(oprleft, NULL) END,
               format_type(oprright, NULL), format_type(oprresult, NULL)
        FROM pg_operator WHERE oprnamespace = 'pg_catalog'::regnamespace AND oprcode <> 0 ORDER BY 1, 2, 3
    """,
    "FUNCTIONS": """
        SELECT p.proname, p.prokind,
               (SELECT coalesce(string_agg(format_type(t, NULL), ',' ORDER BY n), '')
                FROM unnest(p.proargtypes) WITH ORDINALITY AS a(t, n)),
               p.pronargdefaults, CASE WHEN p.provariadic <> 0 THEN 't' ELSE '' END,
               CASE WHEN p.proretset THEN 't' ELSE '' END, format_type(p.prorettype, NULL),
               (SELECT coalesce(string_agg(a.name || ' ' || format_type(a.t, NULL), ',' ORDER BY n), '')
                FROM unnest(p.proallargtypes, p.proargmodes, p.proargnames) WITH ORDINALITY AS a(t, mode, name, n)
                WHERE a.mode IN ('o', 'b', 't'))
        FROM pg_proc AS p
        WHERE p.pronamespace = 'pg_catalog'::regnamespace AND p.oid < 16384
          AND NOT (p.proargtypes::oid[] && ARRAY['internal'::regtype, 'cstring'::regtype]::oid[])
          AND p.prorettype NOT IN ('internal'::regtype, 'cstring'::regtype, 'trigger'::regtype,
                                   'event_trigger'::regtype, 'language_handler'::regtype, 'fdw_handler'::regtype)
          AND p.proname !~ '(_send|_recv|_in|_out|sel|joinsel|_transfn|_support|_accum|_combine)$'
        ORDER BY 1, 3
    """,
}


def _canonical(name: str) -> str:
    """As migrail spells types: ``timestamptz`` for ``timestamp with time zone``."""
    if name.startswith('"'):  # "char" and "any" with their quotes
        return name if name.startswith('"char"') else name.strip('"')
    bare = name.removesuffix("[]")
    return TYPE_ALIASES.get(bare, bare) + name[len(name.removesuffix("[]")) :]


def _field(table: str, column: int, value: object) -> str:
    text = str(value)
    if (table, column) == ("FUNCTIONS", 2):
        return ",".join(_canonical(part) for part in text.split(",")) if text else ""
    if (table, column) == ("FUNCTIONS", 7):
        pairs = (part.partition(" ") for part in text.split(",") if text)
        return ",".join(f"{name} {_canonical(kind)}" for name, _, kind in pairs)
    names = {"TYPES": {0}, "CASTS": {0, 1}, "OPERATORS": {1, 2, 3}, "FUNCTIONS": {6}}[table]
    return _canonical(text) if column in names and text else text


def page(url: str) -> str:
    """The module's text."""
    parts: list[str] = []
    with psycopg.connect(url) as connection:
        version = str(connection.info.server_version // 10000)
        for table, query in QUERIES.items():
            rows = connection.execute(query).fetchall()
            lines = dict.fromkeys(";".join(_field(table, i, value) for i, value in enumerate(row)) for row in rows)
            body = "\n".join(lines)
            parts.append(f'{table} = r"""\n{body}\n"""\n"""{TABLES[table]}"""\n')
    return HEAD.format(version=version) + "\n" + "\n".join(parts)


def main() -> None:
    """Writes the module."""
    if len(sys.argv) > 1:
        TARGET.write_text(page(sys.argv[1]))
        return
    sys.path.insert(0, str(Path(__file__).parents[1]))
    servers = importlib.import_module("tests.support.servers")
    with servers.embedded_postgres() as url:
        TARGET.write_text(page(servers.libpq(url)))


if __name__ == "__main__":
    main()
