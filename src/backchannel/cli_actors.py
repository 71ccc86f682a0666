"""The ``actors`` commands: who is who, on which date; the user's own actors; what Wikidata has."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from backchannel.cli_kit import DONE, NOTHING_DONE, SOME_REFUSED, json_option, ledger_option, say


@click.group()
def actors() -> None:
    """The register: who is who, on which date."""


@actors.command("find")
@click.argument("name")
@json_option
def find(name: str, as_json: bool) -> int:
    """Everybody in the register who is called so."""
    from backchannel.register import Register

    found = Register.load().find(name)
    _entities(found, as_json)
    return DONE if found else _nobody(f"nobody called {name!r} in the register")


def _nobody(found: str) -> int:
    """Says that nobody is there; the exit code."""
    say(f"backchannel: found {found}; expected a name or part of one; try the surname alone, or backchannel actors import for actors of your own")
    return NOTHING_DONE


@actors.command("show")
@click.argument("id_", metavar="ID")
@ledger_option
@json_option
def show(id_: str, ledger_url: str | None, as_json: bool) -> int:
    """One entry, with the offices it has held, also by a ledger's reports, and what they contradict."""
    from backchannel.records import to_json
    from backchannel.register import NOTHING, Register
    from backchannel.views.affairs import Ledger
    from backchannel.views.terminal import is_terminal, print_json
    from backchannel.views.wording import clean

    held_there, url = [], ledger_url or click.get_current_context().obj
    known = NOTHING
    if url or Ledger.exists():
        with Ledger(url, create=False) as ledger:
            known, held_there = ledger.known(), ledger.occupancies()
    register, shipped = Register.load(known=known), Register.load()
    found = register.entity(id_)
    if found is None:
        say(f"backchannel: found no register entry {id_!r}; expected an id; try backchannel actors find NAME")
        return NOTHING_DONE
    _entities([found], as_json)
    for held in register.occupancies(id_):
        if as_json or not is_terminal():
            print_json(to_json(held))
        else:
            click.echo(clean(f"  {held.start or '?'} - {held.end or ''}  {held.office} of {held.of or '?'}  ({held.source})"))
    for told in held_there:
        other = told.contradicts(shipped) if told.person == id_ else None
        if other:
            mine = f"{told.office} of {told.of} from {told.start} (ledger: {told.source()})"
            say(f"  conflict: {mine}; the register has {other.name} from {other.start} ({other.source})")
    return DONE


def _entities(found: Iterable[Any], as_json: bool) -> None:
    from backchannel.records import to_json
    from backchannel.views.terminal import is_terminal, print_json
    from backchannel.views.wording import clean, shorten

    for entity in found:
        if as_json or not is_terminal():
            print_json(to_json(entity))
        else:
            known_as = f"; also {shorten(', '.join(entity.aliases), 80)}" if entity.aliases else ""
            click.echo(clean(f"{entity.id:<24} {entity.name} ({entity.kind}{', ' + entity.country if entity.country else ''}){known_as}"))


# ------------------------------------------------------------------ of a ledger
@actors.command("met")
@click.argument("name", required=False)
@ledger_option
@json_option
def met(name: str | None, ledger_url: str | None, as_json: bool) -> int:
    """Persons and organisations of a ledger's reports, each one across reports, with the judgements that join it; NAME: whose names contain it."""
    import json

    from backchannel.views.affairs import Ledger
    from backchannel.views.terminal import is_terminal, print_json
    from backchannel.views.wording import clean

    with Ledger(ledger_url or click.get_current_context().obj, create=False) as ledger:
        found = [o for o in ledger.entities() if name is None or any(name.lower() in n.lower() for n in o.names)]
    for one in found:
        joined = [{"id": j.id, "left": j.left, "right": j.right, "score": j.score, "why": list(j.why)} for j in one.judgements]
        if as_json or not is_terminal():
            print_json(json.dumps(one._asdict() | {"judgements": joined}, ensure_ascii=False))
            continue
        click.echo(clean(f"{one.id[:24]:<24} {one.name} ({one.kind}{', ' + one.country if one.country else ''}), in {len(one.mentions)} reports"))
        for j in one.judgements:
            click.echo(clean(f"  {j.id} {j.score:.1f} {'; '.join(j.why)}"))
    return DONE if found else _nobody(f"nobody called {name!r} in {ledger.name}" if name else f"nobody in {ledger.name}")


