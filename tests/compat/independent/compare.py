"""Compares what ``check`` says about the independent cases with their marks: recall, and what is falsely certain.

``python -m tests.compat.independent.compare [DIALECT]`` prints both and every query on which the two differ.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.compat.independent.cases import Case, cases
from tests.support.project import run

CONFIG = '[project]\nname = "shop"\ndialect = "{}"\nqueries = ["queries.sql"]\n'


@dataclass(frozen=True, kw_only=True)
class Compared:
    """One query: what is true, and what was said."""

    case: str
    query: str
    breaks: bool
    certainty: str | None
    """``certain``, ``possible`` or ``None`` where it is not among the broken ones."""
    reason: str | None


def compare(case: Case, folder: Path) -> list[Compared]:
    """What ``check`` says about each query of a case; the folder is empty before."""
    (folder / "migrations").mkdir()
    (folder / "migrail.toml").write_text(CONFIG.format(case.dialect))
    (folder / "migrations" / "0001_history.sql").write_text(case.history)
    (folder / "migrations" / "0002_change.sql").write_text(case.migration)
    lines: list[int] = []
    text = ""
    for asked in case.queries:
        lines.append(text.count("\n") + 1)
        text += f"{asked.text};\n"
    (folder / "queries.sql").write_text(text)
    result = run(folder, "check", "migrations/0002_change.sql", "--format", "json", "--fail-on", "never")
    assert result.code == 0, result
    broken = {item["line"]: item for item in result.json.get("broken_queries", ())}
    return [
        Compared(
            case=case.title,
            query=asked.text,
            breaks=asked.breaks,
            certainty=broken.get(line, {}).get("certainty"),
            reason=broken.get(line, {}).get("reason"),
        )
        for asked, line in zip(case.queries, lines, strict=True)
    ]


def missed(compared: Sequence[Compared]) -> list[Compared]:
    """Queries that break and of which nothing was said."""
    return [item for item in compared if item.breaks and item.certainty is None]


def falsely_certain(compared: Sequence[Compared]) -> list[Compared]:
    """Queries that go on working and were called broken for certain."""
    return [item for item in compared if not item.breaks and item.certainty == "certain"]


def every(dialect: str) -> list[Compared]:
    """All queries of all cases of a dialect."""
    found: list[Compared] = []
    for case in cases(dialect):
        with tempfile.TemporaryDirectory() as folder:
            found += compare(case, Path(folder))
    return found


def main() -> None:
    """Prints the differences and the two ratios."""
    compared = every(sys.argv[1] if sys.argv[1:] else "postgres")
    breaking = sum(item.breaks for item in compared)
    certain = sum(item.certainty == "certain" for item in compared)
    for title, items in (("missed", missed(compared)), ("falsely certain", falsely_certain(compared))):
        for item in items:
            sys.stdout.write(f"{title}: {item.case}: {' '.join(item.query.split())} {item.reason or ''}\n")
    lost, wrong = len(missed(compared)), len(falsely_certain(compared))
    sys.stdout.write(
        f"{len(compared)} queries; {breaking - lost} of {breaking} broken ones found; "
        f"{wrong} of {certain} certain ones are wrong\n"
    )


if __name__ == "__main__":
    main()
