"""Files that no code reads, kept truthful."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from migrail.cli._options import FORMATS
from migrail.model.registry import members, module_names

ROOT = Path(__file__).parents[1]


def test_compose_file_is_valid() -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec"]
    done = subprocess.run([*command, str(ROOT / "docker-compose.yml")], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_compose_services_listen_on_this_machine_only() -> None:
    text = (ROOT / "docker-compose.yml").read_text()
    ports = re.findall(r'ports: \["([^"]+)"\]', text)
    assert len(ports) == 6
    assert all(port.startswith("127.0.0.1:") for port in ports)
    assert text.count("healthcheck:") == 2
    assert text.count("<<: *postgres") == 5


def test_the_readme_starts_with_the_two_commands() -> None:
    text = (ROOT / "README.md").read_text()
    assert text.index("make demo") < text.index("make test") < text.index("\n## ")


def test_every_format_is_registered() -> None:
    assert sorted(FORMATS) == module_names("migrail.report")


def test_sqlglot_is_pinned_to_one_minor() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    pins = [d for d in project["dependencies"] if d.startswith("sqlglot")]
    assert re.fullmatch(r"sqlglot>=(\d+)\.(\d+),<\1\.\d+", pins[0])


def test_a_registry_refuses_what_is_incomplete_or_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "things"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "_helper.py").write_text("raise RuntimeError")
    (package / "one.py").write_text("THING = 'a'")
    monkeypatch.syspath_prepend(tmp_path)
    assert members("things", "THING", str, lambda thing: thing) == {"a": "a"}
    (package / "two.py").write_text("THING = 'a'")
    with pytest.raises(ValueError, match="a is taken already"):
        members("things", "THING", str, lambda thing: thing)
    (package / "two.py").unlink()
    (package / "three.py").write_text("")
    with pytest.raises(TypeError, match=r"things\.three has no THING"):
        members("things", "THING", str, lambda thing: thing)
