"""The ``types`` commands: event types and modes of the user's own."""

from __future__ import annotations

from pathlib import Path

import click

from backchannel.cli_kit import DONE, say


@click.group()
def types() -> None:
    """Event types and modes of your own, beside PLOVER's."""


@types.command("import")
@click.argument("file", type=click.Path(path_type=Path))
def import_(file: Path) -> int:
    """Check a TOML file of your own types and modes and keep it: from then on reports are coded with them."""
    from backchannel import kept
    from backchannel.coder import own_types

    made = own_types.read_types(file)
    say(f"{sum(not t.mode for t in made)} types, {sum(t.mode for t in made)} modes; kept as {kept.keep(own_types.KIND, file)}")
    return DONE


@types.command("imported")
def list_imported() -> int:
    """The types and modes of your own that are kept."""
    from backchannel.coder import own_types
    from backchannel.views.wording import clean

    for t in own_types.imported():
        click.echo(clean(f"{t.like + '-' if t.mode else ''}{t.name}{'' if t.mode else f' (a kind of {t.like})'}: {t.what} ({t.source})"))
    return DONE


@types.command("forget")
@click.argument("name")
def forget(name: str) -> int:
    """Take an imported file out again; what was coded with it stays as it is."""
    from backchannel import kept
    from backchannel.coder import own_types

    say(f"forgot {kept.forget(own_types.KIND, own_types.SUFFIX, name)}")
    return DONE
