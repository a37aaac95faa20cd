"""What a server says to the queries of a case, before and after its migration. Everything is rolled back."""

from __future__ import annotations

import psycopg
from psycopg import Connection

from tests.compat.independent.cases import Asked, Case


def answers(connection: Connection, case: Case) -> tuple[list[str | None], list[str | None]]:
    """For each query why the server refuses it, before and after; ``None`` where it does not."""
    with connection.transaction(force_rollback=True):
        connection.execute(case.history.encode())
        before = [_refusal(connection, asked) for asked in case.queries]
        connection.execute(case.migration.encode())
        return before, [_refusal(connection, asked) for asked in case.queries]


def _refusal(connection: Connection, asked: Asked) -> str | None:
    try:
        with connection.transaction(force_rollback=True):
            if asked.text.startswith("COPY"):
                with connection.cursor().copy(asked.text.encode()) as rows:
                    list(rows)
            elif asked.values is None:
                connection.execute(asked.text.encode())
            else:
                connection.execute(f"PREPARE asked AS {asked.text}".encode())
                connection.execute(f"EXECUTE asked ({asked.values})".encode())
    except psycopg.Error as error:
        return str(error).partition("\n")[0]
    finally:
        connection.execute("DEALLOCATE ALL")
    return None
