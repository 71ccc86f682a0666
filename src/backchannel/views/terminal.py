"""Lines of styled pieces -> the terminal in colour, or a pipe in plain text. Styles belong to whole pieces; no text is read as markup."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from backchannel.views.brief import WIDTH, Brief, Section
from backchannel.views.layout import STYLES, Line

if TYPE_CHECKING:
    from backchannel.ledger import Ledger
    from backchannel.views.view import View


def is_terminal() -> bool:
    """Whether a person reads standard output."""
    return sys.stdout.isatty()


def width() -> int:
    """How wide a line may be."""
    return max(60, min(140, shutil.get_terminal_size((WIDTH, 40)).columns)) if is_terminal() else WIDTH


def print_lines(lines: Iterable[Line]) -> None:
    """Prints lines; in colour where a person reads them and NO_COLOR is not set."""
    if not is_terminal() or os.environ.get("NO_COLOR"):
        for line in lines:
            sys.stdout.write("".join(p.text for p in line).rstrip() + "\n")
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, markup=False, emoji=False, soft_wrap=True)
    for line in lines:
        console.print(Text.assemble(*[(p.text, STYLES[p.style]) for p in line]))


def print_brief(brief: Brief) -> None:
    """Prints a brief."""
    print_lines(brief.lines(width()))


def print_view(ledger: Ledger, *views: View[Any]) -> None:
    """Prints views as pages of the same form as the brief."""
    from backchannel.views import reports

    told = frozenset(r for view in views for row in view for r in row.reports)
    provenance = [] if views[0].name == "reports" else list(reports.rows(ledger, reports=told)) if told else []
    heading = "; ".join(f"{v.name}: {len(v)}" for v in views)
    sections = [Section(v.name.capitalize(), list(v)) for v in views]
    print_brief(Brief(sections, provenance, f"{heading} · {ledger.name}"))


def print_json(line: str) -> None:
    """Prints one line of JSON; on a terminal escaped."""
    sys.stdout.write((escaped(line) if is_terminal() else line) + "\n")


def escaped(line: str) -> str:
    """A line of JSON with everything but ASCII escaped, so that no control character gets through to a terminal."""
    return json.dumps(json.loads(line))
