"""URLs of databases as SQLAlchemy writes them, read without it; a test holds the two to the same answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote

if TYPE_CHECKING:
    from sqlalchemy.engine import URL


@dataclass(frozen=True, slots=True)
class Url:
    """The parts of a URL, decoded. It holds secrets."""

    drivername: str
    username: str | None
    password: str | None
    host: str | None
    port: int | None
    database: str | None
    query: Mapping[str, tuple[str, ...]]

    @classmethod
    def parse(cls, text: str) -> Url:
        """Reads a URL.

        Raises:
            ValueError: it is none.
        """
        drivername, found, rest = text.partition("://")
        if not found:
            raise ValueError("not a URL")
        login, found, behind = rest.partition("@")
        username, colon, password = login.partition(":")
        if found and "/" not in username:
            rest = behind
        else:
            username = password = colon = ""
        rest, _, asked = rest.partition("?")
        place, slash, database = rest.partition("/")
        if place.startswith("["):
            host, _, port = place[1:].partition("]")
        else:
            host, _, port = place.partition(":")
        query: dict[str, tuple[str, ...]] = {}
        for key, value in parse_qsl(asked):
            query[key] = (*query.get(key, ()), value)
        number = port.removeprefix(":")
        return cls(
            drivername=drivername,
            username=unquote(username) or None,
            password=unquote(password) if colon else None,
            host=host or None,
            port=int(number) if number else None,
            database=unquote(database) if slash else None,
            query=query,
        )

    def __hash__(self) -> int:
        return hash((self.drivername, self.username, self.password, self.host, self.port, self.database))

    def for_sqlalchemy(self) -> URL:
        """The same for SQLAlchemy."""
        from sqlalchemy.engine import URL

        return URL.create(
            self.drivername,
            username=self.username,
            password=self.password,
            host=self.host,
            port=self.port,
            database=self.database,
            query={key: values[0] if len(values) == 1 else values for key, values in self.query.items()},
        )
