"""A kind of page as the templates draw it."""

from typing import Any

from recognition.form import PageKind
from recognition.form.fields import strips


def layout(kind: PageKind) -> dict[str, Any]:
    """Boxes in mm of symbols, squares and strips of fields, a strip with the number of its cells."""
    return {
        "symbols": [symbol.box for symbol in kind.symbols],
        "squares": [square.box for square in kind.squares],
        "strips": [{"box": strip.box, "cells": len(strip.cells)} for strip in strips(kind.fields)],
    }
