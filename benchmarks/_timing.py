"""Runs commands in turn and prints their times as ratios to a reference of the same run."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path


def compare(
    reference: str, commands: Mapping[str, Sequence[str]], *, rounds: int = 7, cwd: Path | None = None
) -> None:
    """Prints a row for each command: median seconds, and the median of its ratios to the reference by round."""
    times: dict[str, list[float]] = {name: [] for name in commands}
    for number in range(rounds + 1):
        for name, command in commands.items():
            begun = time.perf_counter()
            subprocess.run(command, cwd=cwd, capture_output=True, check=True)
            if number:  # the first round warms the caches
                times[name].append(time.perf_counter() - begun)
    width = max(len(name) for name in commands)
    sys.stdout.write(f"{'command':<{width}}  median s  ratio to {reference!r} (of {rounds} rounds)\n")
    for name, taken in times.items():
        ratios = [mine / base for mine, base in zip(taken, times[reference], strict=True)]
        sys.stdout.write(
            f"{name:<{width}}  {statistics.median(taken):8.3f}  {statistics.median(ratios):.2f}"
            f"  ({min(ratios):.2f} to {max(ratios):.2f})\n"
        )


PYTHON = sys.executable
IMPORT_BOTH = [PYTHON, "-c", "import click, sqlglot"]
REFERENCE = "import click, sqlglot"
