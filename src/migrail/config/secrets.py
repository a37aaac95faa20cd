"""Replaces ``${env:NAME}``, ``${file:PATH}`` and ``${cmd:COMMAND}`` in URLs, when one is needed."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from pathlib import Path

from migrail.model.errors import ConfigError
from migrail.model.redact import register_secret

_REFERENCE = re.compile(r"\$\{(\w+):([^}]*)\}|\$\{([^}]*)\}")
_PASSWORD = re.compile(r"://[^/@]*?:([^/]*)@|[?&](?:password|passwd|sslpassword)=([^&#]*)", re.IGNORECASE)
COMMAND_TIMEOUT = 30.0
"""Seconds that a ``cmd:`` may take."""


def resolve(value: str, *, root: Path, key: str) -> str:
    """The value with all references replaced; passwords in it are kept out of all output from now on.

    Raises:
        ConfigError: a variable is not set, a file cannot be read or a command fails; names it and ``key``.
    """
    resolved = _REFERENCE.sub(lambda match: _lookup(match, root, key), value)
    for match in _PASSWORD.finditer(resolved):
        register_secret(match[1] or match[2] or "")
    return resolved


def _lookup(match: re.Match[str], root: Path, key: str) -> str:
    kind, argument = match[1], match[2]
    if kind == "env":
        return _variable(argument, key)
    if kind == "file":
        return _file(root / argument, key)
    if kind == "cmd":
        return _command(argument, root, key)
    raise ConfigError(f"{key}: {match[0]!r} is not known; write ${{env:NAME}}, ${{file:PATH}} or ${{cmd:COMMAND}}")


def _variable(name: str, key: str) -> str:
    found = os.environ.get(name)
    if not found:
        state = "not set" if found is None else "empty"
        raise ConfigError(f"{key}: the environment variable {name} is {state}", help=f"export {name}=...")
    return found


def _file(path: Path, key: str) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise ConfigError(f"{key}: the file {path} cannot be read: {reason}") from None


def _command(command: str, root: Path, key: str) -> str:
    """Runs what the owner of the configuration wrote, without a shell."""
    name = command.split(maxsplit=1)[0] if command.strip() else ""
    try:
        done = subprocess.run(  # noqa: S603 - the configuration is the user's own
            shlex.split(command),
            cwd=root,
            capture_output=True,
            text=True,
            timeout=COMMAND_TIMEOUT,
            check=False,
        )
    except (OSError, ValueError, IndexError, subprocess.TimeoutExpired) as error:
        raise ConfigError(f"{key}: the command {name!r} did not run: {type(error).__name__}") from None
    if done.returncode:
        raise ConfigError(f"{key}: the command {name!r} failed with exit code {done.returncode}")
    return done.stdout.strip()
