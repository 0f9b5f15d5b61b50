"""Which parts of a page are for writing, which carry print that all sheets share, and which belong to neither."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from recognition.form import Box, Form, PageKind
from recognition.sheets.flat import PX_PER_MM
from recognition.sheets.masks import Mask

_INSIDE_MM = 0.9
"""A field's own frame lies on its edge: strokes are looked for this far inside."""
_NEAR_FIELD_MM = 2.5
"""So far from a field its writing may run: print is looked for beyond."""
_AROUND_MARK_MM = 1.5
_RIM_MM = 7.0
"""Along the edges of the sheet: shadows, staples, punch holes and dog ears are no writing."""


@dataclass(frozen=True, slots=True)
class Areas:
    """`writing`: inside the fields; `margin`: where nobody is asked to write and the form's own print stands.

    Neither has symbols or squares: on a sheet that is compared they may be harmed; `sheet` has all. A form that does
    not say where people write has no `writing`: all of it is `margin`.
    """

    writing: Mask
    margin: Mask
    sheet: Mask


def areas_of(kind: PageKind | None, form: Form) -> Areas:
    """The areas of one kind of page; of a page of unknown kind only its rim is left out."""
    shape = round(form.paper[1] * PX_PER_MM), round(form.paper[0] * PX_PER_MM)
    fields: Sequence[Box] = kind.fields if kind else ()
    marks = [*(place.box for place in kind.symbols), *(place.box for place in kind.squares)] if kind else []
    rim = (_RIM_MM, _RIM_MM, form.paper[0] - 2 * _RIM_MM, form.paper[1] - 2 * _RIM_MM)
    on_marks = _boxes(marks, _AROUND_MARK_MM, shape)
    sheet = _boxes([rim], 0.0, shape)
    margin = sheet & ~_boxes(fields, _NEAR_FIELD_MM, shape) & ~on_marks
    return Areas(_boxes(fields, -_INSIDE_MM, shape) & ~on_marks, margin, sheet | on_marks)


def _boxes(boxes: Iterable[Box], grow: float, shape: tuple[int, int]) -> Mask:
    mask = np.zeros(shape, np.bool_)
    for x, y, width, height in boxes:
        left, right = round((x - grow) * PX_PER_MM), round((x + width + grow) * PX_PER_MM)
        top, bottom = round((y - grow) * PX_PER_MM), round((y + height + grow) * PX_PER_MM)
        mask[max(0, top) : max(0, bottom), max(0, left) : max(0, right)] = True
    return mask
