"""The sandbox's own words, read from ``locales/<language>/sandbox.po``."""

from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

LOCALES = Path(__file__).resolve().parents[2] / "locales"
LANGUAGES = ("ru", "en")


@cache
def catalogue(language: str) -> dict[str, str]:
    """Key to text; an unknown language gets Russian."""
    folder = language if language in LANGUAGES else LANGUAGES[0]
    with (LOCALES / folder / "sandbox.po").open("rb") as source:
        return {str(message.id): str(message.string) for message in read_po(source) if message.id}


def say(key: str, language: str = "ru", **values: object) -> str:
    """The text with its places filled; a missing key shows itself."""
    return catalogue(language).get(key, key).format(**values)
