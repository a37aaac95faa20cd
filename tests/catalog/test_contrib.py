"""The scripts of the extensions that come with a server: real histories of functions, types and operators."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from migrail.catalog import Catalog
from migrail.catalog.compare import compare, diff_lines
from migrail.catalog.conflicts import conflicts
from migrail.catalog.replay import Replay
from migrail.dialects import get
from migrail.sql.split import split
from tests.catalog.comparing import looked_at, run
from tests.dialects.reading import read

POSTGRES = get("postgres")
LEFT_OUT = {
    "plpgsql": "has a placeholder in its script",
    "adminpack": "makes functions in pg_catalog, where nobody looks",
    "ltree": "names arrays of its own types as pg_type does, such as _ltree",
}
FILES = """
SELECT name, pg_read_file(folder || '/' || name)
FROM (SELECT setting || '/extension' FROM pg_config WHERE name = 'SHAREDIR') AS place (folder),
  pg_ls_dir(folder) AS name
WHERE name LIKE '%.control' OR name LIKE '%.sql'
"""


class Scripts:
    """What stands in the folder of extensions."""

    def __init__(self, connection: Connection) -> None:
        try:
            found = connection.exec_driver_sql(FILES, execution_options={"no_parameters": True})
        except DBAPIError as error:
            pytest.skip(f"the role cannot read the files of the server: {error.orig}".splitlines()[0])
        self.files: dict[str, str] = dict(map(tuple, found.all()))

    def names(self) -> Iterator[str]:
        for file in sorted(self.files):
            name, _, kind = file.rpartition(".")
            if kind == "control" and name not in LEFT_OUT:
                yield name

    def setting(self, extension: str, word: str) -> str:
        found = re.search(rf"^\s*{word}\s*=\s*'([^']*)'", self.files[f"{extension}.control"], re.MULTILINE)
        return found[1] if found is not None else ""

    def history(self, extension: str) -> list[str]:
        """The last script that makes all of it, and those that change it from there on."""
        paths = [
            file.removesuffix(".sql").split("--")[1:] for file in self.files if file.startswith(f"{extension}--")
        ]
        version = max((path[0] for path in paths if len(path) == 1), key=_version)
        found = [self._text(extension, version)]
        for _ in count():
            step = next((path for path in paths if len(path) == 2 and path[0] == version), None)
            if version == self.setting(extension, "default_version") or step is None:
                return found
            found.append(self._text(extension, *step))
            version = step[1]
        return found

    def _text(self, extension: str, *path: str) -> str:
        text = self.files["--".join((extension, *path)) + ".sql"]
        text = "\n".join("" if line.startswith("\\") else line for line in text.splitlines())
        module = self.setting(extension, "module_pathname")
        return text.replace("MODULE_PATHNAME", module).replace("@extschema@", "public")


def _version(text: str) -> tuple[int, ...]:
    return tuple(map(int, text.split(".")))


def told(connection: Connection, scripts: list[str]) -> list[str]:
    """What is said wrong of the scripts, and what differs behind them."""
    replay, wrong = Replay(Catalog.empty(POSTGRES)), []
    for statement in (item for text in scripts for item in split(text, POSTGRES.lexical).statements):
        if statement.text.startswith("ALTER EXTENSION"):
            continue  # there is no extension around them here
        operations = read(statement.text)
        wrong += [said for item in operations if (said := conflicts(replay.catalog, item)) is not None]
        run(connection, statement.text)
        for operation in operations:
            replay.apply(operation)
    return wrong + diff_lines(compare(replay.catalog, looked_at(connection)))


def test_scripts_of_extensions(database: Connection) -> None:
    scripts = Scripts(database)
    wrong = {}
    for extension in scripts.names():
        needed = filter(None, scripts.setting(extension, "requires").split(","))
        before = [f'CREATE EXTENSION "{name.strip()}"' for name in needed]
        run(database, "BEGIN")
        wrong[extension] = told(database, [*before, *scripts.history(extension)])
        run(database, "ROLLBACK")
    assert wrong
    assert {extension: found for extension, found in wrong.items() if found} == {}
