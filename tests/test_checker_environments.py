"""One check for several environments: versions, severities, what each has applied, and how big its tables are."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from migrail import dialects
from migrail.checker import CheckedEnvironment, CheckResult, Profile, SmallTable, check, check_everywhere
from migrail.dialects import Version
from migrail.model.findings import Finding, Severity
from migrail.model.rewrites import Applicability
from migrail.model.statistics import Measure, RelationSize, Statistics
from tests.rules.checking import script

POSTGRES = dialects.get("postgres")
HISTORY = "CREATE TABLE orders (id bigint PRIMARY KEY, note text); CREATE TABLE tiny (id integer);"


ALL = SmallTable()
"""None is small."""


def environment(
    name: str,
    version: int = 15,
    *,
    severities: Mapping[str, Severity | None] | None = None,
    applied: set[str] | None = None,
    rows: Mapping[str, int] | None = None,
    small: SmallTable = ALL,
) -> CheckedEnvironment:
    sizes = {relation: RelationSize(rows=count, bytes=count * 100) for relation, count in (rows or {}).items()}
    return CheckedEnvironment(
        name=name,
        version=(version,),
        severities=severities or {},
        applied=None if applied is None else frozenset(applied),
        statistics=None
        if rows is None
        else Statistics(environment=name, captured_at="2026-11-20T12:00:00Z", relations=sizes),
        small=small,
    )


def judged(
    environments: list[CheckedEnvironment], *texts: str, judge: int = 1
) -> tuple[CheckResult, list[Version]]:
    """The answer about the last ``judge`` files, and the versions of the runs that were needed for it."""
    scripts = [script(text, number=number) for number, text in enumerate(texts, 1)]
    runs: list[Version] = []

    def run(profile: Profile) -> CheckResult:
        runs.append(profile.version)
        return check(
            profile.history,
            profile.new,
            dialect=POSTGRES,
            version=profile.version,
            severities=profile.severities,
            pending=profile.pending,
        )

    return check_everywhere(environments, scripts[:-judge], scripts[-judge:], run), runs


def of(result: CheckResult, code: str) -> list[Finding]:
    return [finding for finding in result.findings if finding.code == code]


@pytest.mark.parametrize(
    ("code", "versions", "sql", "where"),
    [
        ("MR208", (18, 10), "ALTER TABLE orders ADD COLUMN s text DEFAULT 'x'", ("b",)),
        ("MR208", (11, 10), "ALTER TABLE orders ADD COLUMN s text DEFAULT 'x'", ("b",)),
        ("MR208", (15, 10), "ALTER TABLE orders ADD COLUMN s text DEFAULT random()::text", ()),
        ("MR201", (18, 10), "CREATE INDEX ON orders (note)", ()),
    ],
)
def test_versions(code: str, versions: tuple[int, int], sql: str, where: tuple[str, ...]) -> None:
    result, _ = judged([environment("a", versions[0]), environment("b", versions[1])], HISTORY, sql)
    assert [finding.environments for finding in of(result, code)] == [where]
    assert result.environments == {"a": (versions[0],), "b": (versions[1],)}


def test_not_null_is_proven_from_12_on() -> None:
    proof = "ALTER TABLE orders ADD CONSTRAINT c CHECK (note IS NOT NULL);"
    sql = "ALTER TABLE orders ALTER note SET NOT NULL"
    result, _ = judged([environment("new", 12), environment("old", 11)], HISTORY + proof, sql)
    assert [finding.environments for finding in of(result, "MR202")] == [("old",)]


def test_environments_that_are_alike_share_a_run() -> None:
    alike = [environment("a"), environment("b"), environment("c", 18)]
    assert judged(alike, HISTORY, "CREATE INDEX ON orders (note)")[1] == [(15,), (18,)]


def test_severities() -> None:
    environments = [
        environment("dev", severities={"MR201": None}),
        environment("qa", severities={"MR201": Severity.NOTE}),
        environment("prod"),
    ]
    result, _ = judged(environments, HISTORY, "CREATE INDEX ON orders (note)")
    found = [(finding.severity, finding.environments) for finding in of(result, "MR201")]
    assert found == [(Severity.NOTE, ("qa",)), (Severity.ERROR, ("prod",))]


INDEX = "CREATE INDEX ON orders (note)"


@pytest.mark.parametrize(
    ("applied", "where"),
    [
        ({"a": {"0001_change"}, "b": {"0001_change"}}, [()]),
        ({"a": {"0001_change"}, "b": set()}, [("a",)]),
        ({"a": set(), "b": set()}, []),
        ({"a": {"0001_change"}, "b": None}, [()]),
        ({"a": {"0001_change", "0002_change"}, "b": {"0001_change"}}, [("b",)]),
    ],
)
def test_what_is_applied_decides_what_is_new(
    applied: dict[str, set[str] | None], where: list[tuple[str, ...]]
) -> None:
    """A table of a migration that waits as well is new: nobody waits for it."""
    result, _ = judged([environment(name, applied=ids) for name, ids in applied.items()], HISTORY, INDEX)
    assert [finding.environments for finding in of(result, "MR201")] == where


def test_a_judged_migration_that_is_applied_is_history_there() -> None:
    """Both files are judged; on b the first is there already, so that its table is in use."""
    environments = [environment("a", applied=set()), environment("b", applied={"0001_change"})]
    result, _ = judged(environments, HISTORY, INDEX, judge=2)
    assert [finding.environments for finding in of(result, "MR201")] == [("b",)]
    assert [summary.id for summary in result.migrations] == ["0001_change", "0002_change"]


def test_a_suppression_of_use_in_one_environment_is_of_use() -> None:
    ignored = '-- migrail: ignore MR208 reason="small"\n'
    sql = "ALTER TABLE orders ADD COLUMN s text DEFAULT 'x'"
    result, _ = judged([environment("new", 18), environment("old", 10)], HISTORY, ignored + sql)
    assert not of(result, "MR208")
    assert not of(result, "MR503")
    unused, _ = judged([environment("new", 18), environment("other", 17)], HISTORY, ignored + sql)
    assert [finding.environments for finding in unused.findings if "MR208" in finding.message] == [()]


def test_the_gravest_phase_counts() -> None:
    sql = "ALTER TABLE orders ALTER note SET NOT NULL"
    proof = "ALTER TABLE orders ADD CONSTRAINT c CHECK (note IS NOT NULL);"
    result, _ = judged([environment("new", 12), environment("old", 11)], HISTORY + proof, sql)
    alone, _ = judged([environment("old", 11)], HISTORY + proof, sql)
    assert result.migrations == alone.migrations


BIG = {"public.orders": 42_000_000}


ROWS = SmallTable(rows=1000)
BYTES = SmallTable(bytes=100_000)
BOTH = SmallTable(rows=1000, bytes=50_000)


@pytest.mark.parametrize(
    ("rows", "small", "said"),
    [
        (None, ROWS, True),
        ({}, ROWS, True),
        (BIG, ROWS, True),
        ({"public.orders": 999}, ROWS, False),
        ({"public.orders": 1000}, ROWS, True),
        ({"public.orders": 0}, SmallTable(), True),
        ({"public.orders": 999}, BYTES, False),  # a row has 100 bytes
        ({"public.orders": 1000}, BYTES, True),
        ({"public.orders": 499}, BOTH, False),
        ({"public.orders": 999}, BOTH, True),
        ({"public.other": 1}, ROWS, True),
    ],
)
def test_small_tables(rows: dict[str, int] | None, small: SmallTable, said: bool) -> None:
    result, _ = judged([environment("prod", rows=rows, small=small)], HISTORY, INDEX)
    assert bool(of(result, "MR201")) is said


def test_quiet_in_one_environment_is_said_of_the_other() -> None:
    environments = [environment("qa", rows={"public.orders": 12}, small=ROWS), environment("prod", rows=BIG)]
    (finding,) = of(judged(environments, HISTORY, INDEX)[0], "MR201")
    assert finding.environments == ("prod",)
    assert finding.message.endswith("; public.orders has 42 million rows, 3.9 GB on prod")


def test_only_findings_about_locks_are_left_out() -> None:
    """A small table breaks the running code like a big one."""
    sql = "ALTER TABLE orders ALTER note TYPE integer USING 1"
    small = environment("prod", rows={"public.orders": 1}, small=ROWS)
    before, _ = judged([environment("prod")], HISTORY, sql)
    after, _ = judged([small], HISTORY, sql)
    codes = {finding.code: finding.category.value for finding in before.findings}
    gone = set(codes) - {finding.code for finding in after.findings}
    assert {codes[code] for code in gone} == {"locking"}
    assert any(category == "compatibility" for category in codes.values())


def test_sizes_of_all_environments() -> None:
    environments = [environment("qa", rows={"public.orders": 12}), environment("prod", rows=BIG)]
    (finding,) = of(judged(environments, HISTORY, INDEX)[0], "MR201")
    assert finding.environments == ()
    assert [(size.environment, size.relation, size.said) for size in finding.sizes] == [
        ("qa", "public.orders", "12 rows, 1.2 kB"),
        ("prod", "public.orders", "42 million rows, 3.9 GB"),
    ]


@pytest.mark.parametrize(
    ("rows", "size", "said"),
    [
        (0, 0, "0 rows, 0 bytes"),
        (1, 8192, "1 row, 8 kB"),
        (999_999, 2**20, "999,999 rows, 1 MB"),
        (1_250_000, 5 * 2**30, "1.2 million rows, 5 GB"),
        (3_000_000_000, 3 * 2**40, "3 billion rows, 3 TB"),
    ],
)
def test_words(rows: int, size: int, said: str) -> None:
    measure = Measure(
        environment="prod", relation="t", size=RelationSize(rows=rows, bytes=size), captured_at="2026-11-20"
    )
    assert measure.said == said


@pytest.mark.parametrize(
    ("versions", "said", "applicability"),
    [
        ((18, 15), "CHECK (note IS NOT NULL) NOT VALID", Applicability.SAFE),
        ((15, 18), "CHECK (note IS NOT NULL) NOT VALID", Applicability.SAFE),
        ((18, 18), "NOT NULL note NOT VALID", Applicability.SAFE),
    ],
)
def test_the_advice_is_for_the_oldest_server(
    versions: tuple[int, int], said: str, applicability: Applicability
) -> None:
    qa, prod = versions
    result, _ = judged(
        [environment("qa", qa), environment("prod", prod)], HISTORY, "ALTER TABLE orders ALTER note SET NOT NULL;"
    )
    (found,) = [finding for finding in result.findings if finding.code == "MR202"]
    assert found.rewrite is not None
    assert said in found.rewrite.text
    assert said in found.help
    assert found.rewrite.applicability is applicability


def test_a_rewrite_that_an_older_server_may_not_take_is_for_a_person() -> None:
    off: Mapping[str, Severity | None] = {"MR202": None}
    result, _ = judged(
        [environment("qa", 18), environment("prod", 15, severities=off)],
        HISTORY,
        "ALTER TABLE orders ALTER note SET NOT NULL;",
    )
    (found,) = [finding for finding in result.findings if finding.code == "MR202"]
    assert found.rewrite is not None
    assert found.rewrite.applicability is Applicability.MANUAL
