"""Runs in a process of its own: what Django's models read and write."""

from __future__ import annotations

import inspect
import os
from typing import Any


def describe(reference: str) -> list[dict[str, Any]]:
    """The tables of all installed applications; ``reference`` is ``django:`` and the module of the settings."""
    os.environ["DJANGO_SETTINGS_MODULE"] = reference.partition(":")[2]
    import django
    from django.apps import apps

    django.setup()
    models = apps.get_models(include_auto_created=True)
    return [_table(model) for model in models if not model._meta.proxy and not model._meta.swapped]


def _table(model: Any) -> dict[str, Any]:
    schema, table = _names(model._meta.db_table)
    fields = [field for field in model._meta.local_concrete_fields if field.column]
    return {
        "name": model._meta.label,
        "schema": schema,
        "table": table,
        **_place(model),
        "columns": [
            {
                "name": field.column,
                "key": field.primary_key,
                "inserted": not _made_by_server(field),
                "updated": not field.primary_key and not getattr(field, "generated", False),
            }
            for field in fields
        ],
    }


def _names(db_table: str) -> tuple[str | None, str]:
    """Schemas are written ``'shop"."orders'`` in a model."""
    schema, dot, table = db_table.strip('"').partition('"."')
    return (schema, table) if dot else (None, schema)


def _made_by_server(field: Any) -> bool:
    from django.db.models import AutoField
    from django.db.models.fields import AutoFieldMixin

    automatic = isinstance(field, (AutoField, AutoFieldMixin))
    return automatic or bool(getattr(field, "generated", False)) or bool(getattr(field, "has_db_default", bool)())


def _place(model: type) -> dict[str, Any]:
    try:
        return {"path": inspect.getsourcefile(model), "line": inspect.getsourcelines(model)[1]}
    except (OSError, TypeError):
        return {"path": None, "line": 1}
