"""matching.toml, read once."""

import tomllib
from pathlib import Path
from typing import Any

SETTINGS: dict[str, Any] = tomllib.loads((Path(__file__).parent / "matching.toml").read_text(encoding="utf8"))
