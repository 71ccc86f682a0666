"""What can be asked of a ledger: one question a file, each with its row type and ``rows(ledger, **filters)``."""
