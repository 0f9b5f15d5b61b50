"""The table of floors and ceilings, floors.toml, as it is read."""

import tomllib
from pathlib import Path
from typing import Any

TABLE: dict[str, Any] = tomllib.loads(Path(__file__).with_name("floors.toml").read_text(encoding="utf-8"))
STUDY_RATES: dict[str, float] = TABLE["study"]
"""By class of hard reading: the share that must be read of pages with one symbol."""
SMALL: dict[str, dict[str, int]] = TABLE["small"]
"""By family and class: of the small run's pages how many are read, or have their harm named."""
SHORT: dict[str, str] = TABLE["short"]
"""Classes that do not reach their floor in the whole run, and why."""
