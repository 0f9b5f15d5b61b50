"""Reads the catalogues: gettext files, one a feature and language, merged into one set of texts a language.

The `.po` files are read as they are: no compiled file can be forgotten or be out of date.
"""

import gettext
import io
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from services.texts.typography import typeset

LOCALES = Path(__file__).resolve().parents[2] / "locales"
LANGUAGES = ("ru", "en")


def compile_catalogue(language: str) -> gettext.GNUTranslations:
    """All `.po` files of a language as one gettext catalogue, with the language's typography applied."""
    merged = Catalog(locale=language)
    for path in sorted((LOCALES / language).glob("*.po")):
        with path.open("rb") as source:
            for message in read_po(source, locale=language):
                if message.id:
                    merged.add(message.id, typeset_forms(message.string or ""), context=message.context)
    compiled = io.BytesIO()
    write_mo(compiled, merged)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def typeset_forms(text: str | list[str] | tuple[str, ...]) -> str | tuple[str, ...]:
    """Typography for a message or for each of its plural forms."""
    return typeset(text) if isinstance(text, str) else tuple(typeset(form) for form in text)


@cache
def translations(language: str) -> gettext.GNUTranslations:
    """The catalogue of a language; what it lacks is taken from Russian."""
    known = language if language in LANGUAGES else LANGUAGES[0]
    catalogue = compile_catalogue(known)
    if known != LANGUAGES[0]:
        catalogue.add_fallback(translations(LANGUAGES[0]))
    return catalogue
