"""``--dry-run`` leaves a project as it finds it, also before its tracker was made."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.test_promote import LATER
from tests.cli.test_promote_safety import HALF_WAY
from tests.support.project import Project

COMMANDS = [
    "promote dev",
    "promote --auto",
    "approve dev",
    "evidence add dev tests",
    "reconcile",
    f"resolve dev {LATER} --retry --reason x",
]


def files(root: Path) -> dict[str, bytes | None]:
    """Everything in the project; locks beside databases aside, which hold nothing."""
    found = (path for path in root.rglob("*") if not path.name.endswith("-guard"))
    return {str(path.relative_to(root)): path.read_bytes() if path.is_file() else None for path in found}


@pytest.mark.parametrize("half_way", [False, True])
@pytest.mark.parametrize("command", COMMANDS)
def test_nothing_is_written(shop: Project, command: str, half_way: bool) -> None:
    if half_way:
        shop.write(LATER, HALF_WAY)
        assert shop.run("promote", "dev").code == 4
        (shop.root / ".migrail" / "tracker.db").unlink()
        (shop.root / ".migrail" / ".gitignore").unlink()
        (shop.root / ".migrail").rmdir()
    before = files(shop.root)
    dry = shop.run(*command.split(), "--dry-run")
    assert files(shop.root) == before
    wet = shop.run(*command.split())
    assert dry.code == wet.code
    assert ".migrail" in files(shop.root) or wet.code == 2
