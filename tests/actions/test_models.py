"""Mapped classes: what they ask, from which version, and what their code cannot do to us."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from migrail.actions.context import CheckContext, in_project
from migrail.actions.queries import configured, with_queries
from migrail.actions.workspace import Workspace
from migrail.queries import models
from tests.support.project import SHOP, Project, sqlite_project
from tests.support.repository import commit, git

SQLALCHEMY = """\
from sqlalchemy import Column, Computed, ForeignKey, Identity, MetaData, Table, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    metadata = MetaData(schema="main")


tags = Table("customer_tags", Base.metadata, Column("customer_id", ForeignKey("main.customers.id")))


class Customer(Base):
    __tablename__ = "customers"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column("Email")
    active: Mapped[bool] = mapped_column(server_default=text("true"))
    shout: Mapped[str] = mapped_column(Computed("upper(email)"))
    phone: Mapped[str | None]


class Vip(Customer):
    __tablename__ = "vips"
    id: Mapped[int] = mapped_column(ForeignKey("main.customers.id"), primary_key=True)
    level: Mapped[int]
"""

SQLALCHEMY_QUERIES = {
    "Customer select": (
        'SELECT "id", "Email", "active", "shout", "phone" FROM "main"."customers" WHERE "id" = ?',
        12,
    ),
    "Customer insert": ('INSERT INTO "main"."customers" ("Email", "phone") VALUES (?, ?)', 12),
    "Customer update": ('UPDATE "main"."customers" SET "Email" = ?, "active" = ?, "phone" = ? WHERE "id" = ?', 12),
    "Vip select": ('SELECT "id", "level" FROM "main"."vips" WHERE "id" = ?', 21),
    "Vip insert": ('INSERT INTO "main"."vips" ("id", "level") VALUES (?, ?)', 21),
    "Vip update": ('UPDATE "main"."vips" SET "level" = ? WHERE "id" = ?', 21),
    "customer_tags select": ('SELECT "customer_id" FROM "main"."customer_tags"', 1),
    "customer_tags insert": ('INSERT INTO "main"."customer_tags" ("customer_id") VALUES (?)', 1),
}

DJANGO = """\
from django.db import models


class Customer(models.Model):
    email = models.TextField(db_column="mail")
    active = models.BooleanField(db_default=True)

    class Meta:
        app_label = "shop"


class Order(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE)

    class Meta:
        app_label = "shop"
        db_table = 'sales"."orders'
