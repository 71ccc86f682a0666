"""What the commands share: the group that turns errors into exit codes, the options, and the tally of what was done and refused."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import click
from click.exceptions import Exit, NoArgsIsHelpError

from backchannel.errors import BackchannelError, InputError
from backchannel.records import Refusal

F = TypeVar("F", bound=Callable[..., Any])
DONE, SOME_REFUSED, NOTHING_DONE, INTERRUPTED = 0, 1, 3, 130


class Door(click.Group):
    """The command group; turns errors into one line and an exit code, and stays quiet when a pipe closes or the user stops it."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Runs a command and exits with its code."""
        if sys.stdout is None:  # closed by the caller (``>&-``)
            sys.stdout = open(os.devnull, "w", encoding="utf8")  # noqa: PTH123, SIM115 (for as long as the program runs)
        try:
            code = super().main(*args, **{"prog_name": "backchannel", **kwargs, "standalone_mode": False})
            sys.stdout.flush()
        except NoArgsIsHelpError as error:
            error.show()
            code = error.exit_code
        except click.ClickException as error:
            say(_in_one_line(error))
            code = NOTHING_DONE if isinstance(error, click.FileError) else error.exit_code
        except (click.Abort, KeyboardInterrupt):
            code = INTERRUPTED
        except BackchannelError as error:
            say(f"backchannel: {error}")
            code = NOTHING_DONE if isinstance(error, InputError) else error.exit_code
        except OSError as error:
            _drop_output()
            where = f" ({error.filename})" if error.filename else ""
            say(f"backchannel: found output that cannot be written: {error.strerror or error}{where}; expected room for it; try another disk or file")
            code = NOTHING_DONE
        sys.exit(code or DONE)

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        """The context of a command, or its help; a reader that has gone away (``| head``) is no error."""
        with _quiet_pipe():
            return super().make_context(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        """Runs a command; a reader that has gone away is no error."""
        with _quiet_pipe():
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result


@contextmanager
def _quiet_pipe() -> Iterator[None]:
    """Ends the command well when nobody reads its output any more."""
    try:
        yield
    except BrokenPipeError:
        _drop_output()
        raise Exit(DONE) from None


def _drop_output() -> None:
    """Sends what is still to be written to nowhere, so that the interpreter does not stumble over it when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _in_one_line(error: click.ClickException) -> str:
    """What click says of wrong use, with where to read on."""
    said = " ".join(error.format_message().split()).rstrip(".")
    context = getattr(error, "ctx", None)
    return f"backchannel: {said}" + (f"; try {context.command_path} --help" if context else "")


def ledger_option(command: F) -> F:
    """--ledger, also after the command's name."""
    return click.option("--ledger", "ledger_url", metavar="URL", help="Ledger: a path or URL.")(command)


def json_option(command: F) -> F:
    """--json."""
    return click.option("--json", "as_json", is_flag=True, help="JSON, one object a line (the default in a pipe).")(command)


def input_options(command: F) -> F:
    """--published, --publisher."""
    for option in (
        click.option("--publisher", metavar="NAME", help="Publisher of reports that do not name one."),
        click.option("--published", metavar="DATE", help="Publication date of reports that carry none (ISO)."),
        click.option("--processes", type=click.IntRange(1, 64), default=1, show_default=True, help="How many processes read and code."),
    ):
        command = option(command)
    return command


def filters(command: F) -> F:
    """The filters of every view, and --json."""
    return json_option(narrowing(command))


def narrowing(command: F) -> F:
    """What narrows a view or an export."""
    for option in (
        click.option("--limit", type=click.IntRange(0), help="At most so many rows."),
        click.option("--as-known-on", metavar="DATE", help="With what the ledger knew at the end of that day."),
        click.option("--min-origins", type=click.IntRange(0), metavar="N", help="Known to at least N independent origins."),
        click.option("--status", help="Status of the act (planned, ...) or how it stands (confirmed_by_both, ...)."),
        click.option("--event", metavar="TYPE", help="PLOVER type, or type-mode: CONSULT, CONSULT-visit; or a type of your own."),
        click.option("--until", metavar="DATE", help="Happened on or before that day."),
        click.option("--since", metavar="DATE", help="Happened on or after that day."),
        click.option("--between", nargs=2, metavar="A B", help="Both take part."),
        click.option("--actor", metavar="NAME", help="Takes part: a name or part of it, a country, a register id."),
    ):
        command = option(command)
    return ledger_option(command)


def given(options: dict[str, Any]) -> dict[str, Any]:
    """The filters that were given."""
    return {k: v for k, v in options.items() if v not in (None, ())}


class Tally:
    """Counts what was done and prints each refusal on stderr, with a progress line where a person watches and nothing else is printed meanwhile."""

    def __init__(self, *, live: bool = True) -> None:
        self.done, self.refused = 0, 0
        self._live = live and sys.stderr.isatty()

    def watch(self, items: Iterable[Any]) -> Iterator[Any]:
        """The items that are no refusals."""
        with self._progress() as (step, tell):
            for item in items:
                step()
                if isinstance(item, Refusal):
                    self.refused += 1
                    tell(item.line())
                else:
                    self.done += 1
                    yield item

    @contextmanager
    def _progress(self) -> Iterator[tuple[Callable[[], None], Callable[[str], None]]]:
        """What to call at each item, and for each line to be told."""
        if not self._live:
            yield (lambda: None), say
            return
        from rich.console import Console
        from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
        from rich.text import Text

        from backchannel.views.wording import clean

        columns = (SpinnerColumn(), TextColumn("{task.completed:.0f} reports"), TimeElapsedColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
            task = progress.add_task("reading", total=None)
            yield (lambda: progress.advance(task)), (lambda line: progress.console.print(Text(clean(line))))

    def code(self) -> int:
        """The exit code."""
        return DONE if not self.refused else SOME_REFUSED if self.done else NOTHING_DONE


def say(line: str) -> None:
    """One harmless line on stderr."""
    from backchannel.views.wording import clean

    click.echo(clean(line), err=True)
