"""The command line. One command is one module that holds a ``COMMAND``; only actions do the work."""

from __future__ import annotations

import importlib
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import click

from migrail import __version__
from migrail.cli._output import UNWRITTEN, abandon, fail, internal_error, say
from migrail.model.errors import MigrailError
from migrail.model.registry import module_names

SECTIONS = {
    "Start": ("demo", "init", "new", "doctor"),
    "Check": ("check", "explain", "impact", "rule", "capture"),
    "Promote": ("plan", "promote", "approve", "evidence", "resolve", "reconcile"),
    "See": ("status", "history", "drift"),
    "Shell": ("completion",),
}
"""The order in which ``--help`` lists the commands."""

INTERRUPTED = 130
"""What shells use for a command that Ctrl-C ended."""


class Commands(click.Group):
    """Loads the module of a command when it is named; the modules import nothing heavy at their top."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(module_names(__name__))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in module_names(__name__):
            return None
        command: click.Command = importlib.import_module(f"{__name__}.{cmd_name}").COMMAND
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            import difflib

            near = difflib.get_close_matches(args[0], self.list_commands(ctx), n=1)
            if not near:
                raise
            raise click.UsageError(f"{error.message} Did you mean {near[0]!r}?", ctx) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for title, names in SECTIONS.items():
            with formatter.section(title):
                rows = [(name, self.get_command(ctx, name)) for name in names]
                formatter.write_dl([(name, command.get_short_help_str(80)) for name, command in rows if command])


@click.group(
    cls=Commands,
    context_settings={
        "help_option_names": ["-h", "--help"],
        "auto_envvar_prefix": "MIGRAIL",
        "max_content_width": 100,
    },
)
@click.version_option(__version__, prog_name="migrail")
def main() -> None:
    """Checks database migrations, promotes them through environments, and shows which one is where.

    \b
    migrail demo                     a two-minute tour on SQLite files
    migrail init                     write a migrail.toml for this folder
    migrail check --since main       what the new migrations of this branch would do
    migrail promote dev              apply what is new to the lowest environment
    migrail promote --auto           bring every batch as far up as its gates let it
    migrail status                   the matrix, and why the next one waits

    Exit codes: 0 done; 1 the answer is no; 2 usage, configuration or input; 3 a gate is closed;
    4 a migration failed; 5 a database could not be reached. Every option can be set by a variable,
    such as MIGRAIL_CHECK_SINCE.
    """


def run(arguments: Sequence[str] | None = None) -> int:
    """Runs a command and returns its exit code; every error is explained on standard error."""
    if "_MIGRAIL_COMPLETE" in os.environ:
        main.main(prog_name="migrail")  # answers the shell and exits
    try:
        with (
            _terminated(),
            main.make_context("migrail", list(sys.argv[1:] if arguments is None else arguments)) as ctx,
        ):
            result = main.invoke(ctx)
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.ClickException as error:
        try:
            error.show()
        except OSError:
            abandon(sys.stderr)
        return 2
    except (KeyboardInterrupt, click.Abort):
        say("interrupted; what was not finished is rolled back")
        return INTERRUPTED
    except BrokenPipeError:
        abandon(sys.stdout)
        return 0  # whoever read our output has enough
    except OSError as error:
        abandon(sys.stdout)
        say(f"error: {UNWRITTEN}: {error.strerror}")
        return 2
    except MigrailError as error:
        return fail(error)
    except Exception as error:
        return internal_error(error)
    return result if isinstance(result, int) else 0


@contextmanager
def _terminated() -> Iterator[None]:
    """SIGTERM stops a command as Ctrl-C does, so that what it began is recorded."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
