"""A constraint on a domain reads every table that uses it while their writes wait

## What

ALTER DOMAIN ... ADD CONSTRAINT without NOT VALID, VALIDATE CONSTRAINT and SET NOT NULL, where a table that exists
before this change has a column of the domain.

## Why

Every such table gets SHARE, none of which the SQL names, and is read to the end: writes wait, reads go on. With
NOT VALID new values are tested from then on and no table is locked; but validating a domain's constraint later
locks and reads the tables as well. There is no way around that for a domain: only a CHECK of the table itself is
validated while writes go on.

## Refused

```sql
-- history:
CREATE DOMAIN positive AS integer;
CREATE TABLE orders (id bigint PRIMARY KEY, amount positive);
-- migration:
ALTER DOMAIN positive ADD CONSTRAINT above_zero CHECK (VALUE > 0);
```

```sql
-- history:
CREATE DOMAIN positive AS integer;
CREATE TABLE orders (id bigint PRIMARY KEY, amount positive);
-- migration:
ALTER DOMAIN positive SET NOT NULL;
```

```sql
-- history:
CREATE DOMAIN positive AS integer;
CREATE DOMAIN small AS positive CHECK (VALUE < 100);
CREATE TABLE orders (id bigint PRIMARY KEY, amount small);
-- migration:
ALTER DOMAIN positive SET NOT NULL;
```

## Accepted

```sql
-- history:
CREATE DOMAIN positive AS integer;
CREATE TABLE orders (id bigint PRIMARY KEY, amount positive);
-- migration:
ALTER DOMAIN positive ADD CONSTRAINT above_zero CHECK (VALUE > 0) NOT VALID;
```

```sql
-- history:
CREATE DOMAIN unused AS integer;
-- migration:
ALTER DOMAIN unused ADD CONSTRAINT above_zero CHECK (VALUE > 0);
```

## No rewrite

Where a composite type, an array or another domain holds the domain: no constraint of a table alone says the same.
Elsewhere the tables get the constraint, which is validated while they are used; the domain's own stays NOT VALID
(it tests new values all the same) or is left out.

## Since

0.1.0

## Sources

- Measured on PostgreSQL 15, 16 and 18: SHARE on every table with a column of the domain, all rows read; nothing
  with NOT VALID.
- PostgreSQL manual, ALTER DOMAIN, "Notes": columns are looked at when a constraint is validated.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrail.catalog.naming import free_name
from migrail.model.findings import Category, Severity
from migrail.model.operations import AddDomainConstraint, SetDomainNotNull, ValidateDomainConstraint
from migrail.model.rewrites import Applicability, Rewrite, Stage
from migrail.model.structure import Name
from migrail.rules._interface import Context, Hit, Rule
from migrail.rules._names import sql_name, sql_table
from migrail.rules._not_null import set_not_null
from migrail.rules._not_valid import validation
from migrail.rules._partitions import as_written
from migrail.rules._rewrites import for_column, instead, step
from migrail.rules._words import held, keeps_waiting, listed

ADD = """\
Add it NOT VALID, which tests new values from now on and locks no table; validate it when few write to {tables}"""
VALIDATE = """\
A domain's constraint has no validation beside which writes go on. Do it when few write to {tables}, in a \
transaction of its own; or leave it NOT VALID, which tests new values all the same"""
BY_CHECKS = """\
Leave the domain's constraint NOT VALID, which tests new values all the same, and let checks of the tables prove \
the old ones while writes go on"""
NOT_NULL = "Make the columns of that domain NOT NULL in their tables instead ({tables}): migrail rule MR202"
IN_TABLES = "Make the columns of that domain NOT NULL in their tables instead, and in those that come"


def _check(
    operation: AddDomainConstraint | ValidateDomainConstraint | SetDomainNotNull, context: Context
) -> Iterable[Hit]:
    if not context.effects.scans or not keeps_waiting(context.effects):
        return
    what, help_, rewrite = _said(operation, context)
    tables = listed(context.effects.scans)
    yield Hit(
        object=context.catalog.display(operation.name),
        message=f"{what} holds {held(context.effects, f'every row of {tables} is tested')}",
        help=help_.format(tables=tables),
        rewrite=rewrite,
    )


def _said(
    operation: AddDomainConstraint | ValidateDomainConstraint | SetDomainNotNull, context: Context
) -> tuple[str, str, Rewrite | None]:
    match operation:
        case AddDomainConstraint():
            name = operation.constraint.name or f"{operation.name.name}_check"
            added = step(f"add_{name}", Stage.EXPAND, f"{context.statement.text} NOT VALID")
            later = instead(operation, context, added, applicability=Applicability.MANUAL)
            return "ALTER DOMAIN ... ADD CONSTRAINT", ADD, later
        case ValidateDomainConstraint():
            rewrite = _by_checks(operation, context)
            return "ALTER DOMAIN ... VALIDATE CONSTRAINT", BY_CHECKS if rewrite else VALIDATE, rewrite
        case _:
            rewrite = _in_tables(operation, context)
            return "ALTER DOMAIN ... SET NOT NULL", IN_TABLES if rewrite else NOT_NULL, rewrite


def _by_checks(operation: ValidateDomainConstraint, context: Context) -> Rewrite | None:
    """The condition as a CHECK of each table; the domain's stays as it is."""
    domain, used = context.catalog.domain(operation.name), _used(operation.name, context)
    known = domain.constraints if domain is not None else ()
    check = next((each for each in known if each.name == operation.constraint), None)
    if check is None or check.expression is None or not used:
        return None
    dialect, condition = context.dialect, check.expression.text
    added, proofs = [], []
    for table, columns in used.items():
        taken = {str(known.name) for known in context.catalog.constraints_of(table)}
        names = [free_name(table.name, column, "check", taken.__contains__) for column in columns]
        added += [
            f"ALTER TABLE {sql_table(table, dialect)} ADD CONSTRAINT {sql_name(name, dialect)} "
            f"CHECK ({for_column(condition, column, dialect)}) NOT VALID"
            for name, column in zip(names, columns, strict=True)
        ]
        proofs.append(validation(table, names, context))
    first = step(f"prove_{operation.constraint}", Stage.EXPAND, *added)
    return instead(operation, context, first, *proofs, applicability=Applicability.MANUAL)


def _in_tables(operation: SetDomainNotNull, context: Context) -> Rewrite | None:
    steps = [
        each
        for table, columns in _used(operation.name, context).items()
        for each in set_not_null(table, columns, context)
    ]
    return instead(operation, context, *steps, applicability=Applicability.MANUAL) if steps else None


def _used(name: Name, context: Context) -> dict[Name, list[str]]:
    """The tables with their columns of the domain; nothing where one holds it in another way."""
    catalog, found = context.catalog, {}
    domain = catalog.domain(name)
    for table in catalog.tables_with_type(name):
        types = {column: catalog.column(table, column) for column in catalog.column_names(table)}
        columns = [
            column
            for column, known in types.items()
            if known is not None
            and known.type is not None
            and not known.type.dimensions
            and catalog.domain_of(known.type) is domain
        ]
        if not columns:
            return {}
        found[as_written(table, name, context)] = columns
    return found


RULE = Rule(
    code="MR214",
    name="domain-constraint-scans",
    severity=Severity.ERROR,
    category=Category.LOCKING,
    dialects=("postgres",),
    on=(AddDomainConstraint, ValidateDomainConstraint, SetDomainNotNull),
    check_operation=_check,
)
