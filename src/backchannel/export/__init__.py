"""The ledger in the forms of other programs: one format a file."""
