"""migrail completion."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

SHELLS = ("bash", "zsh", "fish")


@click.command("completion")
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def COMMAND(ctx: click.Context, shell: str) -> None:
    """Print the completion script of a shell.

    \b
    migrail completion bash > ~/.local/share/bash-completion/completions/migrail
    migrail completion zsh > "${fpath[1]}/_migrail"
    migrail completion fish > ~/.config/fish/completions/migrail.fish
    """
    completion = get_completion_class(shell)
    assert completion is not None, "the choice allows only shells that click knows"
    click.echo(completion(ctx.find_root().command, {}, "migrail", "_MIGRAIL_COMPLETE").source())
