"""Report text -> Reading: sentences, words, tags, trees, names, attribution, events and links, from one small int8 model."""

from backchannel.reader.encoder import describe
from backchannel.reader.reading import Reading, read, read_tokens

__all__ = ["Reading", "describe", "read", "read_tokens"]