@actors.command("same")
@click.argument("left")
@click.argument("right")
@click.option("--not", "different", is_flag=True, help="They are not.")
@click.option("--by", metavar="NAME", default="user", show_default=True, help="Who judges.")
@click.option("--why", default="", help="Why.")
@ledger_option
def same(left: str, right: str, different: bool, by: str, why: str, ledger_url: str | None) -> int:
    """Keep your decision that two members (ids of ``actors met``) are, or are not, one; it wins over Backchannel's own."""
    from backchannel.errors import UsageError
    from backchannel.views.affairs import Ledger

    with Ledger(ledger_url or click.get_current_context().obj, create=False) as ledger:
        there = {m for o in ledger.entities() for m in o.members}
        if missing := [i for i in (left, right) if i not in there]:
            raise UsageError(f"no member {', '.join(missing)} in {ledger.name}", "ids of members", "backchannel actors met --json")
        click.echo(ledger.judge(left, right, not different, by=by, why=why).id)
    return DONE


@actors.command("undo")
@click.argument("judgement")
@click.option("--by", metavar="NAME", help="Who takes it back.")
@ledger_option
def undo(judgement: str, by: str | None, ledger_url: str | None) -> int:
    """Take back a judgement that joins or parts two members: a person's or Backchannel's own."""
    from backchannel.errors import UsageError
    from backchannel.views.affairs import Ledger

    with Ledger(ledger_url or click.get_current_context().obj, create=False) as ledger:
        if judgement not in {j.id for o in ledger.entities() for j in o.judgements} | {j.id for j in ledger.judgements()}:
            raise UsageError(f"no judgement {judgement!r} in {ledger.name}", "the id of one", "backchannel actors met")
        ledger.undo(judgement, by=by)
    return DONE


# ------------------------------------------------------------------ the user's own
@actors.command("import")
@click.argument("file", type=click.Path(path_type=Path))
def import_(file: Path) -> int:
    """Check a CSV of your own actors and keep it: from then on they are known wherever the built-in ones are."""
    from backchannel.register import imported

    target, made = imported.keep(file)
    say(f"{len({n.id for n in made.named})} actors, {len(made.offices)} offices; kept as {target}")
    return DONE


@actors.command("imported")
def list_imported() -> int:
    """The files of your own actors that are kept."""
    from backchannel import kept
    from backchannel.register import imported
    from backchannel.register.custom import read_custom

    for path in kept.files(imported.KIND, imported.SUFFIX):
        made = read_custom(path)
        click.echo(f"{path.stem}: {len({n.id for n in made.named})} actors, {len(made.offices)} offices ({path})")
    return DONE


@actors.command("forget")
@click.argument("name")
def forget(name: str) -> int:
    """Take an imported file out again; what was coded with it stays as it is."""
    from backchannel import kept
    from backchannel.register import imported

    say(f"forgot {kept.forget(imported.KIND, imported.SUFFIX, name)}")
    return DONE


# ------------------------------------------------------------------ Wikidata
@actors.command("refresh")
@click.option("--country", "countries", multiple=True, metavar="ISO", help="Countries by ISO 3166-1 alpha-3 code; default: all states of the register.")
@click.option("--since", metavar="DATE", default="2021-01-01", show_default=True, help="Terms that began on or after that day.")
@click.option("--endpoint", metavar="URL", help="Another SPARQL service that holds Wikidata.")
def refresh(countries: tuple[str, ...], since: str, endpoint: str | None) -> int:
    """Ask Wikidata for office holders (needs a network) and keep them beside your own actors."""
    from datetime import date

    from backchannel.errors import InputError
    from backchannel.register import Register, wikidata

    try:
        date.fromisoformat(since)
    except ValueError:
        raise click.BadParameter(f"{since!r} is no ISO date", param_hint="--since") from None
    states = Register.load(()).states()
    unknown = [c for c in countries if c not in states]
    if unknown:
        raise click.BadParameter(f"{', '.join(unknown)}: no ISO code of a state", param_hint="--country")
    had, refused = {}, 0
    for iso3, made in wikidata.refresh(countries or states, since, wikidata.Client(endpoint or wikidata.ENDPOINT)):
        if isinstance(made, InputError):
            refused += 1
            say(f"{iso3}: {made}")
        else:
            had[iso3] = made
    if not had:
        return NOTHING_DONE
    target = wikidata.keep(had)
    say(f"{sum(len(m.offices) for m in had.values())} terms of {len(had)} countries, {refused} refused; kept as {target}")
    return SOME_REFUSED if refused else DONE
