"""The command line: thin commands over the same functions that Python callers use.

A terminal gets a readable page, a pipe or ``--json`` gets JSON (one object a line); ``brief`` in a pipe is plain text. Progress and refusals go
to stderr. Exit codes: 0 done; 1 ran, but some items were refused; 2 wrong use; 3 nothing could be done.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import click

from backchannel.cli_actors import actors
from backchannel.cli_kit import DONE, NOTHING_DONE, Door, Tally, filters, given, input_options, json_option, ledger_option, narrowing, say
from backchannel.cli_ledger import ledger_group
from backchannel.cli_types import types

# The reader's matrices are small: threads of numpy's BLAS only get in each other's way (links took six times as long on a busy machine).
# Set before numpy loads.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

if TYPE_CHECKING:
    from backchannel.records import Coded, Refusal
    from backchannel.views.affairs import Ledger


@click.group(cls=Door, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option("--ledger", "ledger_url", metavar="URL", help="Ledger: a path or URL. Default: $BACKCHANNEL_LEDGER, else a file in your data folder.")
@click.version_option(package_name="backchannel")
@click.pass_context
def main(ctx: click.Context, ledger_url: str | None) -> None:
    """Reads news on diplomacy and conflict, and keeps a record of who did what to whom, when, according to whom, and how sure."""
    ctx.obj = ledger_url


def _ledger(url: str | None, *, create: bool = False) -> Ledger:
    from backchannel.views.affairs import Ledger

    return Ledger(url or click.get_current_context().obj, create=create)


# ------------------------------------------------------------------ reports in
def _coded(paths: Iterable[str], published: str | None, publisher: str | None, processes: int, ledger: Ledger | None = None) -> Iterator[Coded | Refusal]:
    """The coded reports behind the paths, refusals among them; with a ledger, by who is who as it stands there."""
    from backchannel.coder import code_many
    from backchannel.intake import read

    about = {"known": ledger.known()} if ledger else {}
    yield from code_many(read(paths, published=published, publisher=publisher), processes=processes, **about)


@main.command()
@click.argument("paths", nargs=-1)
@input_options
@filters
def brief(paths: tuple[str, ...], ledger_url: str | None, as_json: bool, published: str | None, publisher: str | None, processes: int, **options: Any) -> int:
    """Read, code and file reports, then print the brief of them; without PATHS, of the whole ledger."""
    from backchannel.views.terminal import print_brief, print_json

    tally, wanted = Tally(), given(options)
    with _ledger(ledger_url, create=bool(paths)) as ledger:
        if paths:
            added = tally.watch(ledger.add_many(_coded(paths, published, publisher, processes, ledger)))
            wanted["reports"] = frozenset(a.report for a in added)
            if not tally.done:
                return tally.code()
        made = ledger.brief(**wanted)
        print_json(made.to_json()) if as_json else print_brief(made)
    return tally.code()


@main.command()
@click.argument("paths", nargs=-1, required=True)
@input_options
@json_option
def code(paths: tuple[str, ...], published: str | None, publisher: str | None, processes: int, as_json: bool) -> int:
    """Reports in, records out; no ledger is touched."""
    from backchannel.records import to_json
    from backchannel.views.terminal import is_terminal, print_brief, print_json

    tally = Tally(live=as_json or not is_terminal())
    for coded in tally.watch(_coded(paths, published, publisher, processes)):
        if as_json or not is_terminal():
            print_json(to_json(coded))
        else:
            from backchannel.views.affairs import Ledger

            with Ledger("sqlite://") as passing:
                passing.add(coded)
                print_brief(passing.brief())
    return tally.code()


@main.command()
@click.argument("paths", nargs=-1, required=True)
@click.option("--conllu", is_flag=True, help="CoNLL-U (Universal Dependencies), one document a report.")
@json_option
def read(paths: tuple[str, ...], conllu: bool, as_json: bool) -> int:
    """The linguistic layer only: sentences, words, dependencies, mentions."""
    from backchannel import intake
    from backchannel.reader import convert
    from backchannel.reader import read as read_text
    from backchannel.views.terminal import is_terminal, print_json, print_lines
    from backchannel.views.wording import clean
    from backchannel.views.words_page import reading_lines

    tally = Tally(live=as_json or not is_terminal())
    for report in tally.watch(intake.read(paths, fewest=1)):
        reading = read_text(report.text)
        if conllu:
            for line in convert.conllu(reading, doc_id=" ".join((report.given_id or report.id).split())):
                click.echo("\t".join(map(clean, line.split("\t"))) if is_terminal() else line)
            continue
        found = reading.to_dict()
        if as_json or not is_terminal():
            import msgspec

            print_json(msgspec.json.encode(found).decode())
        else:
            print_lines(reading_lines(found))
    return tally.code()


@main.command()
@click.argument("paths", nargs=-1, required=True)
@input_options
@ledger_option
@json_option
def add(paths: tuple[str, ...], published: str | None, publisher: str | None, processes: int, ledger_url: str | None, as_json: bool) -> int:
    """File reports in the ledger; the same report twice changes nothing."""
    from backchannel.records import to_json
    from backchannel.views.terminal import is_terminal, print_json

    tally, new, claims = Tally(), 0, 0
    with _ledger(ledger_url, create=True) as ledger:
        for added in tally.watch(ledger.add_many(_coded(paths, published, publisher, processes, ledger))):
            new, claims = new + added.new, claims + added.claims * added.new
            if as_json or not is_terminal():
                print_json(to_json(added))
        say(f"{new} new of {tally.done} reports, {claims} claims, {tally.refused} refused; ledger {ledger.name}")
    return tally.code()


# ------------------------------------------------------------------ views out
def _print(name: str, ledger_url: str | None, as_json: bool, wanted: dict[str, Any], also: tuple[str, ...] = ()) -> int:
    from backchannel.views.terminal import is_terminal, print_json, print_view

    with _ledger(ledger_url) as ledger:
        views = [getattr(ledger, n)(**wanted) for n in (name, *also)]
        if as_json or not is_terminal():
            for view in views:
                for line in view.to_json().splitlines():
                    print_json(line)
        else:
            print_view(ledger, *views)
    return DONE


def _view(name: str, summary: str) -> None:
    """Adds the command of one view."""

    @main.command(name, help=summary)
    @filters
    def command(ledger_url: str | None, as_json: bool, **options: Any) -> int:
        return _print(name, ledger_url, as_json, given(options))


for _name, _summary in {
    "contacts": "Visits, calls, meetings between named parties.",
    "mediations": "Who mediates, or tried to, between whom.",
    "ultimatums": "Threats with terms, and what became of them.",
    "statements": "Who said what words.",
    "questions": "What reports say is unknown; open or answered.",
    "timeline": "All events in order of date.",
    "offices": "Who holds which office.",
    "reports": "The reports, and the way each came.",
}.items():
    _view(_name, _summary)


@main.command()
@click.argument("a", required=False)
@click.argument("b", required=False)
@filters
def relations(a: str | None, b: str | None, ledger_url: str | None, as_json: bool, **options: Any) -> int:
    """How A stands to B (or to everybody) over time, with the monthly balance of what they did to each other."""
    wanted = given(options)
    if a:
        wanted |= {"between": (a, b)} if b else {"actor": a}
    return _print("relations", ledger_url, as_json, wanted, ("balances",))


@main.command()
@click.argument("id_", metavar="ID")
@ledger_option
@json_option
def show(id_: str, ledger_url: str | None, as_json: bool) -> int:
    """One record: its words in their text, its source chain, and why it was coded. The beginning of an ID is enough."""
    from backchannel.views import show as pages
    from backchannel.views.terminal import is_terminal, print_json, print_lines, width

    with _ledger(ledger_url) as ledger:
        shown = pages.show(ledger, id_)
        if as_json:
            import msgspec

            print_json(msgspec.json.encode(shown.to_dict()).decode())
        else:
            print_lines(pages.page(shown, width() if is_terminal() else 100))
    return DONE


@main.command()
@click.argument("id_", metavar="ID", required=False)
@click.argument("decision", type=click.Choice(["accept", "reject", "amend"]), required=False)
@click.option("--by", metavar="NAME", help="Who judges.")
@click.option("--note", help="Why.")
@click.option("--set", "fields", multiple=True, metavar="FIELD=VALUE", help="For amend: a field and its new value (JSON, or a plain word).")
@click.option("--from", "file", type=click.File("rb"), metavar="FILE", help="Many verdicts: JSON lines of id, decision, and by, note, set.")
@ledger_option
@json_option
def verdict(
    id_: str | None, decision: str | None, by: str | None, note: str | None, fields: tuple[str, ...], file: Any, ledger_url: str | None, as_json: bool
) -> int:
    """Keep a human judgement of a record; on an event, of each of its claims. With --from, of many."""
    from backchannel.records import to_json
    from backchannel.views.rulings import read_rulings, rule
    from backchannel.views.terminal import print_json

    if (file is None) == (id_ is None) or (id_ is not None and decision is None):
        raise click.UsageError("expected ID and a decision, or --from FILE")
    asked = read_rulings(file, by=by, note=note) if file else [{"id": id_, "decision": decision, "by": by, "note": note, "set": dict(map(_field, fields))}]
    tally = Tally()
    with _ledger(ledger_url) as ledger:
        for one in tally.watch(rule(ledger, asked, strict=file is None)):
            done = f"{one.decision}ed" if one.decision != "amend" else "amended"
            print_json(to_json(one)) if as_json else click.echo(f"{done} {one.record[:13]}")
    return tally.code()


def _field(text: str) -> tuple[str, Any]:
    """A field and its value."""
    import json

    name, sign, value = text.partition("=")
    if not sign or not name:
        raise click.BadParameter(f"{text!r} is not FIELD=VALUE", param_hint="--set")
    try:
        return name, json.loads(value)
    except json.JSONDecodeError:
        return name, value


@main.command()
@click.argument("format_", metavar="FORMAT", type=click.Choice(["ical"]))
@narrowing
def export(format_: str, ledger_url: str | None, **options: Any) -> int:
    """The ledger for other programs, on standard output: ical (deadlines and what is planned)."""
    from backchannel.export import ical

    with _ledger(ledger_url) as ledger:
        sys.stdout.buffer.write(ical.calendar(ledger, **given(options)))
    return DONE


# ------------------------------------------------------------------ register and health
main.add_command(actors)
main.add_command(types)
main.add_command(ledger_group)


@main.command()
@ledger_option
@json_option
def doctor(ledger_url: str | None, as_json: bool) -> int:
    """What is installed, which model, which ledger, and a short self-test."""
    import json

    from backchannel.doctor import checks
    from backchannel.views.terminal import print_json
    from backchannel.views.wording import clean

    good = True
    for check in checks(ledger_url or click.get_current_context().obj):
        good = good and check.good
        if as_json:
            print_json(json.dumps(check._asdict()))
        else:
            click.echo(f"{'ok ' if check.good else 'BAD'} {check.what:<12} {clean(check.found)}")
    return DONE if good else NOTHING_DONE


if __name__ == "__main__":
    main()
