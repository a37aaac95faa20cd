"""Time and peak memory of ``migrail check`` on one big file, for each way in which a file can be big.

Usage: python benchmarks/big.py [--size MB] [--dialect postgres|mysql|mariadb|sqlite] [--shape NAME]
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROW = "(1, 'some text that stands in a row', 3.5, NULL)"
STATEMENT = f"INSERT INTO t (a, b, c, d) VALUES {', '.join([ROW] * 8)};\n"

SHAPES: dict[str, Callable[[int], str]] = {
    "rows of constants": lambda size: f"INSERT INTO t VALUES {', '.join([ROW] * (size // (len(ROW) + 2)))};\n",
    "rows with calls": lambda size: f"INSERT INTO t VALUES {', '.join(['(1, abs(2))'] * (size // 13))};\n",
    "one string": lambda size: "INSERT INTO t VALUES ('" + "it is some text\n" * (size // 16) + "');\n",
    "one comment": lambda size: "/* " + "some words\n" * (size // 11) + " */ SELECT 1;\n",
    "statements": lambda size: STATEMENT * (size // len(STATEMENT)),
    "short statements": lambda size: "INSERT INTO t (a, b) VALUES (1, 'text');\n" * (size // 41),
    "rows of COPY": lambda size: "COPY t FROM stdin;\n" + "1\tsome text\t3.5\n" * (size // 16) + "\\.\n",
}
"""A text of so many characters; COPY with its rows is refused, as psql alone takes it."""

MEASURED = """
import resource, sys
from migrail.__main__ import main
try:
    main()
finally:
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(f"{used.ru_utime + used.ru_stime:.1f} {used.ru_maxrss / 1024:.0f}", file=sys.stderr)
"""


def measure(text: str, dialect: str) -> tuple[float, float, int]:
    """Seconds of processor time, peak memory in MiB, exit code."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "0001_big.sql"
        path.write_text(f"CREATE TABLE t (a int, b text, c numeric, d int);\n{text}", encoding="utf-8")
        command = [sys.executable, "-c", MEASURED, "check", "--dialect", dialect, "--fail-on", "never", path.name]
        answer = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    seconds, peak = answer.stderr.splitlines()[-1].split()
    return float(seconds), float(peak), answer.returncode


def main() -> None:
    """Prints a line for each shape."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--size", type=int, default=100, metavar="MB")
    parser.add_argument("--dialect", default="postgres", choices=["postgres", "mysql", "mariadb", "sqlite"])
    parser.add_argument("--shape", choices=list(SHAPES))
    arguments = parser.parse_args()
    for shape in [arguments.shape] if arguments.shape else SHAPES:
        seconds, peak, code = measure(SHAPES[shape](arguments.size * 1_000_000), arguments.dialect)
        sys.stdout.write(f"{arguments.dialect:9} {shape:18} {seconds:7.1f} s {peak:7.0f} MiB  exit {code}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
