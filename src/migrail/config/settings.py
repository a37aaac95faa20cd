"""The settings of a project. The field descriptions are the reference page."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PrivateAttr,
    ValidationError,
    field_validator,
    model_validator,
)

from migrail import dialects, sources
from migrail.config.locate import line_of
from migrail.dialects import Version
from migrail.gates import always_on, gate_types
from migrail.model.gates import Gate
from migrail.model.text import of_form

if TYPE_CHECKING:
    from migrail.model.findings import Severity

_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*(ms|s|min|m|h|d)")
_SECONDS = {"ms": 0.001, "s": 1.0, "min": 60.0, "m": 60.0, "h": 3600.0, "d": 86400.0}


def seconds(value: object) -> object:
    """``"2s"``, ``"500ms"``, ``"10min"``, ``"24h"``, ``"7d"`` or a number of seconds, as seconds."""
    if isinstance(value, str):
        match = _DURATION.fullmatch(value.strip())
        if not match:
            raise ValueError('write a duration such as "500ms", "2s", "10min", "24h" or "7d"')
        return float(match[1]) * _SECONDS[match[2]]
    return value


_SIZE = re.compile(r"(\d+)\s*(kB|MB|GB|TB)?")
_UNITS = {None: 1, "kB": 2**10, "MB": 2**20, "GB": 2**30, "TB": 2**40}


def _size(value: object) -> object:
    if isinstance(value, str):
        match = _SIZE.fullmatch(value.strip())
        if not match:
            raise ValueError('write a size such as "500 kB", "50 MB" or "2 GB"')
        return int(match[1]) * _UNITS[match[2]]
    return value


def _version(value: object) -> object:
    if isinstance(value, str) and re.fullmatch(r"\d+(\.\d+)*", value.strip()):
        return tuple(int(part) for part in value.strip().split("."))
    raise ValueError('write a server version such as "15" or "3.40.1", in quotes')


def _one_or_more(value: object) -> object:
    return [value] if isinstance(value, str) else value


Seconds = Annotated[float, BeforeValidator(seconds), Field(ge=0)]
Size = Annotated[int, BeforeValidator(_size), Field(ge=0)]
ServerVersion = Annotated[Version, BeforeValidator(_version)]
ShortName = Annotated[str, AfterValidator(of_form(r"[\w.-]{1,60}", "use 1 to 60 letters, digits, '.', '_' or '-'"))]
ProjectName = Annotated[
    str, AfterValidator(of_form(r"[\w.-]{1,100}", "use 1 to 100 letters, digits, '.', '_' or '-'"))
]
SchemaNames = Annotated[str, AfterValidator(of_form(r'[\w$", -]+', "write names of schemas, with commas between"))]
Strings = Annotated[tuple[str, ...], BeforeValidator(_one_or_more)]
RuleLevel = Literal["error", "warning", "note", "off"]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True, defer_build=True)


class ProjectSettings(_Section):
    """``[project]``: what the migrations are and where decisions are kept."""

    name: ProjectName = Field(
        description="Name of the project; part of every batch digest and of each target's identity."
    )
    dialect: str = Field(description="Database of all environments: `postgres`, `mysql`, `mariadb` or `sqlite`.")
    migrations: Strings = Field(
        default=("migrations",),
        description="Folder or folders with the migrations, relative to the config file.",
    )
    format: str = Field(default="auto", description="Layout of the migrations: `auto` or the name of a source.")
    queries: Strings = Field(
        default=(),
        description="Globs of files with the queries that the application runs, relative to the config file: "
        "`.sql` files, Python source, captures.",
    )
    models: Strings = Field(
        default=(),
        description="Mapped classes whose queries count too: `module:attribute` for SQLAlchemy's base or metadata, "
        "`django:settings.module` for Django. Read with `check --import-models` only, which runs their code.",
    )
    models_python: str | None = Field(
        default=None,
        description="The Python that has the application's packages, for `models`: a path relative to the config "
        "file, or a command. Default: the one that runs migrail.",
    )
    tracker: str = Field(
        default="sqlite:///.migrail/tracker.db",
        description="URL of the tracker: a SQLite file, or a PostgreSQL database that the team shares.",
    )

    @field_validator("dialect")
    @classmethod
    def _known_dialect(cls, value: str) -> str:
        return _one_of(value, dialects.names(), "dialect")

    @field_validator("format")
    @classmethod
    def _known_format(cls, value: str) -> str:
        return _one_of(value, ["auto", *sources.names()], "format")


class CheckSettings(_Section):
    """``[check]``: how findings count."""

    fail_on: Literal["error", "warning", "note", "never"] = Field(
        default="error", description="Findings of this severity or above make `check` exit with code 1."
    )
    since: str | None = Field(
        default=None,
        description="Git revision that `check` compares with when neither paths nor `--since` are given, "
        "for example `origin/main`: migrations that are not there are new.",
    )
    small_table_rows: int = Field(
        default=0,
        ge=0,
        description="Rules say nothing about locks where all tables that are read or written again have fewer rows "
        "than this; needs the statistics of the environment.",
    )
    small_table_size: Size = Field(
        default=0,
        description="The same by the size of the table without indexes, such as `50 MB`; where both are set, both "
        "must hold.",
    )
    rules: dict[str, RuleLevel] = Field(
        default_factory=dict, description="Severity per rule code: `error`, `warning`, `note` or `off`."
    )

    @property
    def severities(self) -> dict[str, Severity | None]:
        """Configured severities by code; ``None`` for rules that are off."""
        return _severities(self.rules)


def _severities(rules: dict[str, RuleLevel]) -> dict[str, Severity | None]:
    from migrail.model.findings import Severity

    return {code: None if level == "off" else Severity(level) for code, level in rules.items()}


TransactionWord = Literal["migration", "batch", "off"]
_TRANSACTION = (
    "What one transaction holds: a `migration` with its ledger row, a whole `batch`, or, with `off`, nothing more "
    "than a statement. Statements that the server refuses in a transaction run outside of it by themselves."
)
_LOCK_TIMEOUT = "How long a statement waits for a table lock before the transaction is rolled back and tried again."
_LOCK_BUDGET = "For how long a migration that locks keep out is tried again, with growing pauses."


class PromoteSettings(_Section):
    """``[promote]``: limits while promoting."""

    transaction: TransactionWord = Field(default="migration", description=_TRANSACTION)
    lock_timeout: Seconds = Field(default=2.0, description=_LOCK_TIMEOUT)
    lock_budget: Seconds = Field(default=60.0, description=_LOCK_BUDGET)
    guard_timeout: Seconds = Field(
        default=10.0, description="How long to wait for another promotion into the same target to end."
    )
    connect_timeout: Seconds = Field(default=5.0, description="How long to wait for a connection.")
    search_path: SchemaNames = Field(
        default="public",
        description="PostgreSQL: where unqualified names are looked up, whatever roles and databases say.",
    )
    max_observation_age: Seconds = Field(
        default=24 * 3600.0,
        description="How old the tracker's last observation of an unreachable lower environment may be "
        "and still let a batch go up.",
    )


_MIGRATION_URL = (
    "URL for everything that changes the database, where `url` leads through a pooler: the same database, directly."
)


class TargetSettings(_Section):
    """One database of an environment."""

    name: ShortName = Field(description="Name of the target, unique in its environment.")
    url: str = Field(description="SQLAlchemy URL; `${env:NAME}`, `${file:PATH}` and `${cmd:COMMAND}` are replaced.")
    migration_url: str | None = Field(default=None, description=_MIGRATION_URL)


def make_gate(table: dict[str, Any]) -> Gate:
    """The gate of one ``{ type = "...", ... }`` table.

    Raises:
        ValueError: type or settings are wrong.
    """
    rest = dict(table)
    kind = rest.pop("type", None)
    if not isinstance(kind, str):
        raise ValueError('a gate needs a type, for example { type = "approval", count = 1 }')  # noqa: TRY004
    configurable = {name: gate for name, gate in gate_types().items() if not gate.always}
    _one_of(kind, [*configurable], "gate type")
    try:
        settings = configurable[kind].settings(**rest)
    except ValidationError as error:
        known = [*getattr(configurable[kind].settings, "model_fields", ())]
        mistakes = [_gate_mistake(mistake, known) for mistake in error.errors(include_url=False)]
        raise ValueError("; ".join(mistakes)) from None
    return Gate(configurable[kind], settings)


def _gate_mistake(mistake: Any, known: list[str]) -> str:
    key = ".".join(map(str, mistake["loc"]))
    if mistake["type"] == "extra_forbidden":
        return f"unknown key {key!r}{nearest(key, known)}"
    return f"{key} is missing" if mistake["type"] == "missing" else f"{key}: {mistake['msg']}"


def nearest(word: str, known: Sequence[str]) -> str:
    """``; did you mean 'count'?``, or nothing."""
    near = difflib.get_close_matches(word, known, n=1, cutoff=0.5)
    return f"; did you mean {near[0]!r}?" if near else ""


def _checked_gate(table: dict[str, Any]) -> dict[str, Any]:
    make_gate(table)
    return table


GateTable = Annotated[dict[str, Any], AfterValidator(_checked_gate)]


class EnvironmentSettings(_Section):
    """``[[environment]]``: one place in the pipeline."""

    name: ShortName = Field(description="Name of the environment.")
    url: str | None = Field(default=None, description="URL of its database, if it has one.")
    migration_url: str | None = Field(default=None, description=_MIGRATION_URL)
    targets: tuple[TargetSettings, ...] = Field(
        default=(), description="Its databases, if it has several: tables with `name` and `url`."
    )
    after: tuple[str, ...] | None = Field(
        default=None,
        description="Environments that must have a batch before it may enter here. "
        "Default: the environment listed before; `[]` for one that batches enter first.",
    )
    server_version: ServerVersion | None = Field(
        default=None, description="Version of the server, for `check`, which reaches no database."
    )
    rules: dict[str, RuleLevel] = Field(
        default_factory=dict, description="Severity per rule code here, instead of that in `[check.rules]`."
    )
    statistics: str | None = Field(
        default=None,
        description="File that says how big its tables are (`migrail.statistics/1`), relative to the config file.",
    )
    transaction: TransactionWord | None = Field(default=None, description=f"{_TRANSACTION} Default: `[promote]`.")
    lock_timeout: Seconds | None = Field(default=None, description=f"{_LOCK_TIMEOUT} Default: `[promote]`.")
    lock_budget: Seconds | None = Field(default=None, description=f"{_LOCK_BUDGET} Default: `[promote]`.")
    gates: tuple[GateTable, ...] = Field(
        default=(), description="Gates besides `lower-environment`, which is always on."
    )
    _gates: tuple[Gate, ...] = PrivateAttr(default=())

    @model_validator(mode="after")
    def _has_targets(self) -> Self:
        if (self.url is None) == (not self.targets):
            raise ValueError(f"environment {self.name!r} needs either url or targets")
        if self.migration_url is not None and self.targets:
            raise ValueError(f"environment {self.name!r}: write migration_url into each of its targets")
        names = [target.name for target in self.targets]
        if len(set(names)) != len(names):
            raise ValueError(f"environment {self.name!r} has two targets of one name")
        self._gates = (*always_on(), *(make_gate(gate) for gate in self.gates))
        return self

    @property
    def severities(self) -> dict[str, Severity | None]:
        """Configured severities by code; ``None`` for rules that are off."""
        return _severities(self.rules)

    @property
    def all_targets(self) -> tuple[TargetSettings, ...]:
        """Its databases; one with ``url`` is called ``default``."""
        if self.targets:
            return self.targets
        return (TargetSettings(name="default", url=self.url or "", migration_url=self.migration_url),)

    @property
    def all_gates(self) -> tuple[Gate, ...]:
        """The gates that are always on, then the configured ones."""
        return self._gates


class Settings(_Section):
    """A whole configuration."""

    project: ProjectSettings
    check: CheckSettings = CheckSettings()
    promote: PromoteSettings = PromoteSettings()
    environment: tuple[EnvironmentSettings, ...] = ()
    _root: Path = PrivateAttr(default=Path())
    _path: Path = PrivateAttr(default=Path())

    @property
    def root(self) -> Path:
        """The folder of the configuration file; relative paths start here."""
        return self._root

    @property
    def path(self) -> Path:
        """The configuration file."""
        return self._path

    def line_of(self, *key: str) -> int | None:
        """The line of the configuration file on which a key stands; ``None`` where it cannot be told."""
        try:
            text = self._path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError):
            return None
        return line_of(text, key if self._path.name != "pyproject.toml" else ("tool", "migrail", *key))

    def named(self, environment: str) -> EnvironmentSettings:
        """The environment of that name, which must exist."""
        return next(settings for settings in self.environment if settings.name == environment)

    def located(self, path: Path) -> Settings:
        """The same settings, knowing their file."""
        self._path, self._root = path, path.parent
        return self


def _one_of(value: str, known: list[str], what: str) -> str:
    if value not in known:
        raise ValueError(f"there is no {what} {value!r}; there is {', '.join(known)}{nearest(value, known)}")
    return value
