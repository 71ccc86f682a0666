"""Backchannel: who did what to whom, when, according to whom, and how sure.

The public names; each is loaded when it is first used, so that ``import backchannel`` costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from backchannel import plover
    from backchannel.coder import classify_pair, code, code_many
    from backchannel.errors import BackchannelError, InputError, LedgerError, ModelError, UsageError
    from backchannel.reader import read
    from backchannel.records import AnyClaim as Claim
    from backchannel.records import Coded, Event, EventClaim, OfficeClaim, QuestionClaim, Refusal, RelationClaim, Report, Statement, When
    from backchannel.register import Register
    from backchannel.views.affairs import Ledger
    from backchannel.views.brief import Brief
    from backchannel.views.view import View

_HOME = {
    "plover": "backchannel.plover",
    **dict.fromkeys(("classify_pair", "code", "code_many"), "backchannel.coder"),
    **dict.fromkeys(("BackchannelError", "InputError", "LedgerError", "ModelError", "UsageError"), "backchannel.errors"),
    "read": "backchannel.reader",
    **dict.fromkeys(
        ("Claim", "Coded", "Event", "EventClaim", "OfficeClaim", "QuestionClaim", "Refusal", "RelationClaim", "Report", "Statement", "When"),
        "backchannel.records",
    ),
    "Register": "backchannel.register",
    "Ledger": "backchannel.views.affairs",
    "Brief": "backchannel.views.brief",
    "View": "backchannel.views.view",
}

__all__ = [
    "BackchannelError",
    "Brief",
    "Claim",
    "Coded",
    "Event",
    "EventClaim",
    "InputError",
    "Ledger",
    "LedgerError",
    "ModelError",
    "OfficeClaim",
    "QuestionClaim",
    "Refusal",
    "Register",
    "RelationClaim",
    "Report",
    "Statement",
    "UsageError",
    "View",
    "When",
    "classify_pair",
    "code",
    "code_many",
    "plover",
    "read",
]


def __getattr__(name: str) -> Any:
    """A public name, from the module that holds it."""
    home = _HOME.get(name)
    if home is None:
        raise AttributeError(f"module 'backchannel' has no attribute {name!r}")
    import importlib

    module = importlib.import_module(home)
    value = module if home == f"backchannel.{name}" else getattr(module, "AnyClaim" if name == "Claim" else name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """The public names."""
    return __all__
