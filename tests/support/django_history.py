"""Migrates a database with Django's own applications and prints the SQL of each migration: a program of its own.

Usage: python -m tests.support.django_history URL
"""

from __future__ import annotations

import json
import sys

from sqlalchemy.engine import make_url

APPS = ("contenttypes", "auth", "admin", "sessions", "sites", "redirects", "flatpages")
ENGINES = {"postgresql": "postgresql", "sqlite": "sqlite3", "mysql": "mysql", "mariadb": "mysql"}


def main(url: str) -> None:
    """Applies everything, and prints a list of names with their SQL."""
    parsed = make_url(url)
    backend = ENGINES[parsed.get_backend_name()]
    if backend == "mysql":
        import pymysql

        pymysql.version_info = (2, 2, 1, "final", 0)  # type: ignore[assignment]
        pymysql.install_as_MySQLdb()  # type: ignore[no-untyped-call]
    import django
    from django.conf import settings

    settings.configure(
        DATABASES={
            "default": {
                "ENGINE": f"django.db.backends.{backend}",
                "NAME": parsed.database,
                "USER": parsed.username or "",
                "PASSWORD": parsed.password or "",
                "HOST": parsed.host or parsed.query.get("host") or "",
                "PORT": str(parsed.port or ""),
                "OPTIONS": _options(parsed.query, backend),
            }
        },
        INSTALLED_APPS=[f"django.contrib.{name}" for name in APPS],
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    )
    django.setup()
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    state = executor._create_project_state(with_applied_migrations=True)
    found = []
    for migration, _ in plan:
        with connection.schema_editor(collect_sql=True, atomic=migration.atomic) as editor:
            migration.apply(state.clone(), editor, collect_sql=True)
        sql = [line for line in editor.collected_sql if not line.startswith("--")]
        if sql:  # some migrations change nothing but the state of the models, or run Python
            found.append((f"{migration.app_label}_{migration.name}", "\n".join(sql)))
        state = executor.apply_migration(state, migration)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE django_migrations")
    print(json.dumps(found))


def _options(query: object, backend: str) -> dict[str, str]:
    socket = dict(query).get("unix_socket") if backend == "mysql" else None  # type: ignore[call-overload]
    return {"unix_socket": socket} if socket else {}


if __name__ == "__main__":
    main(sys.argv[1])
