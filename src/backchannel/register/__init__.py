"""Who is who, on which date: states, organisations, persons and their offices, titles and party nouns, each row with its source."""

from backchannel.register.additions import NOTHING, Additions
from backchannel.register.entities import Register
from backchannel.register.model import CountryWord, Description, Entity, NounClass, Occupancy, Resolution
from backchannel.register.offices import Title, office_kind

__all__ = ["NOTHING", "Additions", "CountryWord", "Description", "Entity", "NounClass", "Occupancy", "Register", "Resolution", "Title", "office_kind"]