"""

DJANGO_QUERIES = {
    "shop.Customer select": ('SELECT "id", "mail", "active" FROM "shop_customer" WHERE "id" = ?', 4),
    "shop.Customer insert": ('INSERT INTO "shop_customer" ("mail") VALUES (?)', 4),
    "shop.Customer update": ('UPDATE "shop_customer" SET "mail" = ?, "active" = ? WHERE "id" = ?', 4),
    "shop.Order select": ('SELECT "id", "customer_id" FROM "sales"."orders" WHERE "id" = ?', 12),
    "shop.Order insert": ('INSERT INTO "sales"."orders" ("customer_id") VALUES (?)', 12),
    "shop.Order update": ('UPDATE "sales"."orders" SET "customer_id" = ? WHERE "id" = ?', 12),
}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    found = sqlite_project(tmp_path)
    found.write_all(SHOP)
    found.configure({}, extra='models = ["shop.models:Base"]\n')
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "__init__.py").write_text("")
    monkeypatch.chdir(tmp_path)
    return found


def write(project: Project, code: str) -> None:
    (project.root / "shop" / "models.py").write_text(code)


def read(*, since: str | None = None, new_code: bool = False, import_models: bool = True) -> CheckContext:
    workspace = Workspace.open()
    context = in_project(workspace, [], since=since, version=None, history=None)
    return with_queries(context, configured(workspace, import_models=import_models), new_code=new_code)


def asked(context: CheckContext) -> dict[str | None, tuple[str, int]]:
    assert not context.unreadable
    assert {query.origin.path for query in context.queries} == {"shop/models.py"}
    return {query.origin.name: (query.text, query.origin.line) for query in context.queries}


def test_sqlalchemy(project: Project) -> None:
    write(project, SQLALCHEMY)
    assert asked(read()) == SQLALCHEMY_QUERIES


@pytest.mark.parametrize("attribute", ["Base.registry", "Base.metadata"])
def test_other_attributes_of_sqlalchemy(project: Project, attribute: str) -> None:
    write(project, f"{SQLALCHEMY}\nfound = {attribute}\n")
    project.configure({}, extra='models = ["shop.models:found"]\n')
    texts = {text for text, _ in asked(read()).values()}
    assert 'SELECT "customer_id" FROM "main"."customer_tags"' in texts
    assert any(text.startswith('UPDATE "main"."customers"') for text in texts)


def test_django(project: Project) -> None:
    write(project, DJANGO)
    (project.root / "shop" / "settings.py").write_text(
        "INSTALLED_APPS = ['shop']\nDEFAULT_AUTO_FIELD = 'django.db.models.BigAutoField'\n"
    )
    project.configure({}, extra='models = ["django:shop.settings"]\n')
    assert asked(read()) == DJANGO_QUERIES


def test_nothing_is_imported_unless_asked(project: Project) -> None:
    write(project, "open('imported', 'w')\n")
    context = read(import_models=False)
    assert (context.queries, context.unreadable) == ((), ())
    assert any("--import-models" in note for note in context.notes)
    assert not (project.root / "imported").exists()


def test_the_models_of_the_revision_are_what_runs(project: Project) -> None:
    write(project, SQLALCHEMY)
    git(project.root, "init", "--quiet", "--initial-branch", "main")
    commit(project.root, "shop")
    write(project, SQLALCHEMY.replace("    phone: Mapped[str | None]\n", "").replace('"Email"', '"mail"'))
    context = read(since="main", new_code=True)
    assert asked(context) == SQLALCHEMY_QUERIES
    assert context.new_queries is not None
    assert {query.text for query in context.new_queries} == {
        'SELECT "id", "mail", "active", "shout" FROM "main"."customers" WHERE "id" = ?',
        'INSERT INTO "main"."customers" ("mail") VALUES (?)',
        'UPDATE "main"."customers" SET "mail" = ?, "active" = ? WHERE "id" = ?',
    }
    assert {query.origin.path for query in context.new_queries} == {"shop/models.py"}


def test_another_version_that_is_installed_is_not_taken_for_the_revision(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed = project.root / "lib" / "site"
    (installed / "shop").mkdir(parents=True)
    (installed / "shop" / "__init__.py").write_text("")
    (installed / "shop" / "models.py").write_text(SQLALCHEMY)
    (project.root / "shop" / "__init__.py").unlink()
    (project.root / "shop").rmdir()
    (project.root / ".gitignore").write_text("lib\n")
    git(project.root, "init", "--quiet", "--initial-branch", "main")
    commit(project.root, "shop")
    monkeypatch.setenv("PYTHONPATH", str(installed))
    assert read().queries
    (item,) = read(since="main").unreadable
    assert "imported from lib/site/shop/models.py, which is another version" in item.reason


SECRET = "hunter2"
PRELUDE = f"import os, sys, threading, time\nprint('{SECRET}'); print('{SECRET}', file=sys.stderr)\n"


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (f"raise RuntimeError('{SECRET}')", "importing raised RuntimeError at shop/models.py:3"),
        (f"sys.exit('{SECRET}')", "importing raised SystemExit at shop/models.py:3"),
        ("os._exit(0)", "the process ended without an answer"),
        ("os.kill(os.getpid(), 9)", "the process ended without an answer"),
        ("import nowhere", "there is no module nowhere at shop/models.py:3"),
        ("x = (", "importing raised SyntaxError"),
        ("pass", "importing raised AttributeError"),
        ("Base = 3", "importing raised AttributeError"),
        ("def f(): f()\nf()", "importing raised RecursionError at shop/models.py:3"),
    ],
)
def test_what_importing_may_do(project: Project, code: str, reason: str, capfd: pytest.CaptureFixture[str]) -> None:
    write(project, PRELUDE + code)
    context = read()
    (item,) = context.unreadable
    assert item.reason == f"models: {reason}"
    assert (item.origin.path, item.origin.line, item.text) == ("migrail.toml", 4, "shop.models:Base")
    assert SECRET not in "".join(capfd.readouterr()) + repr(context)


def test_importing_that_never_ends_is_ended(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "TIMEOUT", 3.0)
    write(project, PRELUDE + "os.system('sleep 600 & echo $! > child')\nwhile True: time.sleep(1)\n")
    (item,) = read().unreadable
    assert item.reason == "models: importing did not end within 3 seconds"
    child = int((project.root / "child").read_text())
    for _ in range(50):
        if not _runs(child):
            break
        time.sleep(0.1)
    assert not _runs(child)


def _runs(process: int) -> bool:
    """Whether it runs; a process that ended and that nobody waited for does not."""
    try:
        return ") Z " not in Path(f"/proc/{process}/stat").read_text()
    except OSError:
        try:
            os.kill(process, 0)
        except OSError:
            return False
        return not Path("/proc").exists()


def test_threads_and_handlers_that_are_left_do_not_hold_it(project: Project) -> None:
    code = PRELUDE + "import atexit\natexit.register(time.sleep, 600)\n"
    code += "threading.Thread(target=time.sleep, args=(600,)).start()\n"
    write(project, code + SQLALCHEMY)
    context = read()
    assert len(context.queries) == len(SQLALCHEMY_QUERIES)


@pytest.mark.parametrize("reference", ["shop.models", "shop models:Base", "--help", "a;b:c", ":x", "django:", ""])
def test_references_that_are_none(project: Project, reference: str) -> None:
    write(project, SQLALCHEMY)
    project.configure({}, extra=f'models = ["{reference}"]\n')
    (item,) = read().unreadable
    assert item.reason == "models: is no module:attribute"


def test_another_python(project: Project) -> None:
    write(project, SQLALCHEMY)
    project.configure({}, extra='models = ["shop.models:Base"]\nmodels_python = "venv/bin/python"\n')
    (item,) = read().unreadable
    assert "venv/bin/python cannot be run: No such file or directory" in item.reason
