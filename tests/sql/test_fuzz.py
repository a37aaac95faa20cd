"""A short walk through hostile texts, the same in every run. ``fuzz/`` holds the one that never ends."""

from __future__ import annotations

import random

import pytest
from fuzz.reader import check, mixed
from fuzz.seeds import HOSTILE, SEEDS

from migrail import dialects

CASES = 1500


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
