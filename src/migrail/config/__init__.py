"""``migrail.toml`` → :class:`Settings`. Every error names file, line and key."""

from __future__ import annotations

from migrail.config.load import CONFIG_NAME, find_config, load, parse
from migrail.config.secrets import resolve
from migrail.config.settings import EnvironmentSettings, Settings, TargetSettings

__all__ = [
    "CONFIG_NAME",
    "EnvironmentSettings",
    "Settings",
    "TargetSettings",
    "find_config",
    "load",
    "parse",
    "resolve",
]
