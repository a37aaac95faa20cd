"""Findings about compatibility, once the application's queries are known: the facts in the place of caution."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from migrail.checker.results import Compatibility
from migrail.model.findings import Category, Finding, Severity
from migrail.model.query import BrokenQuery, Certainty, Effect
from migrail.model.text import plural, words_of
from migrail.sql import Script


def with_facts(
    findings: Sequence[Finding], known: Compatibility, scripts: Sequence[Script], configured: Collection[str]
) -> list[Finding]:
    """The findings about compatibility with the queries that break, and the severity that follows from these.

    Args:
        findings: of the rules.
        known: what became of the queries.
        scripts: the migrations under judgement.
        configured: codes of the rules whose severity the configuration sets: it stays.
    """
    if not known.checked:
        return list(findings)
    return [_one(finding, known, scripts, configured) for finding in findings]


def unspoken(findings: Sequence[Finding], broken: Sequence[BrokenQuery]) -> tuple[BrokenQuery, ...]:
    """The broken queries that no finding names."""
    named = {id(item) for finding in findings for item in finding.queries}
    return tuple(item for item in broken if id(item) not in named)


def _one(finding: Finding, known: Compatibility, scripts: Sequence[Script], configured: Collection[str]) -> Finding:
    if finding.category is not Category.COMPATIBILITY:
        return finding
    number = _statement(finding, scripts)
    broken = tuple(item for item in known.broken if (item.migration, item.statement) == (finding.migration, number))
    if broken:
        severity = _severity(broken)
        return replace(
            finding, queries=broken, severity=finding.severity if finding.code in configured else severity
        )
    if any(_may_name(finding, text) for text in (item.text for item in known.not_checkable)):
        return finding
    judged = plural(known.checked, "known query", "known queries")
    left = f", {len(known.not_checkable)} more could not be checked" if known.not_checkable else ""
    message = f"{finding.message}; none of {judged} breaks by it{left}"
    severity = finding.severity if finding.code in configured else Severity.NOTE
    return replace(finding, message=message, severity=severity)


def _statement(finding: Finding, scripts: Sequence[Script]) -> int:
    script = next((item for item in scripts if item.migration.id == finding.migration), None)
    for read in script.statements if script is not None else ():
        span = read.statement.span
        if span.start <= finding.span.start < max(span.end, span.start + 1):
            return read.statement.number
    return 0


def _severity(broken: Sequence[BrokenQuery]) -> Severity:
    if any(item.effect is Effect.FAILS and item.certainty is Certainty.CERTAIN for item in broken):
        return Severity.ERROR
    return Severity.WARNING


def _may_name(finding: Finding, text: str) -> bool:
    """Whether a query that could not be checked may use what the finding is about."""
    words = words_of(text)
    return any(part in words for part in _parts(finding))


def _parts(finding: Finding) -> Iterator[str]:
    """The last two parts of the object's name: table and column, or schema and table."""
    yield from (finding.object or "").lower().split(".")[-2:]
