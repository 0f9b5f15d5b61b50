"""How a form can be broken: one error, which says what is wrong and where."""

from enum import StrEnum


class FormFault(StrEnum):
    """What is wrong with a form. Codes, never words: the catalogue speaks."""

    UNREADABLE = "unreadable"
    NOT_JSON = "not_json"
    WRONG_TYPE = "wrong_type"
    MISSING_KEY = "missing_key"
    UNKNOWN_KEY = "unknown_key"
    OUT_OF_RANGE = "out_of_range"
    OUTSIDE_PAPER = "outside_paper"
    OVERLAP = "overlap"
    DUPLICATE = "duplicate"
    UNKNOWN_NAME = "unknown_name"
    BAD_PATTERN = "bad_pattern"
    BAD_TEMPLATE = "bad_template"


class FormError(ValueError):
    """A form that cannot be used. `where` is a path such as `kinds.task.symbols[0].box`, empty for the whole file."""

    def __init__(self, fault: FormFault, where: str = "", found: object = None) -> None:
        super().__init__(f"{where or '.'}: {fault.value}" + ("" if found is None else f" ({found!r:.80})"))
        self.fault = fault
        self.where = where
        self.found = found
