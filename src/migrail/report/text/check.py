"""Findings for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from migrail.checker import CheckResult
from migrail.dialects import version_text
from migrail.model.findings import Finding, Severity
from migrail.model.text import plural
from migrail.report.text._lines import STYLES, excerpt, lock_remarks, remark, unwrapped
from migrail.report.text._queries import queries
from migrail.report.text._rich import line


def render(result: CheckResult, *, color: bool, width: int) -> str:
    """Each finding with its place, the SQL, the locks and what to write instead; then what was looked at."""
    return unwrapped(_parts(result, width), color=color)


def _parts(result: CheckResult, width: int) -> Iterator[Text]:
    for finding in result.findings:
        yield from _finding(finding, result, width)
        yield Text()
    yield from queries(result)
    yield _summary(result)


def _finding(finding: Finding, result: CheckResult, width: int) -> Iterator[Text]:
    source = result.sources.get(finding.path)
    style = STYLES[finding.severity]
    place = f"{finding.path}:{finding.span.line}:{finding.span.column}"
    yield line((f"{finding.code} {finding.severity.value}", style), f"  {finding.message}  ", (place, "bold"))
    if source is not None:
        yield from excerpt(source, finding.span, style=style, width=width)
    yield from lock_remarks(finding.locks)
    if finding.environments:
        yield from remark("only", _where(finding, result))
    yield from remark("fix", finding.help)
    yield from remark("more", f"migrail rule {finding.code}", style="dim")


def _where(finding: Finding, result: CheckResult) -> str:
    """``prod (11); not on qa (18)``; an environment where it counts otherwise has a finding of its own."""
    said = {name: f"{name} ({version_text(version)})" for name, version in result.environments.items()}
    place = (finding.code, finding.migration, finding.span)
    anywhere = {
        name
        for other in result.findings
        if (other.code, other.migration, other.span) == place
        for name in other.environments
    }
    others = [words for name, words in said.items() if name not in anywhere]
    here = ", ".join(said[name] for name in finding.environments)
    return f"{here}; not on {', '.join(others)}" if others else here


def _summary(result: CheckResult) -> Text:
    older = "older one" if result.history == 1 else "older ones"
    counts = ", ".join(plural(result.count(severity), severity.value) for severity in Severity)
    fixable = f" `--fix` can rewrite {result.fixable} of them." if result.fixable else ""
    return line(
        f"Checked {plural(len(result.migrations), 'new migration')} ({result.history} {older} read as context): "
        f"{counts}.{fixable} {plural(result.statements, 'statement')}, {result.opaque} not understood."
    )
