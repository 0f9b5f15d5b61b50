"""The form: where a kit's pages carry their symbols and squares, as data."""

from recognition.form.faults import FormError, FormFault
from recognition.form.load import form_to_json, load_form, practice_form
from recognition.form.model import Box, Form, PageKind, PayloadGrammar, SquarePlace, SymbolPlace
from recognition.form.payload import Identity, build_payload, has_payload_shape, parse_payload

__all__ = [
    "Box",
    "Form",
    "FormError",
    "FormFault",
    "Identity",
    "PageKind",
    "PayloadGrammar",
    "SquarePlace",
    "SymbolPlace",
    "build_payload",
    "form_to_json",
    "has_payload_shape",
    "load_form",
    "parse_payload",
    "practice_form",
]
