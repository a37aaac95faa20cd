"""Where a target is, and how long to wait for it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from migrail.model.errors import ConfigError
from migrail.model.redact import register_secret
from migrail.model.text import visible
from migrail.runner.url import Url

_DRIVERS = {
    "postgresql": "postgresql+psycopg",
    "postgres": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
    "mysql": "mysql+pymysql",
    "mysql+pymysql": "mysql+pymysql",
    "mariadb": "mariadb+pymysql",
    "mariadb+pymysql": "mariadb+pymysql",
    "sqlite": "sqlite+pysqlite",
    "sqlite+pysqlite": "sqlite+pysqlite",
}

TRACKER = "tracker"
"""Stands for the environment in the address of the tracker."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """How long to wait, in seconds, and what sessions are set to."""

    connect: float = 5.0
    lock: float = 2.0
    """For a table lock, before the transaction is rolled back and tried again."""
    budget: float = 60.0
    """For all tries together, from the first one that a lock kept out."""
    guard: float = 10.0
    """For another promotion into the same target."""
    search_path: str = "public"
    """PostgreSQL: where unqualified names are looked up."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Address:
    """Where a target is. The URL holds secrets and is never shown; ``label`` is."""

    environment: str
    target: str
    url: Url = field(repr=False)

    @classmethod
    def parse(cls, url: str, *, environment: str, target: str, root: Path) -> Address:
        """An address from a SQLAlchemy URL whose references are resolved.

        Raises:
            ConfigError: it is not a URL, or names a database that is not supported.
        """
        where = "project.tracker" if environment == TRACKER else f"environment {environment}"
        try:
            parsed = Url.parse(url)
        except ValueError:
            message = f"{where}: the url is not a SQLAlchemy URL such as postgresql://user@host:5432/name"
            raise ConfigError(message) from None
        _register_secrets(parsed)
        if "@" in (parsed.host or ""):
            raise ConfigError(f"{where}: the url has more than one @; write one in a password as %40")
        driver = _DRIVERS.get(parsed.drivername)
        if driver is None:
            known = "postgresql://, mysql://, mariadb:// or sqlite:///"
            raise ConfigError(f"{where}: {visible(parsed.drivername)}:// is not supported; use {known}")
        parsed = replace(parsed, drivername=driver)
        if driver.startswith("sqlite"):
            if parsed.database in (None, "", ":memory:"):
                raise ConfigError(f"{where}: a database in memory is gone when the program ends; name a file")
            parsed = replace(parsed, database=str(root / str(parsed.database)))
        elif driver.endswith("pymysql") and not parsed.database:
            raise ConfigError(f"{where}: the url names no database: mysql://user@host:3306/name")
        return cls(environment=environment, target=target, url=parsed)

    @property
    def backend(self) -> str:
        """``postgresql``, ``mysql``, ``mariadb`` or ``sqlite``."""
        return self.url.drivername.partition("+")[0]

    @property
    def dialects(self) -> tuple[str, ...]:
        """migrail's names of the dialects that the URL can mean: ``mysql://`` is how both are written."""
        named = {"postgresql": ("postgres",), "mysql": ("mysql", "mariadb"), "mariadb": ("mariadb",)}
        return named.get(self.backend, ("sqlite",))

    @property
    def ledger_schema(self) -> str | None:
        """The schema of our tables: always written out, so that nothing can stand in for them."""
        return {"postgresql": "public", "sqlite": "main"}.get(self.backend, self.url.database)

    @property
    def file(self) -> Path | None:
        """The file of a SQLite database."""
        return Path(str(self.url.database)) if self.backend == "sqlite" else None

    @property
    def label(self) -> str:
        """The environment, and the target where it has a name of its own."""
        return self.environment if self.target == "default" else f"{self.environment}/{self.target}"


def _register_secrets(url: Url) -> None:
    register_secret(url.password or "")
    for key, values in url.query.items():
        if "password" in key.lower() or "secret" in key.lower():
            for value in values:
                register_secret(value)
