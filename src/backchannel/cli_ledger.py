"""``backchannel ledger``: what is done with a ledger as a whole - check it, code it again, join two, write it out, read it in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from backchannel.cli_kit import DONE, NOTHING_DONE, Tally, json_option, ledger_option, say

if TYPE_CHECKING:
    from backchannel.ledger import Ledger


@click.group("ledger")
def ledger_group() -> None:
    """The ledger as a whole: check, recode, merge, export, import."""


def _open(url: str | None, *, create: bool = False, read_only: bool = False) -> Ledger:
    from backchannel.ledger import Ledger

    return Ledger(url or click.get_current_context().obj, create=create, read_only=read_only)


@ledger_group.command("check")
@ledger_option
@json_option
def ledger_check(ledger_url: str | None, as_json: bool) -> int:
    """Whether the ledger holds: its file, every row against its record, everything judged. Exit code 3 when something does not."""
    import json

    from backchannel.ledger.checking import check
    from backchannel.views.terminal import print_json
    from backchannel.views.wording import clean

    good = True
    with _open(ledger_url) as ledger:
        for finding in check(ledger):
            good = good and finding.good is not False
            if as_json:
                print_json(json.dumps(finding._asdict()))
            else:
                mark = {True: "ok ", False: "BAD", None: "   "}[finding.good]
                click.echo(f"{mark} {finding.what:<12} {clean(finding.found)}")
    return DONE if good else NOTHING_DONE


@ledger_group.command("recode")
@click.option("--processes", type=click.IntRange(1, 64), default=1, show_default=True, help="How many processes read and code.")
@ledger_option
@json_option
def ledger_recode(ledger_url: str | None, processes: int, as_json: bool) -> int:
    """Code every report again, as this version of Backchannel does. What people judged stays; what was known before can still be asked for."""
    from backchannel.coder import code_many
    from backchannel.intake import traced_again
    from backchannel.records import to_json
    from backchannel.views.affairs import Ledger
    from backchannel.views.terminal import is_terminal, print_json

    tally, changed = Tally(), []
    with Ledger(ledger_url or click.get_current_context().obj, create=False) as ledger:
        reports = [traced_again(f.report) for f in ledger.filed()]
        for told in tally.watch(ledger.recode(code_many(reports, processes=processes, known=ledger.known()))):
            changed += [told] if told.changed else []
            if as_json or not is_terminal():
                print_json(to_json(told))
        new, gone, judged = (sum(getattr(c, name) for c in changed) for name in ("new", "gone", "judged"))
        say(f"{len(changed)} of {tally.done} reports told otherwise: {new} claims more, {gone} no longer, {judged} as people judged them; ledger {ledger.name}")
    return tally.code()


@ledger_group.command("export")
@click.argument("file", type=click.File("w", encoding="utf8", lazy=True), default="-")
@ledger_option
def ledger_export(file: Any, ledger_url: str | None) -> int:
    """Write the whole ledger to FILE (or standard output) as JSON lines, without loss."""
    from backchannel.ledger.exchange import export_lines
    from backchannel.views.terminal import escaped

    with _open(ledger_url) as ledger:
        seen = file.isatty()
        for line in export_lines(ledger):
            file.write((escaped(line) if seen else line) + "\n")
    return DONE


@ledger_group.command("import")
@click.argument("file", type=click.File("rb"), default="-")
@ledger_option
def ledger_import(file: Any, ledger_url: str | None) -> int:
    """Read what ``ledger export`` wrote into the ledger; what is there already stays as it is."""
    from backchannel.ledger.exchange import headed, import_lines

    lines = headed(file)  # what is no ledger's makes no ledger
    with _open(ledger_url, create=True) as ledger:
        return _take_in(ledger, import_lines(ledger, lines))


@ledger_group.command("merge")
@click.argument("into", metavar="A")
@click.argument("other", metavar="B")
def ledger_merge(into: str, other: str) -> int:
    """Add everything of ledger B to ledger A; what both hold counts once, as A holds it."""
    from backchannel.ledger.exchange import merge

    with _open(into) as first, _open(other) as second:
        return _take_in(first, merge(first, second))


def _take_in(ledger: Ledger, items: Iterable[Any]) -> int:
    """Takes in what comes and says how much it was."""
    tally = Tally()
    new = sum(added.new for added in tally.watch(items))
    say(f"{new} new of {tally.done} reports, {tally.refused} lines refused; ledger {ledger.name}")
    return tally.code() if tally.refused else DONE
