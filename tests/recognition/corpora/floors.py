"""The table of floors and ceilings, floors.toml, as it is read."""

import tomllib
from pathlib import Path
from typing import Any

TABLE: dict[str, Any] = tomllib.loads(Path(__file__).with_name("floors.toml").read_text(encoding="utf-8"))
STUDY_RATES: dict[str, float] = TABLE["study"]
