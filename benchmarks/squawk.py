"""migrail beside squawk: what each says about forms whose locks were measured, and how long each takes.

Usage: python benchmarks/squawk.py [--version 18] [--list]

squawk comes from PyPI (squawk-cli) into a virtual environment of its own, in a temporary folder. Both see the same
statements in the same run; migrail also knows what stands before them, as it does in a project. A form is heavy
when it reads or writes every row of something that exists while writes wait: that follows from the facts, which the
tests compare with servers. Forms of which the facts say more or less than the server does are left out. What counts
as an alarm is a rule about such work; rules about style, names, timeouts and broken code do not count, nor do those
about short locks, except where the form is heavy.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from _timing import PYTHON, compare
from check import FILES, write_files

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.dialects.postgres.forms import CAUTIOUS, FORMS, UNSEEN, Form
from tests.rules.checking import judge
from tests.rules.test_forms import history_of, is_heavy

from migrail.model.findings import Category, Severity

PACKAGE = "squawk-cli==2.70.0"
HEAVY_RULES = frozenset(
    {
        "adding-field-with-default",
        "adding-foreign-key-constraint",
        "adding-not-nullable-field",
        "adding-required-field",
        "adding-serial-primary-key-field",
        "ban-alter-domain-with-add-constraint",
        "ban-create-domain-with-constraint",
        "changing-column-type",
        "constraint-missing-not-valid",
        "disallowed-unique-constraint",
        "prefer-repack",
        "require-concurrent-index-creation",
        "require-concurrent-reindex",
    }
)
BRIEF_RULES = frozenset(
    {
        "ban-truncate-cascade",
        "require-concurrent-index-deletion",
        "require-concurrent-partition-detach",
    }
)


REQUIRED_COLUMN = "MR401"
"""What squawk calls adding-required-field."""


def squawk_says(squawk: Path, forms: Sequence[Form], version: int, folder: Path) -> list[set[str]]:
    """The rules that squawk names for each form."""
    paths = [folder / f"{number:04}.sql" for number in range(len(forms))]
    for path, form in zip(paths, forms, strict=True):
        path.write_text(f"{form.statement};\n")
    command = [str(squawk), "--reporter", "Json", "--pg-version", str(version), *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found: Mapping[str, set[str]] = {str(path): set() for path in paths}
    for item in json.loads(done.stdout):
        found[item["file"]].add(item["rule_name"])
    return list(found.values())


def migrail_says(forms: Sequence[Form], version: int) -> list[set[str]]:
    """The rules about locks that migrail names for each form, notes left out."""
    return [
        {
            finding.code
            for finding in judge(form.statement, history=history_of(form), version=(version,)).findings
            if finding.code == REQUIRED_COLUMN
            or (finding.category is Category.LOCKING and finding.severity is not Severity.NOTE)
        }
        for form in forms
    ]


def row(name: str, alarms: Sequence[bool], heavy: Sequence[bool]) -> str:
    """Hits and false alarms."""
    hits = sum(alarm for alarm, is_ in zip(alarms, heavy, strict=True) if is_)
    false = sum(alarm for alarm, is_ in zip(alarms, heavy, strict=True) if not is_)
    return f"{name:<8}  {hits:>4} of {sum(heavy)}  {false:>4} of {len(heavy) - sum(heavy)}"


def main() -> None:
    """Prints both tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--version", type=int, default=18, help="of PostgreSQL")
    parser.add_argument("--list", action="store_true", help="also the forms where one of them is wrong")
    options = parser.parse_args()
    out: Callable[[str], object] = lambda text: sys.stdout.write(f"{text}\n")  # noqa: E731
    version = options.version
    forms = [
        form
        for kind in FORMS.values()
        for form in kind
        if form.since <= version < form.until and form.statement not in {**CAUTIOUS, **UNSEEN}
    ]
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        venv.create(folder / "venv", with_pip=True)
        python = folder / "venv/bin/python"
        subprocess.run([python, "-m", "pip", "install", "--quiet", PACKAGE], check=True)
        squawk = folder / "venv/bin/squawk"
        (folder / "forms").mkdir()
        heavy = [is_heavy(form, version) for form in forms]
        theirs = squawk_says(squawk, forms, version, folder / "forms")
        known = [HEAVY_RULES | BRIEF_RULES if is_ else HEAVY_RULES for is_ in heavy]
        squawk_alarms = [bool(rules & counted) for rules, counted in zip(theirs, known, strict=True)]
        migrail_alarms = [bool(codes) for codes in migrail_says(forms, version)]
        out(f"{len(forms)} forms on PostgreSQL {version}; heavy forms named, harmless forms called heavy:")
        out(row("squawk", squawk_alarms, heavy))
        out(row("migrail", migrail_alarms, heavy))
        if options.list:
            for name, alarms in (("squawk", squawk_alarms), ("migrail", migrail_alarms)):
                for form, alarm, is_ in zip(forms, alarms, heavy, strict=True):
                    if alarm != is_:
                        out(f"{name} {'misses' if is_ else 'false alarm'}: {form.statement}")
        many = folder / "many"
        many.mkdir()
        write_files(many)
        files = [str(path) for path in sorted(many.iterdir())]
        out(f"\n{FILES} files:")
        compare(
            "squawk",
            {
                "squawk": ["sh", "-c", '"$@" || true', "sh", str(squawk), *files],
                "migrail": [
                    PYTHON,
                    "-m",
                    "migrail",
                    "check",
                    "--dialect",
                    "postgres",
                    "--fail-on",
                    "never",
                    str(many),
                ],
            },
            rounds=3,
        )


if __name__ == "__main__":
    main()
