"""No statement, whole or broken, makes a rule fail."""

from __future__ import annotations

import random
import re
from contextlib import suppress
from pathlib import Path

import pytest

from migrail.model.errors import InputError
from migrail.model.findings import Severity
from migrail.rules import rules
from tests.rules.checking import judge

FORMS = (Path(__file__).parents[1] / "sql" / "pglast_forms.sql").read_text()
STATEMENTS = [form for form in re.split(r";\s*\n", FORMS) if form.strip()]
HISTORY = """
CREATE TABLE a (b int, c text, d date, e numeric(5,2) DEFAULT 1, PRIMARY KEY (b));
CREATE TABLE b (a int REFERENCES a, c text);
CREATE INDEX i ON a (c);
CREATE VIEW v AS SELECT b, c FROM a;
"""
WORDS = ["a", "b", '"A b"', "(a, b)", "CASCADE", "NULL", "'now'", "v", "x.y", "CONCURRENTLY", "IF EXISTS", "DROP"]
EVERYTHING: dict[str, Severity | None] = {code: rule.severity for code, rule in rules().items()}


def _change(words: list[str], chance: random.Random) -> None:
    place = chance.randrange(len(words))
    match chance.randrange(3):
        case 0 if len(words) > 1:
            del words[place]
        case 1:
            words.insert(place, chance.choice(chance.choice(STATEMENTS).split(" ")))
        case _:
            words[place] = chance.choice(WORDS)


@pytest.mark.parametrize("seed", range(20))
def test_nothing_makes_a_rule_fail(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(25):
        words = chance.choice(STATEMENTS).split(" ")
        for _ in range(chance.randrange(4)):
            _change(words, chance)
        sql = ";\n".join([" ".join(words), *chance.sample(STATEMENTS, 2)])
        dialect = chance.choice(["postgres", "postgres", "sqlite", "mariadb"])
        with suppress(InputError):
            judge(sql, history=HISTORY, dialect=dialect, severities=EVERYTHING)
