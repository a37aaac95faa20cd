"""The queries that read the structure of a PostgreSQL database.

They run with an empty search path, so that names come out with their schemas, and use nothing that PostgreSQL 12
lacks. ``relation`` is the OID of the relation that a row belongs to, or minus the OID of a domain.
"""

from __future__ import annotations

_USERS = "n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'"


def _not_of_extension(catalog: str, alias: str) -> str:
    return f"""NOT EXISTS (
  SELECT FROM pg_depend AS e
  WHERE e.classid = '{catalog}'::regclass AND e.objid = {alias}.oid AND e.deptype = 'e')"""


SCHEMAS = f"""
SELECT n.nspname::text AS name FROM pg_namespace AS n
WHERE {_USERS} AND {_not_of_extension("pg_namespace", "n")}
"""

EXTENSIONS = """
SELECT x.extname::text AS name, n.nspname::text AS schema
FROM pg_extension AS x JOIN pg_namespace AS n ON n.oid = x.extnamespace WHERE x.extname <> 'plpgsql'
"""

RELATIONS = f"""
SELECT c.oid::bigint AS relation, n.nspname::text AS schema, c.relname::text AS name, c.relkind::text AS kind,
  array(SELECT i.inhparent::bigint FROM pg_inherits AS i WHERE i.inhrelid = c.oid ORDER BY i.inhseqno) AS parents,
  pg_get_partkeydef(c.oid) AS partitioned_by,
  pg_get_expr(c.relpartbound, c.oid) AS partition_bound, obj_description(c.oid, 'pg_class') AS comment,
  CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) END AS query,
  coalesce(d.refobjid::bigint, 0) AS owner,
  (SELECT a.attname::text FROM pg_attribute AS a WHERE a.attrelid = d.refobjid AND a.attnum = d.refobjsubid)
    AS owner_column
FROM pg_class AS c
JOIN pg_namespace AS n ON n.oid = c.relnamespace
LEFT JOIN pg_depend AS d ON c.relkind = 'S' AND d.classid = 'pg_class'::regclass AND d.objid = c.oid
  AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S') AND {_USERS} AND {_not_of_extension("pg_class", "c")}
ORDER BY c.oid
"""
"""A sequence has an owner where it is serial (``a``) or of an identity column (``i``)."""

COLUMNS = f"""
SELECT a.attrelid::bigint AS relation, a.attname::text AS name, format_type(a.atttypid, a.atttypmod) AS type,
  a.attnotnull AS required, pg_get_expr(d.adbin, d.adrelid) AS expression,
  col_description(a.attrelid, a.attnum) AS comment,
  a.attidentity::text AS identity, a.attgenerated::text AS generated, a.attislocal AS local,
  CASE WHEN a.attcollation <> t.typcollation THEN (
    SELECT cn.nspname || '.' || l.collname FROM pg_collation AS l
    JOIN pg_namespace AS cn ON cn.oid = l.collnamespace WHERE l.oid = a.attcollation) END AS collation
FROM pg_attribute AS a
JOIN pg_class AS c ON c.oid = a.attrelid
JOIN pg_namespace AS n ON n.oid = c.relnamespace
JOIN pg_type AS t ON t.oid = a.atttypid
LEFT JOIN pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'c') AND a.attnum > 0 AND NOT a.attisdropped AND {_USERS}
ORDER BY a.attrelid, a.attnum
"""

