"""Every page is whole, and its examples are true."""

from __future__ import annotations

import pytest

from migrail.checker import CheckResult
from migrail.model.errors import UsageError
from migrail.model.findings import Category, Severity
from migrail.model.registry import module_names
from migrail.rules import Example, Rule, find, page, read_page, rules
from migrail.rules._page import NO_REWRITE, SECTIONS
from tests.rules.checking import codes, judge

CATEGORIES = {
    "1": {Category.COMPATIBILITY},
    "2": {Category.LOCKING},
    "3": {Category.DATA_LOSS},
    "4": {Category.WILL_FAIL},
    "5": {Category.RELIABILITY},
    "6": {Category.PARITY},
    "7": {Category.SECURITY},
    "8": {Category.CONVENTION},
}


def _judged(rule: Rule, example: Example) -> CheckResult:
    """By all rules that speak without being asked, and this one."""
    return judge(
        example.migration,
        history=example.history,
        dialect=example.dialect,
        version=example.version,
        severities={} if rule.enabled else {rule.code: rule.severity},
    )


OPERATION_RULES = [rule for rule in rules().values() if rule.check_operation is not None]


def _examples(heading: str) -> list[object]:
    return [
        pytest.param(rule, example, id=f"{rule.code}-{number}")
        for rule in OPERATION_RULES
        for number, example in enumerate(read_page(rule).examples(heading), 1)
    ]


@pytest.mark.parametrize("rule", rules().values(), ids=lambda rule: rule.code)
def test_every_page_has_a_title_and_all_sections_in_order(rule: Rule) -> None:
    shown = read_page(rule)
    headings = [line[3:] for line in shown.text.split("\n") if line.startswith("## ")]
    if NO_REWRITE in headings:
        assert headings.index(NO_REWRITE) == headings.index("Accepted") + 1
        headings.remove(NO_REWRITE)
    assert tuple(headings) == SECTIONS
    assert shown.title
    assert not shown.title.startswith("#")
    assert all(shown.section(heading) for heading in SECTIONS)
    assert page(rule) == shown.text


SAFE_WAYS = {Category.COMPATIBILITY, Category.LOCKING, Category.DATA_LOSS}
"""What a rule is about when it has to show how to write it instead."""


@pytest.mark.parametrize(
    "rule", [r for r in OPERATION_RULES if r.category in SAFE_WAYS], ids=lambda rule: rule.code
)
def test_every_finding_has_a_rewrite_or_the_page_says_why_not(rule: Rule) -> None:
    found = [
        finding
        for example in read_page(rule).examples("Refused")
        for finding in _judged(rule, example).findings
        if finding.code == rule.code
    ]
    assert found
    missing = any(finding.rewrite is None for finding in found)
    assert missing == (f"## {NO_REWRITE}" in page(rule))


@pytest.mark.parametrize("rule", rules().values(), ids=lambda rule: rule.code)
def test_codes_tell_the_category_and_one_function_is_given(rule: Rule) -> None:
    assert rule.category in CATEGORIES[rule.code[2]]
    functions = (
        rule.check_operation,
        rule.check_history,
        rule.check_phases,
        rule.check_queries,
        rule.check_suppressions,
    )
    assert sum(function is not None for function in functions) == 1
    assert bool(rule.on) == (rule.check_operation is not None)


@pytest.mark.parametrize("rule", OPERATION_RULES, ids=lambda rule: rule.code)
def test_every_rule_about_operations_shows_both_sides_for_its_dialects(rule: Rule) -> None:
    for heading in ("Refused", "Accepted"):
        assert {example.dialect for example in read_page(rule).examples(heading)} <= set(rule.dialects)
        assert read_page(rule).examples(heading)


@pytest.mark.parametrize(
    "rule", [rule for rule in rules().values() if rule not in OPERATION_RULES], ids=lambda r: r.code
)
def test_pages_about_files_show_text(rule: Rule) -> None:
    for heading in ("Refused", "Accepted"):
        assert "```text\n" in read_page(rule).section(heading)


@pytest.mark.parametrize(("rule", "example"), _examples("Refused"))
def test_refused_examples_are_found(rule: Rule, example: Example) -> None:
    result = _judged(rule, example)
    assert rule.code in codes(result)


@pytest.mark.parametrize(("rule", "example"), _examples("Accepted"))
def test_accepted_examples_are_free_of_errors(rule: Rule, example: Example) -> None:
    result = _judged(rule, example)
    assert rule.code not in codes(result)
    assert [finding for finding in result.findings if finding.severity is Severity.ERROR] == []


def test_an_example_may_have_a_history_and_directives() -> None:
    (example,) = [e for e in read_page(find("MR403")).examples("Refused") if "PARTITION" in e.history]
    assert example.history.startswith("CREATE TABLE")
    assert example.migration.startswith("-- migrail: transaction=off\n")


@pytest.mark.parametrize(
    ("wanted", "code"),
    [("MR201", "MR201"), ("mr201", "MR201"), ("index-blocks-writes", "MR201"), ("Index-Blocks-Writes", "MR201")],
)
def test_rules_are_found_by_code_and_name(wanted: str, code: str) -> None:
    assert find(wanted).code == code


@pytest.mark.parametrize(
    ("wanted", "near"),
    [("MR271", "MR2"), ("index-block-writes", "index-blocks-writes"), ("drop_table", "drop-table")],
)
def test_unknown_rules_name_the_nearest(wanted: str, near: str) -> None:
    with pytest.raises(UsageError, match=near):
        find(wanted)


def test_one_module_for_each_rule() -> None:
    assert len(rules()) == len(module_names("migrail.rules"))
