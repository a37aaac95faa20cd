"""What `check` says about the examples."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support.project import run

EXAMPLES = Path(__file__).parents[1] / "migrations_examples"
TWINS = sorted(path for path in (EXAMPLES / "twins").iterdir() if path.is_dir())


@pytest.mark.parametrize("kind", ["unsafe", "safe"])
@pytest.mark.parametrize("twin", TWINS, ids=lambda path: path.name)
def test_twins(twin: Path, kind: str) -> None:
    expected = {}
    for path in (twin / kind).iterdir():
        said = re.match(r"-- check says: (.*)\n", path.read_text())
        assert said, f"{path} does not say what check must say"
        expected[path.stem] = [] if said[1] == "nothing" else said[1].split(", ")
    result = run(twin, "check", kind, "--dialect", "postgres", "--history", "history", "--format", "json")
    found: dict[str, list[str]] = {id: [] for id in expected}
    for finding in result.json["findings"]:
        found[finding["migration"]].append(f"{finding['code']} {finding['severity']}")
    assert found == expected
    assert result.code == int(any("error" in said for codes in expected.values() for said in codes))


def test_the_shop_is_clean_and_the_refused_one_is_not() -> None:
    shop = EXAMPLES / "plain"
    assert run(shop, "check").code == 0
    refused = run(shop, "check", "refused/0006_rename_email.sql", "--history", "migrations", "--format", "json")
    assert (refused.code, [f["code"] for f in refused.json["findings"]]) == (1, ["MR104"])
