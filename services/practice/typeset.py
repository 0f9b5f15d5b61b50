"""Sets a template of this folder from plain data."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst

_HERE = Path(__file__).parent


def typeset(template: str, view: Mapping[str, Any], **how: Any) -> bytes:
    """What the template makes of the view, which it reads as `view.json`; `how` goes to the typesetter.

    System fonts are left out so that a page looks the same on every computer.
    """
    source = {"main.typ": (_HERE / template).read_bytes(), "view.json": json.dumps(view).encode()}
    compiled: bytes = typst.compile(source, ignore_system_fonts=True, **how)
    return compiled
