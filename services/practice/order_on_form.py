"""Kit numbers that a form's grammar allows, drawn for practice kits on that form."""

import random
import re
import secrets

from recognition.form import Form
from services.practice.order import OrderRefusedError

_KIT = re.compile(r"\(\?P<kit>((?:\[[0-9A-Za-z-]+\](?:\{[0-9,]+\})?|[0-9A-Za-z])+)\)")
_UNIT = re.compile(r"\[([0-9A-Za-z-]+)\](?:\{(?:[0-9]+,)?([0-9]+)\})?|([0-9A-Za-z])")
_RANGE = re.compile(r"(.)-(.)")
_MOST_TRIES = 50


def numbers_on(form: Form, count: int, seed: str | None) -> list[str]:
    """So many kit numbers, each once. Raises OrderRefusedError where the form does not tell what they look like."""
    kit = _KIT.search(form.payload.pattern)
    if kit is None:
        raise OrderRefusedError("forms.refused.kit_pattern")
    alphabets = [_alphabet(unit) for unit in _UNIT.finditer(kit[1]) for _ in range(int(unit[2] or 1))]
    draw = secrets.SystemRandom() if seed is None else random.Random(seed)  # noqa: S311 - a seeded draw is asked for; the numbers guard no secret
    drawn: dict[str, None] = {}
    for _ in range(count * _MOST_TRIES):
        drawn["".join(draw.choice(alphabet) for alphabet in alphabets)] = None
        if len(drawn) == count:
            return list(drawn)
    raise OrderRefusedError("kits.refused.kits", most=len(drawn))


def _alphabet(unit: re.Match[str]) -> str:
    if unit[3]:
        return unit[3]
    return _RANGE.sub(lambda ends: "".join(map(chr, range(ord(ends[1]), ord(ends[2]) + 1))), unit[1])
