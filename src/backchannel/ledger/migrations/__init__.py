"""How a ledger made by an older Backchannel becomes one of today's."""
