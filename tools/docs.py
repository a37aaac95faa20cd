"""Writes the reference pages of rules, gates, commands and settings from the code.

``python tools/docs.py`` writes them, ``--check`` only compares and fails when one is out of date.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import locks
from pydantic import BaseModel

from migrail import gates, rules
from migrail.cli import SECTIONS, main
from migrail.config.settings import (
    CheckSettings,
    EnvironmentSettings,
    ProjectSettings,
    PromoteSettings,
    TargetSettings,
)

REFERENCE = Path(__file__).parents[1] / "docs" / "reference"
NOTE = "<!-- Made from the code by `make docs`; do not edit. -->\n\n"


def pages() -> dict[str, str]:
    """All pages by their path below ``docs/reference``."""
    found = {
        "commands.md": _commands(),
        "settings.md": _settings(),
        "postgres-locks.md": locks.page(),
        **_rules(),
        **_gates(),
    }
    return {path: NOTE + text.rstrip() + "\n" for path, text in found.items()}


def _rules() -> dict[str, str]:
    found: dict[str, str] = {}
    lines = ["# Rules"]
    category = None
    for code, rule in rules.rules().items():
        if rule.category is not category:
            category = rule.category
            lines += ["", f"## {category}", "", "| code | name | severity | what |", "|---|---|---|---|"]
        severity = rule.severity if rule.enabled else "off"
        title, _, body = rules.page(rule).strip().partition("\n")
        path = f"{code}-{rule.name}.md"
        lines.append(f"| [{code}]({path}) | {rule.name} | {severity} | {title} |")
        found[f"rules/{path}"] = (
            f"# {code} {rule.name}\n\n{title}\n\nSeverity {severity} · category {rule.category} · "
            f"{', '.join(rule.dialects)}\n{body}"
        )
    lines += ["", "Set the severity of a rule, turn it off, or turn one on that is off, under `[check.rules]`."]
    lines += ["[What no rule says, and why](../../explanation/rules-not-taken.md)."]
    lines += ['Silence one finding with `-- migrail: ignore CODE reason="..."` before the statement.']
    found["rules/index.md"] = "\n".join(lines)
    return found


def _gates() -> dict[str, str]:
    found: dict[str, str] = {}
    lines = ["# Gates", "", "| type | what |", "|---|---|"]
    for kind, gate in gates.gate_types().items():
        title, _, body = gates.page(gate).strip().partition("\n")
        said = title.partition(": ")[2]
        lines.append(f"| [{kind}]({kind}.md) | {said} |")
        found[f"gates/{kind}.md"] = f"# {kind}\n\n{said[:1].upper()}{said[1:]}\n{body}"
    found["gates/index.md"] = "\n".join(lines)
    return found


def _commands() -> str:
    context = click.Context(main, info_name="migrail", terminal_width=100, help_option_names=["-h", "--help"])
    parts = ["# Commands\n", _block(main.get_help(context))]
    for names in SECTIONS.values():
        for name in names:
            command = main.get_command(context, name)
            assert command is not None
            parts.extend(_command(context, f"migrail {name}", command))
    return "\n".join(parts)


def _command(parent: click.Context, title: str, command: click.Command) -> Iterator[str]:
    context = click.Context(command, info_name=command.name, parent=parent)
    yield f"\n## {title}\n"
    yield _block(command.get_help(context))
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None
            yield from _command(context, f"{title} {name}", inner)


def _block(text: str) -> str:
    return f"```text\n{text.rstrip()}\n```"


_SECTIONS: tuple[tuple[str, type[BaseModel]], ...] = (
    ("[project]", ProjectSettings),
    ("[check]", CheckSettings),
    ("[promote]", PromoteSettings),
    ("[[environment]]", EnvironmentSettings),
    ("targets of an environment", TargetSettings),
)


def _settings() -> str:
    lines = [
        "# Settings",
        "",
        "In `migrail.toml`, or under `[tool.migrail]` in `pyproject.toml`. Paths start at the file's folder.",
        'Durations are written as `"500ms"`, `"2s"`, `"10min"`, `"24h"` or `"7d"`.',
    ]
    for title, model in _SECTIONS:
        lines += ["", f"## {title}", "", "| key | means | default |", "|---|---|---|"]
        for name, field in model.model_fields.items():
            lines.append(f"| `{name}` | {field.description} | {_default(field)} |")
    return "\n".join(lines)


def _default(field: Any) -> str:
    if field.is_required():
        return "needed"
    value = field.get_default(call_default_factory=True)
    if value in (None, (), {}):
        return "none"
    if isinstance(value, tuple):
        value = value[0]
    if isinstance(value, float):
        return f"`{value:g}s`"
    return f"`{value}`"


def write() -> None:
    """Writes all pages and removes those that have no source any more."""
    made = pages()
    for path in there() - set(made):
        (REFERENCE / path).unlink()
    for path, text in made.items():
        (REFERENCE / path).parent.mkdir(parents=True, exist_ok=True)
        (REFERENCE / path).write_text(text, encoding="utf-8")


def there() -> set[str]:
    """The pages that exist."""
    return {path.relative_to(REFERENCE).as_posix() for path in REFERENCE.rglob("*.md")}


def differences() -> list[str]:
    """The pages that are missing, out of date or without a source."""
    made = pages()
    return sorted(
        path
        for path in there() | set(made)
        if path not in made
        or not (REFERENCE / path).exists()
        or (REFERENCE / path).read_text(encoding="utf-8") != made[path]
    )


if __name__ == "__main__":
    if "--check" in sys.argv:
        wrong = differences()
        sys.exit(f"out of date: {', '.join(wrong)}\nrun make docs" if wrong else 0)
    write()
