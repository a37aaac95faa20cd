"""URLs are read as SQLAlchemy reads them, and lead the driver to the same place."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.engine import make_url

from migrail.runner.servers.postgres.settings import _named
from migrail.runner.url import Url

URLS = [
    "postgresql+psycopg://",
    "postgresql+psycopg:///shop",
    "postgresql+psycopg://host",
    "postgresql+psycopg://host:5433/shop",
    "postgresql+psycopg://ana@host/shop",
    "postgresql+psycopg://ana:secret@host/shop",
    "postgresql+psycopg://ana:@host/shop",
    "postgresql+psycopg://an%40a:s%2Fe%3Ac%25ret@host/sh%20op",
    "postgresql+psycopg://ana:p/w?x#y@host/shop",
    "postgresql+psycopg://ana:a:b@host/shop",
    "postgresql+psycopg://ana@[::1]:5433/shop",
    "postgresql+psycopg://[2001:db8::1]/shop",
    "postgresql+psycopg:///shop?host=/var/run/postgresql&port=6000",
    "postgresql+psycopg://ana@/shop?host=one:5432&host=two:5433",
    "postgresql+psycopg://ana@/shop?host=one,two&port=5432,5433",
    "postgresql+psycopg://ana@/shop?host=one:5433",
    "postgresql+psycopg://ana@host/shop?sslmode=require&options=-c%20geqo%3Doff&empty=",
    "mysql+pymysql://ana:secret@host:3307/shop?ssl_ca=/etc/ca.pem&local_infile=1",
    "mysql+pymysql://ana@/shop?unix_socket=/run/mysqld.sock",
    "sqlite+pysqlite:///a/b.db",
    "sqlite+pysqlite:////a/b.db",
    "sqlite+pysqlite:///a@b.db",
    "sqlite+pysqlite:///file.db?mode=ro",
]


@pytest.mark.parametrize("text", URLS)
def test_parts_are_those_that_sqlalchemy_sees(text: str) -> None:
    ours, theirs = Url.parse(text), make_url(text)
    assert (ours.host, ours.port, ours.database) == (theirs.host or None, theirs.port or None, theirs.database)
    assert (ours.username, ours.password) == (theirs.username or None, theirs.password)
    assert ours.query == {
        key: (value,) if isinstance(value, str) else tuple(value) for key, value in theirs.query.items()
    }
    assert Url.parse(text).for_sqlalchemy().render_as_string() == theirs.render_as_string()


@pytest.mark.parametrize("text", ["", "shop.db", "host:5432/shop", "postgresql://host:port/shop"])
def test_what_is_no_url_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"not a URL|invalid literal"):
        Url.parse(text)


@pytest.mark.parametrize("text", [url for url in URLS if url.startswith("postgresql")])
def test_the_driver_is_led_to_the_same_place(text: str) -> None:
    _, theirs = PGDialect_psycopg(dbapi=psycopg).create_connect_args(make_url(text))
    theirs.pop("context", None)
    assert _as_text(_named(Url.parse(text))) == _as_text(theirs)


def _as_text(arguments: dict[str, Any]) -> dict[str, str]:
    return {key: str(value) for key, value in arguments.items() if value}
