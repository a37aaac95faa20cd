"""The ``migrail`` command."""

from __future__ import annotations

import sys


def main() -> None:
    """Runs the command line; ``migrail --version`` needs nothing else loaded."""
    if sys.argv[1:] == ["--version"]:
        from migrail import __version__

        sys.stdout.write(f"migrail, version {__version__}\n")
        return
    from migrail.cli import run

    sys.exit(run())


if __name__ == "__main__":
    main()
