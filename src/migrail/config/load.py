"""Finds and reads the configuration file."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from migrail.config.locate import line_of
from migrail.config.settings import Settings, nearest
from migrail.model.errors import ConfigError
from migrail.model.text import visible
from migrail.pipeline.order import OrderError, lower_environments

CONFIG_NAME = "migrail.toml"


def find_config(start: Path) -> Path | None:
    """The nearest ``migrail.toml``, or ``pyproject.toml`` with ``[tool.migrail]``, from ``start`` upwards."""
    for folder in (start, *start.parents):
        if (folder / CONFIG_NAME).is_file():
            return folder / CONFIG_NAME
        project = folder / "pyproject.toml"
        if project.is_file() and b"[tool.migrail" in project.read_bytes():
            return project
    return None


def load(path: Path | None = None) -> Settings:
    """The settings in ``path``, or in the nearest configuration file.

    Raises:
        ConfigError: there is none, it cannot be read, or what it says is wrong.
    """
    if path is None:
        path = find_config(Path.cwd())
        if path is None:
            raise ConfigError(f"there is no {CONFIG_NAME} here or in a folder above", help="migrail init")
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}", help="migrail init") from None
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: is not UTF-8 (byte {error.start + 1})") from None
    return parse(text, path).located(path.resolve())


def parse(text: str, path: Path) -> Settings:
    """The settings in a configuration text; ``path`` is for messages.

    Raises:
        ConfigError: it is not TOML, or what it says is wrong. All mistakes are listed.
    """
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ConfigError(f"{path}: is not valid TOML: {error}") from None
    prefix: tuple[str, ...] = ()
    if path.name == "pyproject.toml":
        table, prefix = table.get("tool", {}).get("migrail", {}), ("tool", "migrail")
    try:
        settings = Settings.model_validate(table)
    except ValidationError as error:
        lines = sorted({_line(text, path, prefix, mistake) for mistake in error.errors(include_url=False)})
        raise ConfigError("\n".join(message for _, message in lines)) from None
    for place, message in _contradictions(settings):
        raise ConfigError(_at(text, path, (*prefix, *place), message))
    return settings


def _contradictions(settings: Settings) -> Iterator[tuple[tuple[str | int, ...], str]]:
    names = [environment.name for environment in settings.environment]
    for index, name in enumerate(names):
        if name in names[:index]:
            yield ("environment", index, "name"), f"there are two environments called {name!r}"
    for index, environment in enumerate(settings.environment):
        for number, gate in enumerate(environment.gates):
            other = gate.get("environment")
            if other is not None and other not in names:
                place = ("environment", index, "gates", number, "environment")
                yield place, f"there is no environment {other!r}{nearest(str(other), names)}"
        for other in environment.after or ():
            if other not in names:
                hint = nearest(other, names)
                yield ("environment", index, "after"), f"there is no environment {other!r}{hint}"
    try:
        lower_environments([(environment.name, environment.after) for environment in settings.environment])
    except OrderError as error:
        yield ("environment", names.index(error.environment), "after"), str(error)
    if settings.check.rules or any(environment.rules for environment in settings.environment):
        yield from _unknown_rules(settings)


def _unknown_rules(settings: Settings) -> Iterator[tuple[tuple[str | int, ...], str]]:
    from migrail.rules import codes, nearest  # the rules bring the whole reader along

    named: list[tuple[tuple[str | int, ...], str]] = [
        (("check", "rules", code), code) for code in settings.check.rules
    ]
    for index, environment in enumerate(settings.environment):
        named += [(("environment", index, "rules", code), code) for code in environment.rules]
    for place, code in named:
        if code not in codes():
            near = nearest(code)
            yield place, f"there is no rule {code!r}" + (f"; did you mean {near!r}?" if near else "")


def _line(text: str, path: Path, prefix: Sequence[str], mistake: Any) -> tuple[int, str]:
    location = tuple(part for part in mistake["loc"] if not isinstance(part, str) or "[" not in part)
    message = mistake["msg"].removeprefix("Value error, ")
    if mistake["type"] == "extra_forbidden":
        message = f"unknown key {location[-1]!r}{nearest(str(location[-1]), _keys(location[:-1]))}"
    elif mistake["type"] == "missing":
        message = f"{location[-1]!r} is missing"
    elif location:
        message = f"{_dotted(location)}: {message}"
    place = (*prefix, *location)
    return line_of(text, place) or 0, _at(text, path, place, message)


def _at(text: str, path: Path, place: Sequence[str | int], message: str) -> str:
    line = line_of(text, place)
    return visible(f"{path}:{line}: {message}" if line else f"{path}: {message}")


def _dotted(location: Sequence[str | int]) -> str:
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in location).lstrip(".")


def _keys(location: Sequence[str | int]) -> list[str]:
    """The keys that are known at a place of the configuration."""
    model: Any = Settings
    for part in location:
        if isinstance(part, int):
            continue
        annotation = model.model_fields[part].annotation
        candidates = [annotation, *getattr(annotation, "__args__", ())]
        model = next((item for item in candidates if isinstance(item, type) and issubclass(item, BaseModel)), None)
        if model is None:
            return []
    return list(model.model_fields)
