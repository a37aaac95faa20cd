"""migrail impact: what uses an object."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.support.project import run

MIGRATIONS = """\
CREATE SCHEMA app;
CREATE TABLE customers (id integer PRIMARY KEY, phone text, "Nick" text, age integer CHECK (age > 0));
CREATE TABLE app.orders (id integer PRIMARY KEY, customer integer REFERENCES customers (id), total numeric);
CREATE INDEX customers_phone ON customers (phone);
CREATE VIEW contacts AS SELECT id, phone FROM customers;
CREATE VIEW names AS SELECT "Nick" FROM customers;
CREATE FUNCTION touched() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.age := 1; RETURN NEW; END $$;
CREATE TRIGGER touch BEFORE UPDATE ON customers FOR EACH ROW EXECUTE FUNCTION touched();
"""
QUERIES = """\
SELECT phone FROM customers;
SELECT * FROM contacts;
UPDATE customers SET age = 5;
SELECT total FROM app.orders;
SELECT phone FROM customers WHERE {filter};
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "migrations").mkdir()
    (tmp_path / "migrations" / "0001_all.sql").write_text(MIGRATIONS)
    (tmp_path / "queries.sql").write_text(QUERIES)
    (tmp_path / "migrail.toml").write_text(
        '[project]\nname = "shop"\ndialect = "postgres"\nqueries = ["queries.sql"]\n'
    )
    return tmp_path


@pytest.mark.parametrize(
    ("name", "lines", "dependents"),
    [
        (
            "customers",
            [1, 2, 3],
            {"contacts", "names", "customers_phone", "touch", "touched", "orders_customer_fkey"},
        ),
        ("customers.phone", [1, 2], {"contacts", "customers_phone"}),
        ("public.customers.phone", [1, 2], {"contacts", "customers_phone"}),
        ("customers.age", [3], {"customers_age_check", "touched"}),
        ('customers."Nick"', [], {"names"}),
        ("app.orders", [4], {"orders_pkey", "orders_customer_fkey"}),
        ("contacts", [2], set()),
    ],
)
def test_uses_are_found(project: Path, name: str, lines: list[int], dependents: set[str]) -> None:
    found = run(project, "impact", name, "--format", "json").json
    assert found["schema"] == "migrail.impact/1"
    assert [query["line"] for query in found["queries"]] == lines
    assert dependents <= {item["name"].rpartition(".")[2] for item in found["dependents"]}


def test_what_cannot_be_checked_is_said(project: Path) -> None:
    found = run(project, "impact", "customers.phone", "--format", "json").json
    assert [query["line"] for query in found["not_checkable"]] == [5]
    assert not run(project, "impact", "app.orders", "--format", "json").json["not_checkable"]


def test_text_names_places(project: Path) -> None:
    said = run(project, "impact", "customers.phone").out
    assert "queries.sql:1" in said
    assert "index customers_phone" in said
    assert "2 of 5 known queries use it, 1 may and cannot be checked." in said


def test_an_unknown_object_is_an_error(project: Path) -> None:
    result = run(project, "impact", "customers.fax")
    assert result.code == 2
    assert "no table, view or column 'customers.fax'" in result.err
    assert "public.customers" in result.err
