"""What a command did, and the exit code that says so, stand whatever becomes of its output."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pytest
from tests.cli.test_promote import ITEMS, LATER
from tests.support.project import SHOP, Project

GOOD = ITEMS
FAILS = "INSERT INTO nowhere VALUES (1);"
FINDING = "ALTER TABLE customers DROP COLUMN phone;"
LOST = "the output cannot be written: No space left on device"


@contextmanager
def place(name: str) -> Iterator[int | IO[bytes] | None]:
    """Where output goes: ``kept``, to a reader that is ``gone``, to a disk that is ``full``."""
    if name == "full":
        with Path("/dev/full").open("wb") as file:
            yield file
    elif name == "gone":
        reader, writer = os.pipe()
        os.close(reader)
        try:
            yield writer
        finally:
            os.close(writer)
    else:
        yield subprocess.PIPE


CASES = [
    ("promote dev", GOOD, "kept", "kept", 0, ""),
    ("promote dev", GOOD, "kept", "gone", 0, ""),
    ("promote dev", GOOD, "kept", "full", 0, ""),
    ("promote dev --format json", GOOD, "kept", "gone", 0, ""),
    ("promote dev", GOOD, "gone", "kept", 0, ""),
    ("promote dev", GOOD, "full", "kept", 0, LOST),
    ("promote dev --dry-run", GOOD, "full", "kept", 2, LOST),
    ("promote dev", FAILS, "kept", "kept", 4, "nowhere"),
    ("promote dev", FAILS, "gone", "kept", 4, "nowhere"),
    ("promote dev", FAILS, "full", "kept", 4, "nowhere"),
    ("promote dev", FAILS, "full", "full", 4, ""),
    ("promote dev", FAILS, "gone", "gone", 4, ""),
    ("promote qa", GOOD, "gone", "kept", 3, ""),
    ("promote nowhere", GOOD, "kept", "full", 2, ""),
    ("promote", GOOD, "kept", "gone", 2, ""),
    ("resolve dev 0001_create_customers --retry --reason x", GOOD, "kept", "gone", 2, ""),
    ("approve dev", GOOD, "full", "kept", 0, LOST),
    ("evidence add dev tests", GOOD, "full", "kept", 0, LOST),
    ("reconcile", GOOD, "full", "kept", 0, LOST),
    ("check migrations/0004_create_items.sql", FINDING, "kept", "kept", 1, ""),
    ("check migrations/0004_create_items.sql", FINDING, "gone", "kept", 1, ""),
    ("check migrations/0004_create_items.sql", FINDING, "full", "kept", 2, LOST),
    ("status", GOOD, "gone", "kept", 0, ""),
    ("status --exit-code", GOOD, "gone", "kept", 1, ""),
    ("status", GOOD, "full", "kept", 2, LOST),
    ("completion bash", GOOD, "gone", "kept", 0, ""),
]


@pytest.mark.parametrize(("command", "last", "out", "err", "code", "said"), CASES)
def test_the_exit_code_is_the_answer(
    shop: Project, command: str, last: str, out: str, err: str, code: int, said: str
) -> None:
    shop.write(LATER, last)
    arguments = [sys.executable, "-m", "migrail", *command.split()]
    with place(out) as stdout, place(err) as stderr:
        done = subprocess.run(arguments, cwd=shop.root, stdout=stdout, stderr=stderr, check=False)
    shown = (done.stderr or b"").decode()
    assert (done.returncode, said in shown) == (code, True), shown
    assert "Traceback" not in shown
    assert "Exception ignored" not in shown
    if command in {"promote dev", "promote dev --format json"}:
        rows = shop.query("dev", "SELECT migration FROM migrail_ledger WHERE kind = 'applied' ORDER BY sequence")
        assert [id for (id,) in rows] == [*SHOP, *([LATER] if last == GOOD else [])]
