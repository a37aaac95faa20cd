"""The ``migrail`` command."""

from __future__ import annotations

import gc
import sys


def main() -> None:
    """Runs the command line; ``migrail --version`` needs nothing else loaded."""
    if sys.argv[1:] == ["--version"]:
        from migrail import __version__

        sys.stdout.write(f"migrail, version {__version__}\n")
        return
    # Classes and functions of the libraries are most of what a run makes, and they stay. To look for cycles among
    # them as often as Python does by itself, and once more at exit, takes a fifth of a short command.
    gc.set_threshold(100_000, 50, 100)
    from migrail.cli import run

    status = run()
    gc.freeze()
    sys.exit(status)


if __name__ == "__main__":
    main()
