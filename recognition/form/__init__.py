"""The form: where a kit's pages carry their symbols and squares, as data."""

from recognition.form.model import Form, PageKind, PayloadGrammar, SquarePlace, SymbolPlace

__all__ = ["Form", "PageKind", "PayloadGrammar", "SquarePlace", "SymbolPlace"]