CONSTRAINTS = f"""
SELECT CASE WHEN k.conrelid = 0 THEN -k.contypid::bigint ELSE k.conrelid::bigint END AS relation,
  k.conname::text AS name, k.contype::text AS kind, k.confrelid::bigint AS target,
  fn.nspname::text AS target_schema, f.relname::text AS target_name,
  array(SELECT a.attname::text FROM unnest(k.conkey) WITH ORDINALITY AS u (number, place)
    JOIN pg_attribute AS a ON a.attrelid = k.conrelid AND a.attnum = u.number ORDER BY u.place) AS columns,
  array(SELECT a.attname::text FROM unnest(k.confkey) WITH ORDINALITY AS u (number, place)
    JOIN pg_attribute AS a ON a.attrelid = k.confrelid AND a.attnum = u.number ORDER BY u.place) AS target_columns,
  k.confdeltype::text AS on_delete, k.confupdtype::text AS on_update, k.confmatchtype::text AS match,
  array(SELECT a.attname::text FROM jsonb_array_elements_text(
      CASE WHEN jsonb_typeof(to_jsonb(k) -> 'confdelsetcols') = 'array' THEN to_jsonb(k) -> 'confdelsetcols' END
    ) AS u (number) JOIN pg_attribute AS a ON a.attrelid = k.conrelid AND a.attnum = u.number::int
  ) AS on_delete_columns,
  k.condeferrable AS deferrable, k.condeferred AS deferred,
  k.convalidated AS valid, k.conislocal AS local, pg_get_expr(k.conbin, k.conrelid) AS expression
FROM pg_constraint AS k
JOIN pg_namespace AS n ON n.oid = k.connamespace
LEFT JOIN pg_class AS f ON f.oid = k.confrelid
LEFT JOIN pg_namespace AS fn ON fn.oid = f.relnamespace
WHERE k.contype IN ('p', 'u', 'f', 'c', 'x', 'n') AND {_USERS}
  AND NOT EXISTS (
    SELECT FROM pg_constraint AS above WHERE above.oid = k.conparentid AND above.conrelid = k.conrelid)
ORDER BY k.oid
"""
"""Without the rows that a foreign key has for each partition of the table it points to.

``confdelsetcols`` is there from PostgreSQL 15 on.
"""

INDEXES = f"""
SELECT x.indrelid::bigint AS relation, i.relname::text AS name, x.indisvalid AS valid,
  pg_get_indexdef(i.oid) AS definition,
  EXISTS (SELECT FROM pg_constraint AS k WHERE k.conindid = i.oid AND k.contype IN ('p', 'u', 'x'))
    AS "constraint",
  array(SELECT o.opcname::text FROM unnest(x.indclass::oid[]) WITH ORDINALITY AS u (class, place)
    JOIN pg_opclass AS o ON o.oid = u.class ORDER BY u.place) AS classes
FROM pg_index AS x
JOIN pg_class AS i ON i.oid = x.indexrelid
JOIN pg_namespace AS n ON n.oid = i.relnamespace
WHERE {_USERS}
ORDER BY i.oid
"""
"""``definition`` names no operator class that is the usual one of its type, so ``classes`` holds them all."""

TRIGGERS = f"""
SELECT t.tgrelid::bigint AS relation, t.tgname::text AS name, t.tgtype::int AS bits,
  pn.nspname || '.' || p.proname AS function
FROM pg_trigger AS t
JOIN pg_class AS c ON c.oid = t.tgrelid
JOIN pg_namespace AS n ON n.oid = c.relnamespace
JOIN pg_proc AS p ON p.oid = t.tgfoid
JOIN pg_namespace AS pn ON pn.oid = p.pronamespace
WHERE NOT t.tgisinternal AND coalesce(to_jsonb(t) ->> 'tgparentid', '0') = '0' AND {_USERS}
ORDER BY t.oid
"""
"""Without those that partitions have from their parent; ``tgparentid`` is new in PostgreSQL 13."""

READS = f"""
SELECT DISTINCT r.ev_class::bigint AS relation, d.refobjid::bigint AS target
FROM pg_rewrite AS r
JOIN pg_class AS c ON c.oid = r.ev_class
JOIN pg_namespace AS n ON n.oid = c.relnamespace
JOIN pg_depend AS d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid
  AND d.refclassid = 'pg_class'::regclass AND d.refobjid <> r.ev_class
WHERE r.rulename = '_RETURN' AND {_USERS}
"""

TYPES = f"""
SELECT t.oid::bigint AS oid, n.nspname::text AS schema, t.typname::text AS name, t.typtype::text AS kind,
  CASE WHEN NOT t.typisdefined THEN 'shell' WHEN t.typtype = 'r' THEN 'range' ELSE 'base' END AS form,
  array(SELECT e.enumlabel::text FROM pg_enum AS e WHERE e.enumtypid = t.oid ORDER BY e.enumsortorder) AS labels,
  t.typrelid::bigint AS attributes, format_type(t.typbasetype, t.typtypmod) AS base, t.typnotnull AS required,
  pg_get_expr(t.typdefaultbin, 0) AS expression,
  CASE WHEN t.typcollation <> b.typcollation THEN (
    SELECT cn.nspname || '.' || l.collname FROM pg_collation AS l
    JOIN pg_namespace AS cn ON cn.oid = l.collnamespace WHERE l.oid = t.typcollation) END AS collation
FROM pg_type AS t
JOIN pg_namespace AS n ON n.oid = t.typnamespace
LEFT JOIN pg_class AS c ON c.oid = t.typrelid
LEFT JOIN pg_type AS b ON b.oid = t.typbasetype
WHERE (t.typtype IN ('e', 'd', 'r') OR (t.typtype = 'c' AND c.relkind = 'c')
    OR (t.typtype IN ('b', 'p') AND NOT EXISTS (SELECT FROM pg_type AS item WHERE item.typarray = t.oid)))
  AND {_USERS} AND {_not_of_extension("pg_type", "t")}
ORDER BY t.oid
"""

