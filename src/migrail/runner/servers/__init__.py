"""What differs between database servers when migrations run on them. One server is one module or package."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from migrail.runner.servers._dead_peers import answering
from migrail.runner.servers._interface import Guard, Server

if TYPE_CHECKING:
    from migrail.runner.address import Address

__all__ = ["Guard", "Server", "answering", "server_of"]

_MODULES = {"postgresql": "postgres", "mysql": "mysql", "mariadb": "mysql", "sqlite": "sqlite"}


def server_of(address: Address) -> Server:
    """How to work with the server of an address; imports its driver no earlier than it is needed."""
    found: Server = import_module(f"{__name__}.{_MODULES[address.backend]}").SERVER
    return found
