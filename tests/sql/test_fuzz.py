"""A short walk through hostile texts, the same in every run, and seconds of the one that looks for new code."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from fuzz.reader import check, mixed
from fuzz.seeds import HOSTILE, SEEDS

from migrail import dialects

CASES = 1500
ROOT = Path(__file__).parents[2]
SECONDS = 15


@pytest.mark.parametrize("name", dialects.names())
def test_seeds_and_hostile_pieces(name: str) -> None:
    dialect = dialects.get(name)
    for text in (*SEEDS, *HOSTILE, "", "".join(HOSTILE), ";\n".join(SEEDS)):
        check(text, dialect)


@pytest.mark.parametrize("name", dialects.names())
def test_changed_seeds(name: str) -> None:
    dialect = dialects.get(name)
    choose = random.Random(20240601)
    for number in range(CASES):
        text = mixed(SEEDS, choose)
        try:
            check(text, dialect)
        except Exception as error:
            error.add_note(f"text number {number}: {text!r}")
            raise


def test_check_notices_a_lost_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    """The promise is not empty: a splitter that forgets a statement is caught."""
    from fuzz import reader

    dialect = dialects.get("postgres")
    whole = reader.split("DROP TABLE a; DROP TABLE b", dialect.lexical)
    broken = reader.Split(statements=whole.statements[:1], tail=(), flaws=())
    monkeypatch.setattr(reader, "split", lambda text, lexical: broken)
    with pytest.raises(AssertionError, match="belongs to nothing"):
        check("DROP TABLE a; DROP TABLE b", dialect)


def _fuzz(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Runs ``fuzz/fuzz_reader.py``, which finds out by coverage what to try next."""
    found = folder / "found"
    found.mkdir()
    return subprocess.run(
        [sys.executable, "-m", "fuzz.fuzz_reader", *options, f"-artifact_prefix={folder}/", str(found)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.skipif(find_spec("atheris") is None, reason="atheris has no wheel for this Python or system")
def test_inputs_that_reach_new_code(tmp_path: Path) -> None:
    ran = _fuzz(tmp_path, f"-max_total_time={SECONDS}", "-max_len=2000", "-timeout=60")
    broken = [path.read_bytes() for path in tmp_path.iterdir() if path.is_file()]
    assert (ran.returncode, broken) == (0, []), ran.stderr[-3000:]
    count = re.search(r"Done (\d+) runs", ran.stderr)
    assert count is not None
    assert int(count[1]) > 100
    assert any((tmp_path / "found").iterdir()), "nothing was ever new: coverage is not seen"
