"""The sandbox's own words, read from ``locales/<language>/``."""

from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

LOCALES = Path(__file__).resolve().parents[2] / "locales"
LANGUAGES = ("ru", "en")
OWN = ("sandbox.po", "demo.po")


@cache
def catalogue(language: str) -> dict[str, str]:
    """Key to text; an unknown language gets Russian."""
    folder = language if language in LANGUAGES else LANGUAGES[0]
    words: dict[str, str] = {}
    for name in OWN:
        with (LOCALES / folder / name).open("rb") as source:
            words |= {str(message.id): str(message.string) for message in read_po(source) if message.id}
    return words


def say(key: str, language: str = "ru", **values: object) -> str:
    """The text with its places filled; a missing key shows itself."""
    return catalogue(language).get(key, key).format(**values)
