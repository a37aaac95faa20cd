"""The documents have the keys that scripts rely on, and nothing raw gets out."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from migrail import dialects
from migrail.checker import explain
from migrail.report import render
from migrail.rules import rules
from tests.rules.checking import judge, script

TEXT = {"type": "string"}
COUNT = {"type": "integer", "minimum": 0}
PLACE = {"type": "integer", "minimum": 1}
OPTIONAL = {"type": ["string", "null"]}
TEXTS = {"type": "array", "items": TEXT}
LOCK = {
    "type": "object",
    "required": ["relation", "mode", "blocks", "duration"],
    "properties": {
        "relation": TEXT,
        "mode": TEXT,
        "blocks": {"type": "array", "items": {"enum": ["reads", "writes", "ddl"]}},
        "duration": {"enum": ["instant", "scan", "rewrite"]},
    },
}
MIGRATION = {
    "id": TEXT,
    "path": TEXT,
    "phase": {"enum": ["expand", "backfill", "contract"]},
    "backward_compatible": {"type": "boolean"},
    "statements": COUNT,
    "opaque": COUNT,
}
STEP = {
    "name": TEXT,
    "stage": {"enum": ["expand", "backfill", "validate", "contract"]},
    "directives": {"type": "array", "items": {"type": "string"}},
    "remark": OPTIONAL,
    "sql": TEXT,
}
FIX = {
    "type": "object",
    "required": ["applicability", "steps"],
    "properties": {
        "applicability": {"enum": ["safe", "manual"]},
        "steps": {
            "type": "array",
            "minItems": 1,
            "items": {"type": "object", "required": list(STEP), "properties": STEP},
        },
    },
}
FINDING = {
    "code": {"type": "string", "pattern": "^MR[0-9]{3}$"},
    "name": TEXT,
    "severity": {"enum": ["error", "warning", "note"]},
    "category": {
        "enum": [
            "compatibility",
            "locking",
            "data-loss",
            "will-fail",
            "reliability",
            "parity",
            "security",
            "convention",
        ]
    },
    "migration": TEXT,
    "path": TEXT,
    "line": PLACE,
    "column": PLACE,
    "end_line": PLACE,
    "end_column": PLACE,
    "object": OPTIONAL,
    "message": TEXT,
    "help": TEXT,
    "fix": {"anyOf": [{"type": "null"}, FIX]},
    "queries": {"type": "array", "maxItems": 0},
}
SUMMARY = {
    "errors": COUNT,
    "warnings": COUNT,
    "notes": COUNT,
    "migrations": COUNT,
    "history": COUNT,
    "opaque_statements": COUNT,
}
STATEMENT = {
    "migration": TEXT,
    "path": TEXT,
    "line": PLACE,
    "sql": TEXT,
    "understood": {"type": "boolean"},
    "operations": {
        "type": "array",
        "items": {
            "type": "object",
            "required": ["kind", "object"],
            "properties": {"kind": {"type": "string", "pattern": "^[a-z_]+$"}, "object": OPTIONAL},
        },
    },
    "locks": {"type": "array", "items": LOCK},
    "held": {"type": "array", "items": {**LOCK, "required": [*LOCK["required"], "line"]}},
    "lock_timeout": {"type": ["number", "null"]},
    "rewrites": TEXTS,
    "scans": TEXTS,
    "in_transaction": {"enum": ["allowed", "forbidden", "implicit-commit"]},
    "phase": MIGRATION["phase"],
    "safer": OPTIONAL,
}


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "required": list(properties), "properties": properties}


def _list(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": _object(properties)}


CHECK = _object(
    {
        "schema": {"const": "migrail.check/1"},
        "migrations": _list(MIGRATION),
        "findings": _list(FINDING),
        "broken_queries": {"type": "array", "maxItems": 0},
        "summary": _object(SUMMARY),
    }
)
EXPLAIN = _object({"schema": {"const": "migrail.explain/1"}, "statements": _list(STATEMENT)})

HISTORY = "CREATE TABLE orders (id bigint PRIMARY KEY, note text, total integer);"
NEW = [
    "CREATE INDEX i ON orders (note);",
    "ALTER TABLE orders ALTER COLUMN note TYPE varchar;\nUPDATE orders SET note = '';",
    "ALTER TABLE orders FROBNICATE; DO $$ BEGIN END $$;",
    'BEGIN; ALTER TABLE orders ADD x serial CHECK (x > 0) REFERENCES "\u202e\x1b[31m" (id); COMMIT;',
    "CREATE TYPE mood AS ENUM ('ok'); CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';",
    "-- migrail: transaction=off\nVACUUM orders;",
]


def _document(text: str) -> dict[str, Any]:
    assert text.isascii()
    assert all(char.isprintable() or char == "\n" for char in text)
    found = json.loads(text)
    assert isinstance(found, dict)
    assert next(iter(found)) == "schema"
    return found


@pytest.mark.parametrize("sql", [*NEW, NEW], ids=[*range(len(NEW)), "all"])
def test_check_keeps_the_contract(sql: str | list[str]) -> None:
    result = judge(sql, history=HISTORY)
    document = _document(render(result, format="json"))
    jsonschema.validate(document, CHECK)
    assert len(document["findings"]) == len(result.findings)


def test_check_says_what_was_found() -> None:
    document = _document(render(judge(["SELECT 1;", f"SELECT 1;\n\n{NEW[0]}"], history=HISTORY), format="json"))
    assert document["migrations"][1] == {
        "id": "0003_change",
        "path": "migrations/0003_change.sql",
        "phase": "expand",
        "backward_compatible": True,
        "statements": 2,
        "opaque": 0,
    }
    (finding,) = document["findings"]
    assert {key: finding[key] for key in ("code", "name", "severity", "category", "migration", "object")} == {
        "code": "MR201",
        "name": "index-blocks-writes",
        "severity": "error",
        "category": "locking",
        "migration": "0003_change",
        "object": "public.orders",
    }
    assert [finding[key] for key in ("line", "column", "end_line", "end_column")] == [3, 1, 3, 32]
    assert document["summary"] == {
        "errors": 1,
        "warnings": 0,
        "notes": 0,
        "fixable": 1,
        "migrations": 2,
        "history": 1,
        "statements": 3,
        "opaque_statements": 0,
        "queries": 0,
        "queries_not_checkable": 0,
    }


@pytest.mark.parametrize("sql", NEW, ids=range(len(NEW)))
def test_explain_keeps_the_contract(sql: str) -> None:
    postgres = dialects.get("postgres")
    explanation = explain([script(HISTORY)], [script(sql, number=2)], dialect=postgres, version=(15,))
    document = _document(render(explanation, format="json"))
    jsonschema.validate(document, EXPLAIN)
    assert len(document["statements"]) == len(explanation.statements)


def test_all_rules_as_json() -> None:
    document = _document(render(tuple(rules().values()), format="json"))
    assert [rule["code"] for rule in document["rules"]] == list(rules())
    assert all(rule["page"].startswith(rule["title"]) for rule in document["rules"])
