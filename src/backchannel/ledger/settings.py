"""matching.toml and origins.toml, read once."""

import tomllib
from pathlib import Path
from typing import Any


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / name).read_text(encoding="utf8"))


SETTINGS = _read("matching.toml")
ORIGINS = _read("origins.toml")