FUNCTIONS = f"""
SELECT n.nspname::text AS schema, p.proname::text AS name, p.provolatile::text AS volatility,
  p.prokind::text AS kind, l.lanname::text AS language,
  array(SELECT format_type(u.type, NULL)
    FROM unnest(p.proargtypes) WITH ORDINALITY AS u (type, place) ORDER BY u.place) AS arguments,
  pg_get_function_result(p.oid) AS returns,
  CASE WHEN l.lanname NOT IN ('c', 'internal') AND p.prokind <> 'a' THEN nullif(p.prosrc, '') END AS body
FROM pg_proc AS p
JOIN pg_namespace AS n ON n.oid = p.pronamespace
JOIN pg_language AS l ON l.oid = p.prolang
WHERE p.prokind IN ('f', 'p', 'w', 'a') AND {_USERS} AND {_not_of_extension("pg_proc", "p")}
  AND NOT EXISTS (
    SELECT FROM pg_depend AS d
    WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'i')
ORDER BY p.oid
"""
"""Without those that a range type brings along."""


def _others(kind: str, catalog: str, prefix: str, signature: str = "ARRAY[]::text[]", join: str = "") -> str:
    return f"""
SELECT '{kind}' AS kind, n.nspname::text AS schema, o.{prefix}name::text AS name, {signature} AS signature,
  NULL::text AS function, NULL::text AS function_schema
FROM {catalog} AS o
JOIN pg_namespace AS n ON n.oid = o.{prefix}namespace
{join}
WHERE {_USERS} AND {_not_of_extension(catalog, "o")}"""


_METHOD = "ARRAY[m.amname::text]"

OTHERS = f"""
SELECT 'OPERATOR' AS kind, n.nspname::text AS schema, o.oprname::text AS name,
  ARRAY[CASE WHEN o.oprleft = 0 THEN 'NONE' ELSE format_type(o.oprleft, NULL) END,
    CASE WHEN o.oprright = 0 THEN 'NONE' ELSE format_type(o.oprright, NULL) END] AS signature,
  p.proname::text AS function, pn.nspname::text AS function_schema
FROM pg_operator AS o
JOIN pg_namespace AS n ON n.oid = o.oprnamespace
JOIN pg_proc AS p ON p.oid = o.oprcode
JOIN pg_namespace AS pn ON pn.oid = p.pronamespace
WHERE {_USERS} AND {_not_of_extension("pg_operator", "o")}
UNION ALL
SELECT 'CAST', NULL, NULL, ARRAY[format_type(o.castsource, NULL), format_type(o.casttarget, NULL)], NULL, NULL
FROM pg_cast AS o
WHERE o.oid >= 16384 AND NOT EXISTS (
  SELECT FROM pg_depend AS d
  WHERE d.classid = 'pg_cast'::regclass AND d.objid = o.oid AND d.deptype IN ('e', 'i'))
UNION ALL {_others("OPERATOR CLASS", "pg_opclass", "opc", _METHOD, "JOIN pg_am AS m ON m.oid = o.opcmethod")}
UNION ALL {_others("OPERATOR FAMILY", "pg_opfamily", "opf", _METHOD, "JOIN pg_am AS m ON m.oid = o.opfmethod")}
UNION ALL {_others("COLLATION", "pg_collation", "coll")}
UNION ALL {_others("CONVERSION", "pg_conversion", "con")}
UNION ALL {_others("TEXT SEARCH CONFIGURATION", "pg_ts_config", "cfg")}
UNION ALL {_others("TEXT SEARCH DICTIONARY", "pg_ts_dict", "dict")}
UNION ALL {_others("TEXT SEARCH PARSER", "pg_ts_parser", "prs")}
UNION ALL {_others("TEXT SEARCH TEMPLATE", "pg_ts_template", "tmpl")}
"""
"""What is no relation, type or routine. Operators that only another one names have no function, and are left out;
casts have no schema, so those that initdb made are told by their number. The
cast that a range brings along is internal."""
