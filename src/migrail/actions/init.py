"""init and new: a configuration that fits the folder, and the next migration file."""

from __future__ import annotations

import re
from pathlib import Path

from migrail import dialects, sources
from migrail.actions.workspace import Workspace, discover, shown
from migrail.config import CONFIG_NAME, find_config
from migrail.model.errors import ConfigError, UsageError
from migrail.results.files import Written

FOLDERS = ("migrations", "db/migrations", "database/migrations", "sql/migrations", "db", "sql")
"""Where migrations usually are."""

_TYPICAL = {
    "sqlite": re.compile(rb"\b(autoincrement|pragma|without\s+rowid)\b", re.IGNORECASE),
    "mysql": re.compile(rb"\b(auto_increment|engine\s*=\s*\w|charset\s*=\s*\w)", re.IGNORECASE),
}
"""What only files of a dialect hold. MariaDB's look like MySQL's."""


def init(folder: Path, *, name: str | None = None, dialect: str | None = None, dry_run: bool = False) -> Written:
    """Writes a commented configuration after looking at the folder.

    Raises:
        ConfigError: there is a configuration already.
        UsageError: the name cannot be used, or the file cannot be written.
    """
    path = folder / CONFIG_NAME
    there = find_config(folder) if folder.is_dir() else None
    if there is not None and there.parent == folder:
        raise ConfigError(f"{shown(there)} is there already", help="migrail doctor")
    migrations = _find_migrations(folder)
    chosen = dialect or _guess_dialect(folder / migrations)
    project = name or re.sub(r"[^\w.-]+", "-", folder.resolve().name).strip("-") or "project"
    if not re.fullmatch(r"[\w.-]{1,100}", project):
        raise UsageError(f"{project!r} cannot be a project's name; use letters, digits, '.', '_' and '-'")
    text = _TEMPLATE.format(
        name=project,
        dialect=chosen,
        dialects=", ".join(dialects.names()),
        migrations=migrations,
        environments=_environments(chosen),
    )
    count = len(_sql_files(folder / migrations))
    remarks = (
        f"migrations: {migrations} ({count} files)" if count else f"migrations: {migrations} (none yet)",
        f"dialect: {chosen}" + ("" if dialect else " (looked at the files)" if count else " (assumed)"),
    )
    if not dry_run:
        try:
            (folder / migrations).mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        except OSError as error:
            raise UsageError(f"{shown(path)} cannot be written: {error.strerror}") from None
    return Written(path=shown(path), content=text, written=not dry_run, remarks=remarks, next="migrail doctor")


def new(workspace: Workspace, words: str, *, dry_run: bool = False) -> Written:
    """Makes the next migration file, empty but for a comment.

    Raises:
        InputError: the migrations that are there cannot be read.
        UsageError: no file name can be made of the words, or the file cannot be written.
    """
    folder = workspace.root / workspace.settings.project.migrations[0]
    source = sources.get(_layout(workspace, folder))
    found = [
        migration
        for name in workspace.settings.project.migrations
        if (workspace.root / name).is_dir()
        for migration in discover(workspace.root / name, workspace.settings.project.format).migrations
    ]
    last = max((int(migration.order[0]) for migration in found), default=0)
    if not re.search(r"\w", words):
        raise UsageError("a migration's name needs a letter or a digit")
    path = folder / source.file_name(last, words)
    if not source.is_migration(path.name):
        raise UsageError(f"{words!r} makes no name for a migration")
    text = f"-- {words.strip()}\n"
    if not dry_run:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8") as file:
                file.write(text)
        except OSError as error:
            raise UsageError(f"{shown(path)} cannot be written: {error.strerror}") from None
    return Written(path=shown(path), content=text, written=not dry_run, next=f"migrail check {shown(path)}")


def _layout(workspace: Workspace, folder: Path) -> str:
    configured = workspace.settings.project.format
    if configured != "auto" or not folder.is_dir():
        return "plain" if configured == "auto" else configured
    return sources.detect(folder, shown(folder)).name


def _find_migrations(folder: Path) -> str:
    return next((name for name in FOLDERS if _sql_files(folder / name)), FOLDERS[0])


def _sql_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("[0-9]*.sql") if path.is_file()) if folder.is_dir() else []


def _guess_dialect(folder: Path) -> str:
    texts = [path.read_bytes()[:100_000] for path in _sql_files(folder)]
    return next((name for name, words in _TYPICAL.items() if any(map(words.search, texts))), "postgres")


def _environments(dialect: str) -> str:
    blocks: list[str] = []
    for name in ("dev", "qa", "staging", "prod"):
        url = f"sqlite:///{name}.db" if dialect == "sqlite" else f"${{env:{name.upper()}_DATABASE_URL}}"
        lines = ["[[environment]]", f'name = "{name}"', f'url = "{url}"', *_GATES.get(name, [])]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"


_GATES = {
    "qa": ['# gates = [{ type = "evidence", name = "unit-tests" }]'],
    "prod": [
        '# server_version = "15"          # lets `check` speak for this server without reaching it',
        'gates = [{ type = "approval", count = 1 }]',
    ],
}

_TEMPLATE = """\
# migrail: every setting is explained in docs/reference/settings.md; `migrail doctor` says whether this works.

[project]
name = "{name}"
dialect = "{dialect}"                # {dialects}
migrations = "{migrations}"          # files called NNNN_words.sql
# tracker = "postgresql://..."       # where decisions are kept; a team shares one. Default: .migrail/tracker.db

[check]
fail_on = "error"                    # findings of this severity make `migrail check` exit with 1
# since = "origin/main"              # judge only migrations that this git revision does not hold
# [check.rules]
# MR204 = "off"                      # error, warning, note or off

[promote]
lock_timeout = "2s"                  # a statement gives up waiting for a table lock after this

# The environments, lowest first. A batch enters one only after it succeeded in the one before.
# A URL may hold ${{env:NAME}}, ${{file:PATH}} and ${{cmd:COMMAND}}.

{environments}"""
