"""What can go wrong, and the exit code each kind ends with.

    BackchannelError                exit 3
    |-- UsageError                  exit 2   the command or call itself is wrong
    |-- InputError                  exit 1   one input cannot be used; the rest of the batch goes on
    |-- ModelError                  exit 3   the reader's weights are missing or do not fit this version
    `-- LedgerError                 exit 3   the ledger cannot be opened, read or written

Every error says what was found, what was expected, and what to try.
"""

from backchannel.records import Refusal


class BackchannelError(Exception):
    """Base of all errors: ``found``, ``expected`` and ``hint`` make up one line."""

    exit_code = 3

    def __init__(self, found: str, expected: str = "", hint: str = "") -> None:
        self.found, self.expected, self.hint = found, expected, hint
        super().__init__("found " + "; ".join([found] + [f"expected {expected}"] * bool(expected) + [f"try {hint}"] * bool(hint)))


class UsageError(BackchannelError):
    """The command or call itself is wrong."""

    exit_code = 2


class InputError(BackchannelError):
    """One input cannot be used. ``refusal`` makes the row for the run report."""

    exit_code = 1

    def refusal(self, name: str, stage: str = "intake") -> Refusal:
        """The row for the run report."""
        return Refusal(name=name, stage=stage, found=self.found, expected=self.expected, hint=self.hint)


class ModelError(BackchannelError):
    """The reader's weights are missing or do not fit this version."""


class LedgerError(BackchannelError):
    """The ledger cannot be opened, read or written."""
