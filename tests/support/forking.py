"""Runs the command line again and again, each time in a process of its own that has imported everything already."""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

ROOT = Path(__file__).parents[2]
DIALECTS = ("postgresql.psycopg", "mysql.pymysql", "sqlite.pysqlite")


@dataclass(frozen=True)
class Ended:
    """How a run ended."""

    code: int
    """The exit code; minus the signal that killed it."""
    said: str
    """Both outputs."""

    @property
    def reached(self) -> bool:
        """Whether the call that was to fail came."""
        return "reached" in self.said

    @property
    def killed(self) -> bool:
        return self.code == -signal.SIGKILL


class Forks:
    """Starts runs, also several at once."""

    def __init__(self) -> None:
        self._said = Path(tempfile.mkdtemp(prefix="migrail-said-"))
        self._started = 0
        self._files: dict[int, Path] = {}
        self._server = subprocess.Popen(
            [sys.executable, "-m", "tests.support.forking"],
            cwd=ROOT,
            env={**os.environ, "MIGRAIL_ACTOR": "ana"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Forks:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._server.communicate()
        shutil.rmtree(self._said)

    def start(self, root: Path, *arguments: str, call: int = 0, how: str = "", later: float = 0.0) -> int:
        """Starts a run; its process number.

        Args:
            call, how, later: see :func:`tests.faults.injecting.inject`; without ``how`` nothing fails.
        """
        job = {"root": str(root), "arguments": arguments, "call": call, "how": how, "later": later}
        self._started += 1
        said = self._said / str(self._started)
        self._say(json.dumps({**job, "said": str(said)}))
        pid = self._answer()
        self._files[pid] = said
        return pid

    def wait(self, pid: int) -> Ended:
        """The end of what was started."""
        self._say(str(pid))
        return Ended(self._answer(), self._files.pop(pid).read_text())

    def run(self, root: Path, *arguments: str, call: int = 0, how: str = "", later: float = 0.0) -> Ended:
        """Starts a run and waits for its end."""
        return self.wait(self.start(root, *arguments, call=call, how=how, later=later))

    def kill(self, root: Path, *arguments: str, after: float) -> Ended:
        """Starts a run and ends it with SIGKILL that many seconds later, unless it ended before."""
        pid = self.start(root, *arguments)
        time.sleep(after)
        os.kill(pid, signal.SIGKILL)
        return self.wait(pid)

    def _say(self, line: str) -> None:
        assert self._server.stdin is not None
        print(line, file=self._server.stdin, flush=True)

    def _answer(self) -> int:
        assert self._server.stdout is not None
        return int(self._server.stdout.readline())


def _serve() -> None:
    import migrail

    for module in pkgutil.walk_packages(migrail.__path__, "migrail."):
        if not module.name.endswith("__main__") and ".schema" not in module.name:
            importlib.import_module(module.name)
    for name in ("psycopg", "pymysql", "sqlite3", *(f"sqlalchemy.dialects.{part}" for part in DIALECTS)):
        importlib.import_module(name)
    while line := sys.stdin.readline():
        asked = json.loads(line)
        if isinstance(
            asked, int
        ):  # until it is asked for, a dead run stays a zombie and its number is nobody else's
            _, status = os.waitpid(asked, 0)
            print(os.waitstatus_to_exitcode(status), flush=True)
            continue
        Path(asked["said"]).touch()
        pid = os.fork()
        if pid == 0:
            os._exit(_child(**asked))
        print(pid, flush=True)


def _child(root: str, arguments: list[str], call: int, how: str, later: float, said: str) -> int:
    from migrail.cli import run
    from tests.faults.injecting import inject

    os.chdir(root)
    nothing, out = os.open(os.devnull, os.O_RDONLY), os.open(said, os.O_WRONLY | os.O_TRUNC)
    for source, number in ((nothing, 0), (out, 1), (out, 2)):
        os.dup2(source, number)
    if how:
        inject(call, how, later)
    try:
        code = run(arguments)
    except BaseException:
        traceback.print_exc()
        code = 70
    sys.stdout.flush()
    sys.stderr.flush()
    return code


if __name__ == "__main__":
    _serve()
