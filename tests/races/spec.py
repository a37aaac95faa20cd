"""A small language for what two promoters and the application do in which order, and a runner for it.

A specification is a text file::

    # what it is about
    migration 0001_t
      CREATE TABLE t (id integer);
    step read   app: BEGIN; SELECT count(*) FROM t
    order       a>alone read b>busy a. b.
    orders      every cut

``migration``
    a file of the project, indented. The first ``before`` of them are applied beforehand.
``step NAME SESSION: SQL``
    what a session of the application does; each session is a connection.
``order``
    a list of moves. ``a`` lets promoter a go on to its next point, ``a*3`` three points far, ``a>alone`` to the
    point of that name, and ``a.`` as far as it can without waiting; the same goes for b. A word else is a step.
    At the end, everybody goes on to the end.
``orders every MOVES``
    as many orders as promoter a has points: it goes so far, then come the moves.

The points are those of :mod:`tests.races.stepper`. A promoter that waits in the server for somebody else does not
come to its point: after a while it counts as blocked, and the next move is made, as in PostgreSQL's own tests.
"""

from __future__ import annotations

import os
import re
import select
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from tests.support.project import Project

ROOT = Path(__file__).parents[2]
BLOCKED = 0.5
"""Seconds without a new point after which a promoter counts as blocked."""
PATIENCE = 60.0
"""Seconds that a run may take to its end."""
_MOVE = re.compile(r"([ab])(?:(\.)|\*(\d+)|>(\w+))?$")


@dataclass(frozen=True)
class Spec:
    """What a text says."""

    migrations: dict[str, str]
    before: int
    steps: dict[str, tuple[str, str]]
    orders: tuple[tuple[str, ...], ...]
    every: tuple[tuple[str, ...], ...]


def parse(text: str) -> Spec:
    """Reads a specification."""
    migrations: dict[str, list[str]] = {}
    steps: dict[str, tuple[str, str]] = {}
    orders: list[tuple[str, ...]] = []
    every: list[tuple[str, ...]] = []
    current: list[str] = []
    before = 0
    for line in text.splitlines():
        word, _, rest = line.partition(" ")
        if line.startswith(" ") and migrations:
            current.append(line.strip())
        elif word == "migration":
            current = migrations.setdefault(rest.strip(), [])
        elif word == "before":
            before = int(rest)
        elif word == "step":
            name, session, sql = re.fullmatch(r"(\w+)\s+(\w+):\s*(.*)", rest.strip()).groups()  # type: ignore[union-attr]
            steps[name] = (session, sql)
        elif word == "order":
            orders.append(tuple(rest.split()))
        elif word == "orders":
            first, *moves = rest.split()
            assert first == "every", line
            every.append(tuple(moves))
        else:
            assert not line.strip() or word.startswith("#"), line
    for move in (move for order in [*orders, *every] for move in order):
        assert move in steps or _MOVE.match(move), f"what is {move}?"
    texts = {name: "\n".join(lines) + "\n" for name, lines in migrations.items()}
    return Spec(migrations=texts, before=before, steps=steps, orders=tuple(orders), every=tuple(every))


@dataclass
class Promoter:
    """A promotion that goes on when it is told to."""

    root: Path
    points: list[str] = field(default_factory=list)
    blocked: bool = False
    output: str = ""

    def __post_init__(self) -> None:
        self._ours, theirs = socket.socketpair()
        self._out = (self.root / f"out-{id(self)}").open("w+")
        command = [sys.executable, "-m", "tests.races.stepper", str(theirs.fileno()), "promote", "dev", "--all"]
        environ = {**os.environ, "PYTHONPATH": str(ROOT), "MIGRAIL_ACTOR": "ana"}
        self._process = subprocess.Popen(
            command,
            cwd=self.root,
            env=environ,
            stdout=self._out,
            stderr=subprocess.STDOUT,
            pass_fds=[theirs.fileno()],
        )
        theirs.close()
        self._lines = self._ours.makefile("r")
        self._arrive(PATIENCE)

    @property
    def code(self) -> int:
        """How it ended."""
        return self._process.wait(PATIENCE)

    @property
    def ended(self) -> bool:
        return not self.points or self.points[-1] == ""

    def _arrive(self, seconds: float) -> bool:
        """Waits for the next point, or the end."""
        self.blocked = not select.select([self._ours], [], [], seconds)[0]
        if not self.blocked:
            self.points.append(self._lines.readline().strip())
        return not self.blocked

    def on(self, seconds: float = BLOCKED) -> bool:
        """Goes on to the next point; False if it waits for somebody or has ended."""
        if self.blocked:  # on its way since the last time
            return self._arrive(seconds)
        if self.ended:
            return False
        self._ours.sendall(b".")
        return self._arrive(seconds)

    def upto(self, point: str) -> None:
        """Goes on to the point of that name, or as far as it can without waiting."""
        while self.points[-1] not in {point, "busy"} and self.on():
            pass

    def points_on(self, count: int) -> None:
        """Goes on so many points, or as far as it can."""
        for _ in range(count):
            if not self.on():
                return

    def close(self) -> None:
        if self._process.poll() is None and not self.ended:
            self._process.kill()
        self._process.wait()
        self._lines.close()
        self._ours.close()
        self._out.seek(0)
        self.output = self._out.read()
        self._out.close()


@dataclass(frozen=True)
class Outcome:
    """How an order ended."""

    codes: tuple[int, int]
    output: str
    points: tuple[list[str], list[str]]


def run(spec: Spec, order: tuple[str, ...], project: Project) -> Outcome:
    """Plays an order; afterwards everybody has ended."""
    project.write_all(spec.migrations)
    if spec.before:
        project.ok("promote", "dev", "--to", list(spec.migrations)[spec.before - 1])
    sessions: dict[str, psycopg.Connection] = {}
    promoters = {"a": Promoter(project.root), "b": Promoter(project.root)}
    try:
        for move in order:
            if move in spec.steps:
                name, sql = spec.steps[move]
                if name not in sessions:
                    sessions[name] = psycopg.connect(project.urls["dev"].replace("+psycopg", ""), autocommit=True)
                sessions[name].execute(sql.encode())
                continue
            who, end, times, point = _MOVE.match(move).groups()  # type: ignore[union-attr]
            if point:
                promoters[who].upto(point)
            elif end:
                promoters[who].points_on(1)
                promoters[who].upto("busy")
            else:
                promoters[who].points_on(int(times or 1))
        for session in sessions.values():
            session.close()
        for promoter in sorted(promoters.values(), key=lambda promoter: "busy" in promoter.points[-1:]):
            _alternate(promoters, promoter)
        codes = (promoters["a"].code, promoters["b"].code)
    finally:
        for session in sessions.values():
            session.close()
        for promoter in promoters.values():
            promoter.close()
    output = "\n".join(promoter.output for promoter in promoters.values())
    return Outcome(codes=codes, output=output, points=(promoters["a"].points, promoters["b"].points))


def _alternate(promoters: dict[str, Promoter], first: Promoter) -> None:
    """Lets all go on until ``first`` has ended: it may wait for what another one holds."""
    deadline = time.monotonic() + PATIENCE
    while not first.ended or first.blocked:
        assert time.monotonic() < deadline, f"it does not end: {first.points}"
        if not first.on(0.1) or first.points[-1] == "busy":
            for other in promoters.values():
                if other is not first:
                    other.on(0.1)
