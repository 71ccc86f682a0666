"""Claims kept, never overwritten; events made of them on reading."""

from backchannel.ledger.events import Affairs, Happening
from backchannel.ledger.facts import Fact, Filed, Profile
from backchannel.ledger.store import Added, Ledger

__all__ = ["Added", "Affairs", "Fact", "Filed", "Happening", "Ledger", "Profile"]
