"""Checks SQL as if it lay in files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from migrail import dialects
from migrail.checker import CheckResult, check
from migrail.dialects import Version
from migrail.model.findings import Finding, Severity
from migrail.model.migration import Digests, Migration
from migrail.sql import Script, read_script


def migration(text: str, *, number: int = 1, name: str = "change", path: str | None = None) -> Migration:
    """A file of the plain layout."""
    id = f"{number:04}_{name}"
    return Migration(
        id=id,
        order=(number,),
        path=path or f"migrations/{id}.sql",
        text=text,
        digests=Digests.of(text.encode(), text),
        source="plain",
    )


def script(text: str, *, number: int = 1, name: str = "change", dialect: str = "postgres") -> Script:
    """Such a file, read."""
    return read_script(migration(text, number=number, name=name), dialects.get(dialect))


def judge(
    sql: str | Sequence[str],
    *,
    history: str | Sequence[str] = (),
    dialect: str = "postgres",
    version: Version | None = None,
    base: Mapping[str, Migration] | None = None,
    severities: Mapping[str, Severity | None] | None = None,
) -> CheckResult:
    """The answer about new files, given older ones."""
    older = [history] if isinstance(history, str) and history else list(history)
    newer = [sql] if isinstance(sql, str) else list(sql)
    chosen = dialects.get(dialect)
    return check(
        [script(text, number=number, dialect=dialect) for number, text in enumerate(older, 1)],
        [script(text, number=number, dialect=dialect) for number, text in enumerate(newer, len(older) + 1)],
        dialect=chosen,
        version=version or chosen.default_version,
        base=base,
        severities=severities,
    )


def codes(result: CheckResult) -> list[str]:
    """The codes of the findings, in their order."""
    return [finding.code for finding in result.findings]


def loud(result: CheckResult) -> list[str]:
    """The codes of the errors and warnings, in their order."""
    return [finding.code for finding in result.findings if finding.severity is not Severity.NOTE]


def only(result: CheckResult, code: str) -> Finding:
    """The one finding of a rule."""
    (found,) = [finding for finding in result.findings if finding.code == code]
    return found
