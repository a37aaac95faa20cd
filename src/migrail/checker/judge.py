"""Judges new migrations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

from migrail.checker.facts import unspoken, with_facts
from migrail.checker.phases import Tally
from migrail.checker.results import CheckResult, Compatibility, NewCode
from migrail.checker.suppressions import Suppressions, require_known_codes
from migrail.checker.walk import Step, walk
from migrail.dialects import Dialect, Version
from migrail.model.findings import Finding, Severity
from migrail.model.locks import LockEffect
from migrail.model.migration import Migration, TransactionMode
from migrail.model.query import BrokenQuery, NotCheckable, Query
from migrail.model.text import Span, visible
from migrail.rules import Context, Hit, PhaseReview, QueryReview, Review, Rule, rules
from migrail.sql import Script

_NOWHERE = Span(start=0, end=0, line=1, column=1, end_line=1, end_column=1)


def check(
    history: Sequence[Script],
    new: Sequence[Script],
    *,
    dialect: Dialect,
    version: Version,
    base: Mapping[str, Migration] | None = None,
    upstream: Sequence[Migration] = (),
    severities: Mapping[str, Severity | None] | None = None,
    lock_timeout: float = 2.0,
    transaction: TransactionMode = TransactionMode.MIGRATION,
    pending: AbstractSet[str] = frozenset(),
    queries: Sequence[Query] = (),
    unreadable: Sequence[NotCheckable] = (),
    new_queries: Sequence[Query] | None = None,
) -> CheckResult:
    """The findings about new migrations.

    Args:
        history: older migrations in order: context, not judged, except for what ``base`` says about them.
        new: the migrations under judgement, in order.
        dialect: of the database.
        version: of the server that the answer is about.
        base: what the base of the change holds, by migration id; ``None`` where there is no base.
        upstream: what came to the git revision since the change left it.
        severities: rule code → severity that replaces the rule's own; ``None`` turns the rule off.
        lock_timeout: seconds that promote lets a statement wait for a lock, unless a file says otherwise.
        transaction: what one transaction of promote holds, unless a file says otherwise.
        pending: ids of migrations in ``history`` that are applied together with the new ones.
        queries: what the deployed application runs.
        unreadable: what should have been queries and could not be taken as such.
        new_queries: what the new code runs; ``None`` unless it is to be judged.

    Raises:
        InputError: a suppression names a rule that does not exist.
    """
    require_known_codes(new)
    judge = _Judge(
        suppressions=Suppressions((*history, *new) if base is not None else new),
        severities=severities or {},
    )
    review = Review(history=tuple(history), new=tuple(new), base=base, dialect=dialect, upstream=tuple(upstream))
    tallies = {script.migration.id: Tally() for script in new}
    findings: list[Finding] = []
    asked_for = {code for code, severity in judge.severities.items() if severity is not None}
    for step in walk(
        history,
        new,
        dialect=dialect,
        version=version,
        lock_timeout=lock_timeout,
        transaction=transaction,
        asked_for=asked_for,
        pending=pending,
    ):
        tallies[step.script.migration.id].add(step)
        findings += judge.operation(step)
    findings += judge.history(review)
    findings += judge.phases(
        PhaseReview(staged=tuple(tallies[script.migration.id].staged(script) for script in new), dialect=dialect)
    )
    known, new_code = _queries(history, new, queries, new_queries, dialect)
    known = known.besides(unreadable)
    findings = with_facts(findings, known, new, judge.severities)
    findings += judge.queries(
        QueryReview(scripts=tuple(new), broken=unspoken(findings, known.broken), dialect=dialect), known.broken
    )
    findings += judge.unused({script.migration.id for script in new}, dialect)
    pointed = {finding.path for finding in findings}
    return CheckResult(
        findings=_ordered(findings, review),
        migrations=tuple(known.settled(tallies[script.migration.id].summary(script)) for script in new),
        history=len(history),
        sources={
            script.migration.path: script.migration.text
            for script in (*history, *new)
            if script.migration.path in pointed
        },
        queries=known.queries,
        broken=known.broken,
        not_checkable=known.not_checkable,
        new_code=new_code,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class _Judge:
    """Turns hits into findings, unless a suppression or the configuration silences them."""

    suppressions: Suppressions
    severities: Mapping[str, Severity | None]
    said: set[tuple[str, str, int, str, Span | None]] = field(default_factory=set)

    def operation(self, step: Step) -> Iterator[Finding]:
        """What the rules say about an operation; the same words about one statement once."""
        statement = step.context.statement
        for rule, found in step.hits:
            hit = _placed(found, step.context)
            span = hit.span or statement.span
            place = statement.number if step.context.inside is None else -span.start
            key = (step.script.migration.id, rule.code, place, hit.message, hit.span)
            if key in self.said:
                continue
            self.said.add(key)
            finding = self._finding(rule, hit, step.script.migration, span, step.context.effects.locks)
            if finding and not self.suppressions.silences(finding.migration, rule.code, statement.number):
                yield finding

    def history(self, review: Review) -> Iterator[Finding]:
        """What the rules say about files and their order."""
        for rule in rules().values():
            if rule.check_history is None or review.dialect.name not in rule.dialects:
                continue
            for subject, hit in rule.check_history(review):
                migration = subject.migration if isinstance(subject, Script) else subject
                span = hit.span or (_first_line(migration.text) if isinstance(subject, Script) else _NOWHERE)
                finding = self._finding(rule, hit, migration, span)
                if finding and not self.suppressions.silences(migration.id, rule.code, None):
                    yield finding

    def phases(self, review: PhaseReview) -> Iterator[Finding]:
        """What the rules say about the phases of migrations."""
        for rule in rules().values():
            if rule.check_phases is None or review.dialect.name not in rule.dialects:
                continue
            for script, hit in rule.check_phases(review):
                span = hit.span or _first_line(script.migration.text)
                finding = self._finding(rule, hit, script.migration, span)
                if finding and not self.suppressions.silences(script.migration.id, rule.code, None):
                    yield finding

    def queries(self, review: QueryReview, broken: Sequence[BrokenQuery]) -> Iterator[Finding]:
        """What the rules say about queries that break and that no finding names yet."""
        for rule in rules().values():
            if rule.check_queries is None or review.dialect.name not in rule.dialects:
                continue
            for script, hit in rule.check_queries(review):
                span = hit.span or _first_line(script.migration.text)
                number = next((r.statement.number for r in script.statements if r.statement.span == span), None)
                finding = self._finding(rule, hit, script.migration, span)
                if finding and not self.suppressions.silences(finding.migration, rule.code, number):
                    place = (script.migration.id, number)
                    named = tuple(item for item in broken if (item.migration, item.statement) == place)
                    yield replace(finding, queries=named)

    def unused(self, judged: set[str], dialect: Dialect) -> Iterator[Finding]:
        """Suppressions of new migrations that silenced nothing; to be asked last."""
        left = [item for item in self.suppressions.unused(self.severities) if item.script.migration.id in judged]
        for rule in rules().values():
            if rule.check_suppressions is None or dialect.name not in rule.dialects:
                continue
            for script, hit in rule.check_suppressions(left):
                finding = self._finding(rule, hit, script.migration, hit.span or _first_line(script.migration.text))
                if finding is not None:
                    yield finding

    def _finding(
        self, rule: Rule, hit: Hit, migration: Migration, span: Span, locks: tuple[LockEffect, ...] = ()
    ) -> Finding | None:
        """``None`` for a rule that is off. What a file or a name says is made visible here, for all formats."""
        default = (hit.severity or rule.severity) if rule.enabled else None
        severity = self.severities.get(rule.code, default)
        if severity is None:
            return None
        return Finding(
            code=rule.code,
            name=rule.name,
            severity=severity,
            category=rule.category,
            migration=migration.id,
            path=migration.path,
            span=span,
            object=None if hit.object is None else visible(hit.object),
            message=visible(hit.message),
            help="\n".join(visible(line.rstrip("\r")) for line in hit.advice.split("\n")),
            rewrite=hit.rewrite,
            locks=locks,
        )


def _queries(
    history: Sequence[Script],
    new: Sequence[Script],
    queries: Sequence[Query],
    new_queries: Sequence[Query] | None,
    dialect: Dialect,
) -> tuple[Compatibility, NewCode | None]:
    """What becomes of the application's queries. Reading these brings sqlglot along, so it is done on demand."""
    if not queries and new_queries is None:
        return Compatibility(), None
    from migrail.checker.compatibility import judge_new_code, judge_queries

    known = judge_queries(history, new, queries, dialect)
    if new_queries is None:
        return known, None
    return known, judge_new_code(history, new, new_queries, known, dialect)


def _placed(hit: Hit, context: Context) -> Hit:
    """What is said about something inside code says so."""
    if context.inside is None:
        return hit
    where = "inside a DO block" if context.certain else "inside a DO block, where it is not always reached"
    return replace(hit, message=f"{hit.message} ({where})")


def _first_line(text: str) -> Span:
    end = min((place for place in (text.find("\n"), text.find("\r")) if place >= 0), default=len(text))
    return Span(start=0, end=end, line=1, column=1, end_line=1, end_column=end + 1)


def _ordered(findings: Sequence[Finding], review: Review) -> tuple[Finding, ...]:
    """By migration, line, column, code. Migrations that are gone come last."""
    scripts = (*review.history, *review.new)
    place = {script.migration.id: number for number, script in enumerate(scripts)}
    return tuple(
        sorted(
            findings,
            key=lambda finding: (
                place.get(finding.migration, len(place)),
                finding.migration,
                finding.span.line,
                finding.span.column,
                finding.code,
            ),
        )
    )
