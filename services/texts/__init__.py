"""All that a person reads, by key and language."""

from services.texts.catalogue import LANGUAGES
from services.texts.texts import Texts, load_texts

__all__ = ["LANGUAGES", "Texts", "load_texts"]
